/**
 * Byte strings: every key, value and argument inside the engine is a `Bytes`, a JavaScript string whose
 * characters are bytes (code units 0–255, "latin1"). V8 stores it in one byte a character, it is immutable, hashes and
 * compares fast, and is binary-safe. Text is converted at the edges only, with the two functions below.
 */
export type Bytes = string

const encoder = new TextEncoder()
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lossyDecoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Text (UTF-16, as typed) to its UTF-8 bytes. */
export function bytesOfText(text: string): Bytes {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return bytesOfArray(encoder.encode(text))
  return text
}

/** UTF-8 bytes to text; invalid sequences become U+FFFD. */
export function textOfBytes(bytes: Bytes): string {
  return isAscii(bytes) ? bytes : lossyDecoder.decode(arrayOfBytes(bytes))
}

/** Valid UTF-8 bytes to text, or undefined when the bytes are not valid UTF-8. */
export function validTextOfBytes(bytes: Bytes): string | undefined {
  if (isAscii(bytes)) return bytes
  try {
    return strictDecoder.decode(arrayOfBytes(bytes))
  } catch {
    return undefined
  }
}

/** How many characters are made at once: each is an argument of one call. */
const CHARACTERS_AT_ONCE = 4096

/** The bytes from a place on to before another; both within the array. */
export function bytesOfArray(array: Uint8Array, from = 0, to = array.length): Bytes {
  let out = ''
  for (let at = from; at < to; at += CHARACTERS_AT_ONCE) {
    // A plain array: V8 makes a view of a typed one, and hands its items over as arguments, some five times slower.
    // oxlint-disable-next-line unicorn/no-new-array -- a length; pushing makes room for more, and for long strings takes twice as long
    const codes = new Array<number>(Math.min(to - at, CHARACTERS_AT_ONCE))
    for (let i = 0; i < codes.length; i++) codes[i] = array[at + i] as number
    out += String.fromCharCode.apply(null, codes)
  }
  return out
}

export function arrayOfBytes(bytes: Bytes): Uint8Array {
  const out = new Uint8Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) out[i] = bytes.charCodeAt(i)
  return out
}

export function isAscii(bytes: Bytes): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes.charCodeAt(i) > 127) return false
  return true
}
