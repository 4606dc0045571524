/** What FUNCTION DUMP replies with: each library as in an RDB file, then version and checksum as after any dump. */
import type { Bytes } from '../../lib/index.ts'
import { encodeString, readString, seal, unseal } from '../commands/generic/dump-format.ts'
import { fail } from '../commands/errors.ts'

const FUNCTION = '\xf5'

export function dumpLibraries(codes: readonly Bytes[]): Bytes {
  return seal(codes.map((code) => FUNCTION + encodeString(code)).join(''))
}

/** The code of each library. */
export function readLibraries(payload: Bytes): Bytes[] {
  const body = unseal(payload) ?? fail('ERR DUMP payload version or checksum are wrong')
  const codes: Bytes[] = []
  for (let at = 0; at < body.length; ) {
    if (body[at] !== FUNCTION) fail('ERR given type is not a function')
    const read = readString(body, at + 1) ?? fail('ERR Failed loading library code')
    codes.push(read.value)
    at = read.end
  }
  return codes
}
