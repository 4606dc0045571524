import fc from 'fast-check'
import { expect, test } from 'vitest'
import { graphemesOf } from './graphemes.ts'
import { edit, emptyLine } from './line-editor.ts'

const CONTROL = '\x01\x02\x04\x05\x06\x07\x08\t\x0b\x0e\x10\x12\x14\x15\x17\x19\x1b\x7f\r\x03'.split('')
const SEQUENCES = ['[A', '[B', '[C', '[D', '[3~', '[Z', 'b', 'f', 'd', '\x7f', '[200~', '[201~'].map(
  (end) => `\x1b${end}`,
)
const typed = fc.oneof(
  fc.constantFrom(...CONTROL, ...SEQUENCES),
  fc.constantFrom('e', '\u0301', '👨‍👩‍👧', '\u200d', '🇩', '🇪', '日', ' ', 'GET a', '👍', '🏽'),
  fc.string({ unit: 'binary', maxLength: 6 }),
)

test('whatever is typed, the cursor stands between characters and the line holds no control character', () => {
  fc.assert(
    fc.property(fc.array(typed, { maxLength: 40 }), (pieces) => {
      let state = emptyLine(['SET e\u0301 1', 'GET 日本'])
      for (const piece of pieces) {
        state = edit(state, piece, (before) => (before.endsWith('e') ? ['set', 'see'] : [])).state
        expect(
          graphemesOf(state.text.slice(0, state.cursor)).concat(graphemesOf(state.text.slice(state.cursor))),
        ).toEqual(graphemesOf(state.text))
        expect(state.text).not.toMatch(/\p{Cc}|\p{Cs}/u)
      }
    }),
    { numRuns: 300 },
  )
})
