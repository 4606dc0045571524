import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOfArray } from '../lib/index.ts'
import { quoteArgument, quoteBytes, quoteCommand } from './quoting.ts'
import { tokenize } from './tokenizer.ts'

const bytes = fc.uint8Array({ maxLength: 40 }).map(bytesOfArray)
const text = fc.string({ unit: 'binary', maxLength: 20 })

test('whatever is quoted is read back to the same bytes', () => {
  fc.assert(
    fc.property(bytes, (value) => {
      expect(tokenize(quoteArgument(value))).toEqual({ argv: [value] })
      expect(tokenize(quoteBytes(value))).toEqual({ argv: [value] })
    }),
  )
})

test('whole commands are read back, text beyond ASCII included', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          bytes,
          text.map((word) => Buffer.from(word).toString('latin1')),
        ),
      ),
      (argv) => {
        expect(tokenize(quoteCommand(argv))).toEqual({ argv })
      },
    ),
  )
})

test('a quoted argument holds no control character', () => {
  fc.assert(
    fc.property(bytes, (value) => {
      expect(quoteArgument(value)).not.toMatch(/\p{Cc}/u)
    }),
  )
})
