import { describe, expect, test } from 'vitest'
import { quoteArgument, quoteBytes, quoteCommand, safeBytes, safeText } from './quoting.ts'
import { INVALID_ARGUMENTS, tokenize } from './tokenizer.ts'

describe('a command line is split as redis-cli splits it', () => {
  test.each([
    ['', []],
    ['   ', []],
    ['GET a', ['GET', 'a']],
    ['  SET\ta   b ', ['SET', 'a', 'b']],
    ['SET a "x y"', ['SET', 'a', 'x y']],
    ['SET a ""', ['SET', 'a', '']],
    ["SET a ''", ['SET', 'a', '']],
    [String.raw`"\x41\xfF\n\r\t\b\a\\\"\q"`, ['A\xff\n\r\t\b\x07\\"q']],
    [String.raw`"\xg1\x4"`, ['xg1x4']],
    [String.raw`'it\'s \n'`, [String.raw`it's \n`]],
    ['a"b c"', ['ab c']],
    [String.raw`a\b\x41`, [String.raw`a\b\x41`]],
    [`'"' "'"`, ['"', "'"]],
    ['é "é"', ['\xc3\xa9', '\xc3\xa9']],
  ])('%j', (line, argv) => {
    expect(tokenize(line)).toEqual({ argv })
  })

  test.each(['"abc', "'abc", '"a"b', "'a'b", `"a"'b'`, '"abc\\', "'abc\\'", 'GET "a" "'])('%j is refused', (line) => {
    expect(tokenize(line)).toEqual({ error: INVALID_ARGUMENTS })
  })
})

describe('quoting', () => {
  test('shown values escape every byte that is not printable ASCII', () => {
    expect(quoteBytes('a"\\\n\r\t\x07\b\x00\x1b\x7f\x80\xff ')).toBe(String.raw`"a\"\\\n\r\t\a\b\x00\x1b\x7f\x80\xff "`)
  })

  test('an argument stays bare when it can be typed bare', () => {
    expect(quoteArgument('user:1')).toBe('user:1')
    expect(quoteArgument('a\\b')).toBe('a\\b')
    expect(quoteArgument('caf\xc3\xa9')).toBe('café')
  })

  test('an argument is quoted when it is empty, has spaces, quotes, control or invalid bytes', () => {
    expect(quoteArgument('')).toBe('""')
    expect(quoteArgument('a b')).toBe('"a b"')
    expect(quoteArgument("it's")).toBe(`"it's"`)
    expect(quoteArgument('\xff')).toBe(String.raw`"\xff"`)
    expect(quoteArgument('\x1b[31m')).toBe(String.raw`"\x1b[31m"`)
    expect(quoteArgument('\xc3\xa9\n')).toBe(String.raw`"é\n"`)
    expect(quoteCommand(['SET', 'a b', 'c'])).toBe('SET "a b" c')
  })

  test('a right-to-left override cannot reorder what is shown', () => {
    expect(quoteArgument('\xe2\x80\xae')).toBe(String.raw`"\xe2\x80\xae"`)
    expect(safeBytes('\xe2\x80\xaeabc')).toBe(String.raw`\u202eabc`)
  })

  test('text that redis-cli prints raw keeps its lines and loses its control characters', () => {
    expect(safeBytes('a\r\nb\x1b[2J\nc', 'lines')).toBe('a\nb\\x1b[2J\nc')
    expect(safeBytes('a\nb')).toBe('a\\nb')
    expect(safeBytes('\xc2\x9b31m')).toBe('\\x9b31m')
    expect(safeBytes('\xff\x1b')).toBe('\\xff\\x1b')
  })

  test('typed text keeps its letters', () => {
    expect(safeText('Zürich \x1b\u202e日')).toBe('Zürich \\x1b\\u202e日')
  })
})
