/** What FUNCTION DUMP replies with: each library as in an RDB file, then version and checksum as after any dump. */
import type { Bytes } from '../../lib/index.ts'
import { fail } from '../commands/errors.ts'
import { seal, unseal } from '../commands/rdb/dump-format.ts'
import { encodeString } from '../commands/rdb/encode.ts'
import { Malformed } from '../commands/rdb/malformed.ts'
import { PayloadReader } from '../commands/rdb/payload-reader.ts'

const FUNCTION = '\xf5'

export function dumpLibraries(codes: readonly Bytes[]): Bytes {
  return seal(codes.map((code) => FUNCTION + encodeString(code)).join(''))
}

/** The code of each library. */
export function readLibraries(payload: Bytes): Bytes[] {
  const reader = new PayloadReader(unseal(payload) ?? fail('ERR DUMP payload version or checksum are wrong'))
  const codes: Bytes[] = []
  while (reader.left > 0) {
    if (reader.raw(1) !== FUNCTION) fail('ERR given type is not a function')
    try {
      codes.push(reader.string())
    } catch (thrown) {
      if (thrown instanceof Malformed) fail('ERR Failed loading library code')
      throw thrown
    }
  }
  return codes
}
