import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Reply } from '../engine/index.ts'
import { bytesOfArray } from '../lib/index.ts'
import { formatRawText, formatReply } from './reply-format.ts'

const bytes = fc.uint8Array({ maxLength: 12 }).map(bytesOfArray)

const { reply } = fc.letrec<{ reply: Reply }>((tie) => ({
  reply: fc.oneof(
    { maxDepth: 3 },
    bytes,
    fc.integer(),
    fc.constant(null),
    bytes.map((text): Reply => ({ type: 'status', text })),
    bytes.map((text): Reply => ({ type: 'error', text })),
    bytes.map((text): Reply => ({ type: 'verbatim', format: 'txt', text })),
    fc.double().map((value): Reply => ({ type: 'double', value })),
    fc.array(tie('reply'), { maxLength: 12 }),
    fc.array(tie('reply'), { maxLength: 12 }).map((members): Reply => ({ type: 'set', members })),
    fc
      .array(fc.tuple(tie('reply'), tie('reply')), { maxLength: 12 })
      .map((all): Reply => ({ type: 'map', entries: all.flat() })),
  ),
}))

test('no reply puts a control character on the screen but line breaks', () => {
  fc.assert(
    fc.property(reply, (value) => {
      expect(formatReply(value).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
      expect(formatRawText(value).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
    }),
  )
})
