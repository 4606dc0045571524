/** Words for stream commands: few IDs near each other, so that reading, acknowledging and deleting meet what was added. */
import type { Bytes, Random } from '../../../lib/index.ts'
import type { ArgumentDoc } from '../../catalogue-types.ts'

const ODD_IDS: readonly Bytes[] = [
  '0',
  '0-0',
  '-',
  '+',
  '$',
  '>',
  '*',
  '(1-1',
  '(5',
  '(',
  '5-*',
  '18446744073709551615-18446744073709551615',
  '18446744073709551615',
  '18446744073709551616-1',
  '1-1-1',
  'abc',
  '',
  '-5',
  '007-1',
  ' 1-1',
  '1-+2',
  '9007199254740993-9007199254740993',
]

function id(random: Random): Bytes {
  return `${1 + random.below(12)}-${random.below(3)}`
}

/** `STREAMS`, keys and as many IDs; now and then one too few. */
export function streamsToRead(random: Random, command: string, key: Bytes): Bytes[] {
  const keys = random.chance(0.8) ? [key] : [key, random.pick(['x1', 'x2', 'none'])]
  const ids = keys.map(() => streamWord(random, { name: 'id', type: 'string' }, command) ?? '0')
  if (random.chance(0.04)) ids.pop()
  return ['STREAMS', ...keys, ...ids]
}

/** A word for this argument, or undefined when the general choice will do. */
export function streamWord(random: Random, arg: ArgumentDoc, command: string): Bytes | undefined {
  if (/^(id|start|end|last-id|max-deleted-id|lastid)$/.test(arg.name)) {
    if (random.chance(0.12)) return random.pick(ODD_IDS)
    if (command === 'XADD')
      return random.pick(['*', String(1 + random.below(40)), `${1 + random.below(60)}-${random.below(5)}`])
    if (command === 'XREADGROUP' && random.chance(0.6)) return '>'
    if (command === 'XGROUP CREATE' && random.chance(0.6)) return random.pick(['0', '$'])
    if (/^X(REV)?RANGE|XPENDING/.test(command) && random.chance(0.6)) return random.pick(['-', '+'])
    return id(random)
  }
  if (arg.name === 'threshold') return random.pick(['0', '1', '3', '5', '-1', '5-1', '8', 'x'])
  if (arg.name === 'group') return random.pick(['g1', 'g1', 'g1', 'g2', 'none'])
  if (arg.name === 'consumer') return random.pick(['alice', 'bob'])
  if (arg.name === 'field') return random.pick(['f', 'g'])
  if (arg.name === 'milliseconds' || arg.name === 'min-idle-time' || arg.name === 'ms')
    return random.pick(['1', '0', '0', 'x', '-1'])
  return undefined
}
