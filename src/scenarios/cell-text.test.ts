import { describe, expect, test } from 'vitest'
import { cellLines, straighten } from './cell-text.ts'

describe('a cell’s markup becomes the lines that were meant', () => {
  test.each([
    ['', []],
    ['SET a 1<br>GET a', ['SET a 1', 'GET a']],
    ['SET a 1<br/>GET a<BR />', ['SET a 1', 'GET a']],
    ['SET a 1 ⏎ GET a', ['SET a 1', 'GET a']],
    ['SET a 1&#10;GET a&NewLine;GET b', ['SET a 1', 'GET a', 'GET b']],
    ['`SET a 1`', ['SET a 1']],
    ['`` SET a ` ``', ['SET a `']],
    ['<nobr><code>SET a 1</code></nobr>', ['SET a 1']],
    ['**SET** a 1', ['SET a 1']],
    ['[SET](https://example.com/set) a 1', ['SET a 1']],
    ['SET a &quot;x &amp; y&quot;', ['SET a "x & y"']],
    ['XRANGE s - + &rarr; [<ms>-1]', ['XRANGE s - + → [<ms>-1]']],
    ['&lt;b&gt;', ['<b>']],
    ['XADD m \\* f v', ['XADD m * f v']],
    ['\\-\\-- Sync \\-\\--', ['--- Sync ---']],
    ['XRANGE s - +<br>**&rarr; [<ms>-1]**', ['XRANGE s - +', '→ [<ms>-1]']],
    ['_— Sync —_', ['- Sync -']],
    ['XADD m * f *v', ['XADD m * f *v']],
    ['SET&nbsp;a\u00a01', ['SET a 1']],
    ['&unknown; &#99999999;', ['&unknown; &#99999999;']],
    ['`<br>&amp;**x**`', ['<br>&amp;**x**']],
  ])('%j', (raw, lines) => {
    expect(cellLines(raw)).toEqual(lines)
  })
})

describe('typographic characters become those of redis-cli', () => {
  test.each([
    ['SET a “x y”', 'SET a "x y"'],
    ['SET a ‘x y’', "SET a 'x y'"],
    ['SET a „x y“', 'SET a "x y"'],
    ['SET a "x y”', 'SET a "x y"'],
    ['SET a “x y"', 'SET a "x y"'],
    ['LRANGE l 0 –1', 'LRANGE l 0 -1'],
    ['XRANGE s — +', 'XRANGE s - +'],
    ['INCRBY a −5', 'INCRBY a -5'],
  ])('%j', (typed, meant) => {
    expect(straighten(typed)).toBe(meant)
  })

  test.each(['SET a "it’s “so” – 1"', 'SET a it’s', 'SET a x–y', "SET a '“x”'"])('%j stays', (typed) => {
    expect(straighten(typed)).toBe(typed)
  })
})
