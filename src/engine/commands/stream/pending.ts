import type { Bytes } from '../../../lib/index.ts'
import type { Reading } from '../../crdt/stream/group.ts'
import { formatId, type Id } from '../../crdt/stream/id.ts'
import { NULL_ARRAY, type Reply } from '../../reply.ts'
import { block, int, key, named, opt, str, type Arg } from '../arguments.ts'
import { command } from '../command.ts'
import { fail, NOT_AN_INTEGER, SYNTAX_ERROR } from '../errors.ts'
import { parseIndex } from '../numbers.ts'
import { findGroup, noGroup } from './consumers.ts'
import { bound } from './ids.ts'

interface Filter {
  readonly minIdleMs: number
  readonly start: Id
  readonly end: Id
  readonly count: number
  readonly consumer: Bytes | undefined
}

/** `[[IDLE ms] start end count [consumer]]`; the count is looked at before the IDs. */
const filter: Arg<Filter | null> = {
  type: 'block',
  optional: true,
  children: {
    minIdleTime: opt(named('IDLE', int({ name: 'min-idle-time' }))),
    range: block({ start: str(), end: str(), count: int() }),
    consumer: opt(str()),
  },
  least: 3,
  read(reader) {
    const words = reader.argv.slice(reader.at)
    reader.at = reader.argv.length
    if (words.length < 3 || words.length > 6) fail(SYNTAX_ERROR)
    let minIdleMs = 0
    if (words[0]?.toUpperCase() === 'IDLE') {
      minIdleMs = parseIndex(words[1] as Bytes) ?? fail(NOT_AN_INTEGER)
      if (words.length < 5) fail(SYNTAX_ERROR)
      words.splice(0, 2)
    }
    const count = parseIndex(words[2] as Bytes) ?? fail(NOT_AN_INTEGER)
    const [start, end] = [bound(words[0] as Bytes, 'start'), bound(words[1] as Bytes, 'end')]
    return { minIdleMs, start, end, count: Math.max(0, count), consumer: words[3] }
  },
}

function summary(reading: Reading): Reply {
  const { first, last, size } = reading.pending
  if (first === undefined || last === undefined) return [0, null, null, NULL_ARRAY]
  const consumers = [...reading.consumers.values()]
    .filter(({ pending }) => pending.size > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, pending }) => [name, String(pending.size)])
  return [size, formatId(first), formatId(last), consumers]
}

/**
 * XPENDING key group [[IDLE min-idle-time] start end count [consumer]] → count, least and greatest ID, and consumers with their counts; or for each entry its
 * ID, consumer, idle time in ms and number of deliveries.
 */
export const xpending = command({
  name: 'XPENDING',
  group: 'stream',
  since: '5.0.0',
  summary: 'Tells of the entries that a consumer group delivered and that are not acknowledged.',
  complexity: 'O(log N + M) for M entries looked at',
  flags: ['readonly'],
  args: { key: key(), group: str(), filter },
  activeActive: 'Pending lists are local: it tells of what was delivered in this region (E6).',
  run(ctx, { key: name, group, filter: wanted }) {
    const { reading } = findGroup(ctx, name, group) ?? noGroup(name, group)
    if (wanted === null || wanted === undefined) return summary(reading)
    const { minIdleMs, start, end, count, consumer } = wanted
    const list = consumer === undefined ? reading.pending : reading.consumers.get(consumer)?.pending
    const out: Reply[] = []
    for (const pending of list?.range(start, end, minIdleMs > 0 ? Infinity : count) ?? []) {
      if (out.length >= count) break
      const idle = ctx.now - pending.at
      if (minIdleMs > 0 && idle < minIdleMs) continue
      out.push([formatId(pending), pending.consumer.name, Math.max(0, idle), pending.count])
    }
    return out
  },
})
