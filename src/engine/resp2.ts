/**
 * The RESP2 form of a reply: what a client that has not said HELLO 3 sees. Mechanical only; where a command's RESP2 reply has another shape, its
 * handler looks at the session's version.
 */
import type { Reply } from './reply.ts'

/** A reply without `map`, `set`, `double`, `boolean`, `verbatim`, `bignum` and `push`; a reply that has none of them is returned as it is. */
export function toResp2(reply: Reply): Reply {
  if (typeof reply !== 'object' || reply === null) return reply
  if (!('type' in reply)) return listToResp2(reply)
  switch (reply.type) {
    case 'map':
      return listToResp2(reply.entries)
    case 'set':
      return listToResp2(reply.members)
    case 'push':
      return listToResp2(reply.items)
    case 'double':
      return formatDouble(reply.value)
    case 'boolean':
      return reply.value ? 1 : 0
    case 'verbatim':
    case 'bignum':
      return reply.text
    case 'wire':
      return reply.resp2
    default:
      return reply
  }
}

function listToResp2(list: readonly Reply[]): readonly Reply[] {
  return list.some((item) => typeof item === 'object' && item !== null) ? list.map(toResp2) : list
}

/**
 * A double as Redis 7.2 and later print it: the shortest digits that read back as the same number; whole numbers within ±2^52 plainly, others plainly
 * while few zeros are needed, else with an exponent.
 */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 52) return String(value)
  const [mantissa = '', exponentText = ''] = Math.abs(value).toExponential().split('e')
  const digits = mantissa.replace('.', '')
  const exponent = Number(exponentText)
  const sign = value < 0 ? '-' : ''
  // The number is `digits` × 10^scale.
  const scale = exponent - digits.length + 1
  if (scale >= 0 && exponent < digits.length + 7) return sign + digits + '0'.repeat(scale)
  if (scale < 0 && (scale > -7 || Math.abs(exponent) < 4)) {
    if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
    return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`
  }
  return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
}
