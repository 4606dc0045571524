/** How XADD completes an ID (E2, E3). */
import { isZero, plus, type Id, type U64 } from '../../crdt/stream/id.ts'
import type { XaddIdMode } from '../../settings.ts'

/** Generated sequences are the region's number modulo this, so that no two regions generate the same (E3). */
const STRIDE = 16

/** The next ID for a time: the present one, or the last entry's if the clock is behind that. Undefined when there is none left. */
export function nextId(last: Id, now: number, mode: XaddIdMode, self: number): Id | undefined {
  const id = withSequence(last, now > last.ms ? now : last.ms, mode, self)
  if (id !== undefined) return id
  const ms = plus(last.ms, 1)
  return ms === undefined ? undefined : withSequence(last, ms, mode, self)
}

/** The least ID after `last` in the millisecond `ms` that this region may generate; undefined when there is none. */
export function withSequence(last: Id, ms: U64, mode: XaddIdMode, self: number): Id | undefined {
  if (ms < last.ms) return undefined
  const least = ms === last.ms ? plus(last.seq, 1) : 0
  if (least === undefined) return undefined
  if (mode === 'liberal') return ms === 0 && least === 0 ? { ms, seq: 1 } : { ms, seq: least }
  const remainder = typeof least === 'number' ? least % STRIDE : Number(least % BigInt(STRIDE))
  const seq = plus(least, ((self % STRIDE) - remainder + STRIDE) % STRIDE)
  if (seq === undefined) return undefined
  const id = { ms, seq }
  return isZero(id) ? withSequence(id, ms, mode, self) : id
}
