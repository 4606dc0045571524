/** LZF, by which Redis compresses strings: runs of literal bytes, and copies of what came before. */
import type { Bytes } from '../../../lib/index.ts'
import { bytesOfArray } from '../../../lib/index.ts'
import { Malformed } from './malformed.ts'

/** No compressed byte can stand for more bytes than this. */
const MOST_FROM_ONE = 264

/** `size`: of what comes out, in bytes. */
export function decompress(packed: Bytes, size: number): Bytes {
  if (size > packed.length * MOST_FROM_ONE) throw new Malformed()
  const out = new Uint8Array(size)
  let end = 0
  let at = 0
  const next = () => {
    if (at >= packed.length) throw new Malformed()
    return packed.charCodeAt(at++)
  }
  while (at < packed.length) {
    const head = next()
    let length = head >> 5
    if (length === 0) {
      for (let literals = head + 1; literals > 0; literals--) out[end++] = next()
      continue
    }
    if (length === 7) length += next()
    let from = end - ((head & 31) << 8) - next() - 1
    if (from < 0) throw new Malformed()
    for (length += 2; length > 0; length--) out[end++] = out[from++] as number
  }
  if (end !== size) throw new Malformed()
  return bytesOfArray(out)
}
