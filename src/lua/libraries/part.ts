import { arrayOfBytes, bytesOfArray, type Bytes } from '../../lib/index.ts'

/** JavaScript may keep all of a string alive for the sake of a part of it. */
const LARGE = 65536
const SMALLEST_SHARED = 13

/** Part of a string; a small part of a large one is a copy. */
export function part(text: Bytes, from: number, to: number): Bytes {
  const slice = text.slice(from, to)
  const isShared = text.length >= LARGE && slice.length >= SMALLEST_SHARED && slice.length < text.length / 2
  return isShared ? bytesOfArray(arrayOfBytes(slice)) : slice
}
