import { describe, expect, it } from 'vitest'
import { bytesOfText, Random, textOfBytes } from '../../../lib/index.ts'
import { doubleCode } from '../../crdt/json/number.ts'
import type { Json } from '../../crdt/json/value.ts'
import { CommandError } from '../errors.ts'
import { formatJson } from './format.ts'
import { parseJson } from './parse.ts'

/** Text in, text out; an error gives its text. */
function through(text: string): string {
  try {
    return textOfBytes(formatJson(parseJson(bytesOfText(text))))
  } catch (error) {
    if (error instanceof CommandError) return error.reply.text
    throw error
  }
}

describe('reading and writing JSON', () => {
  it('keeps what it reads', () => {
    for (const text of ['null', 'true', 'false', '0', '-1', '1.5', '""', '"é€😀"', '[]', '{}', '[1,[2,{"a":null}]]']) {
      expect(through(text)).toBe(text)
      expect(through(` \n\t\r${text} `)).toBe(text)
    }
  })

  it('prints numbers as RedisJSON does', () => {
    const shown = (text: string) => through(text)
    expect(shown('9223372036854775807')).toBe('9223372036854775807')
    expect(shown('-9223372036854775808')).toBe('-9223372036854775808')
    expect(shown('18446744073709551615')).toBe('18446744073709551615')
    expect(shown('18446744073709551616')).toBe('1.8446744073709552e19')
    expect(shown('-9223372036854775809')).toBe('-9.223372036854776e18')
    expect(shown('1.0')).toBe('1.0')
    expect(shown('1e2')).toBe('100.0')
    expect(shown('1E+16')).toBe('1e16')
    expect(shown('123456789012345.6')).toBe('123456789012345.6')
    expect(shown('1e-5')).toBe('0.00001')
    expect(shown('0.0000012')).toBe('1.2e-6')
    expect(shown('-0')).toBe('-0.0')
    expect(shown('1e400')).toBe('number out of range at line 1 column 5')
    expect(doubleCode(1e15)).toBe('1000000000000000.0')
    expect(doubleCode(5e-324)).toBe('5e-324')
  })

  it('escapes and unescapes', () => {
    expect(through('"\\u0041\\u00e9\\u20ac\\ud83d\\ude00\\/"')).toBe('"Aé€😀/"')
    expect(through('"\\b\\f\\n\\r\\t\\"\\\\\\u0001"')).toBe('"\\b\\f\\n\\r\\t\\"\\\\\\u0001"')
    expect(through('"\\x"')).toBe('invalid escape at line 1 column 3')
    expect(through('"\\ud83d"')).toBe('unexpected end of hex escape at line 1 column 8')
    expect(through('"\\ude00"')).toBe('lone leading surrogate in hex escape at line 1 column 7')
    expect(through('"a\nb"')).toBe(
      'control character (\\u0000-\\u001F) found while parsing a string at line 2 column 0',
    )
  })

  it('of a field that comes twice, keeps the last value at the first place', () => {
    expect(through('{"a":1,"b":2,"a":3}')).toBe('{"a":3,"b":2}')
  })

  it('says what is wrong and where', () => {
    expect(through('')).toBe('EOF while parsing a value at line 1 column 0')
    expect(through('x')).toBe('expected value at line 1 column 1')
    expect(through('nul')).toBe('EOF while parsing a value at line 1 column 3')
    expect(through('foo')).toBe('expected ident at line 1 column 2')
    expect(through('[1,')).toBe('EOF while parsing a value at line 1 column 3')
    expect(through('[1')).toBe('EOF while parsing a list at line 1 column 2')
    expect(through('[1,]')).toBe('trailing comma at line 1 column 4')
    expect(through('[1 2]')).toBe('expected `,` or `]` at line 1 column 4')
    expect(through('{"a" 1}')).toBe('expected `:` at line 1 column 6')
    expect(through('{"a":1,}')).toBe('trailing comma at line 1 column 8')
    expect(through('{"a":1 "b":2}')).toBe('expected `,` or `}` at line 1 column 8')
    expect(through('{1:2}')).toBe('key must be a string at line 1 column 2')
    expect(through('"a')).toBe('EOF while parsing a string at line 1 column 2')
    expect(through('01')).toBe('invalid number at line 1 column 2')
    expect(through('1.')).toBe('EOF while parsing a value at line 1 column 2')
    expect(through('-x')).toBe('invalid number at line 1 column 2')
    expect(through('{}\n  x')).toBe('trailing characters at line 2 column 3')
    expect(() => parseJson('"\xff"')).toThrow(CommandError)
  })
})

/** The text as JavaScript would write it; undefined when that is no JSON. */
function javascript(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return undefined
  }
}

describe('any text', () => {
  const PIECES = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\\u',
    'd83d',
    'true',
    'null',
    '1',
    '-',
    '.5',
    'e9',
    ' ',
    '\n',
    'é',
    '"a":',
  ]

  it('is JSON exactly when JavaScript says so, and means the same (10,000 random texts)', () => {
    const random = new Random(1)
    const wrong: unknown[] = []
    for (let i = 0; i < 10_000; i++) {
      let text = ''
      for (let count = random.below(12); count >= 0; count--) text += random.pick(PIECES)
      const [ours, theirs] = [through(text), javascript(text)]
      const same = theirs === undefined ? / at line \d+ column \d+$/.test(ours) : javascript(ours) === theirs
      // JavaScript keeps half a surrogate pair; UTF-8 cannot.
      if (!same && !/\\u/.test(text)) wrong.push([text, ours])
    }
    expect(wrong).toEqual([])
  })

  it('survives being written and read again (2,000 random values)', () => {
    const random = new Random(2)
    const draw = (depth: number): Json => {
      const kind = random.below(depth > 4 ? 5 : 7)
      if (kind === 0) return random.pick(['n', 't', 'f'])
      if (kind < 3) return random.pick(['0', '-7', '2.5', '1e300', '9007199254740993', '-0.0'])
      if (kind < 5) return `"${random.pick(['', 'a', '\x00\x1f', '"\\', bytesOfText('é😀')])}`
      const children = Array.from({ length: random.below(4) }, () => draw(depth + 1))
      return kind === 5 ? children : new Map(children.map((child, i) => [`f${i}`, child]))
    }
    for (let i = 0; i < 2_000; i++) {
      const value = draw(0)
      expect(parseJson(formatJson(value))).toEqual(value)
      expect(parseJson(formatJson(value, { indent: ' ', newline: '\n', space: ' ' }))).toEqual(value)
    }
  })
})
