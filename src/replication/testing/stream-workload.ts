/** Random stream commands: few IDs and groups, so that entries of one ID, late arrivals and concurrent deletions happen. */
import type { Random } from '../../lib/index.ts'

const GROUPS = ['g1', 'g2']
const CONSUMERS = ['alice', 'bob']

export function drawStreamCommand(random: Random, key: string): string[] {
  const group = random.pick(GROUPS)
  const consumer = random.pick(CONSUMERS)
  // IDs only ever ascend in a region: few are large.
  const ms = String(100 + random.below(random.pick([20, 60, 200])))
  const id = random.pick([ms, `${ms}-1`, `${ms}-2`, `${ms}-0`])
  const value = String(random.below(100))
  switch (random.below(20)) {
    case 0:
    case 1:
    case 2:
      return ['XADD', key, random.chance(0.1) ? '*' : random.pick([ms, `${ms}-*`]), 'f', value]
    case 3:
    case 4:
      return ['XADD', key, id, 'f', value]
    case 5:
      return ['XADD', key, 'NOMKSTREAM', 'MAXLEN', String(random.below(4)), ms, 'f', value]
    case 6:
      return ['XDEL', key, id, `${ms}-3`]
    case 7:
      return ['XTRIM', key, 'MAXLEN', String(random.below(3))]
    case 8:
      return ['XTRIM', key, 'MINID', id, random.pick(['KEEPREF', 'DELREF', 'ACKED'])]
    case 9:
      return ['XSETID', key, `${ms}-9`]
    case 10:
    case 11:
    case 12:
      return ['XGROUP', 'CREATE', key, group, random.pick(['0', '$', id]), 'MKSTREAM']
    case 13:
      return ['XGROUP', 'DESTROY', key, group]
    case 14:
    case 15:
    case 16:
      return ['XREADGROUP', 'GROUP', group, consumer, 'COUNT', '2', 'STREAMS', key, '>']
    case 17:
      return ['XREADGROUP', 'GROUP', group, consumer, 'NOACK', 'STREAMS', key, '>']
    case 18:
      return ['XACK', key, group, `${ms}-1`, `${ms}-2`, `${ms}-0`]
    default:
      return ['DEL', key]
  }
}
