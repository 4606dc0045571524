/** Numbers as the geo commands print them. */
import { exactAmount, formatAmount, type Bytes } from '../../../lib/index.ts'
import { double, type Reply } from '../../reply.ts'
import type { Context } from '../context.ts'
import type { Place } from './geohash.ts'

/** Six decimals, as C's `%f`. */
export function sixDecimals(value: number): Bytes {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.000000'
  return Math.abs(value) < 1e21 ? value.toFixed(6) : `${BigInt(value)}.000000`
}

/** Four decimals, halves to the even neighbour. */
export function distanceText(distance: number): Bytes {
  const scaled = distance * 1e4
  const whole = Math.abs(scaled % 1) === 0.5 ? 2 * Math.round(scaled / 2) : Math.round(scaled)
  const digits = String(whole).padStart(5, '0')
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`
}

/** [longitude, latitude]: text of up to 17 decimals for RESP2, doubles for RESP3. */
export function placeReply(ctx: Context, { longitude, latitude }: Place): Reply {
  if (ctx.session.resp === 3) return [double(longitude), double(latitude)]
  return [formatAmount(exactAmount(longitude)), formatAmount(exactAmount(latitude))]
}
