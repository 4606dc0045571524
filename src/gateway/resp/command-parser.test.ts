import { describe, expect, test, vi } from 'vitest'
import { CommandParser } from './command-parser.ts'
import { encodeCommand } from '../../engine/index.ts'

vi.setConfig({ testTimeout: 60_000 })

/** All commands of some bytes, given in chunks, and what broke the protocol. */
function read(chunks: readonly string[], stranger = false) {
  const parser = new CommandParser(stranger)
  const commands: string[][] = []
  for (const chunk of chunks) {
    parser.feed(Buffer.from(chunk, 'latin1'))
    for (let argv = parser.next(); argv !== undefined; argv = parser.next()) commands.push(argv)
  }
  return { commands, problem: parser.problem }
}

const commandsOf = (...chunks: string[]) => read(chunks).commands
const problemOf = (...chunks: string[]) => read(chunks).problem

describe('arrays', () => {
  test('one command, several in one chunk, one in several chunks', () => {
    const get = '*2\r\n$3\r\nGET\r\n$1\r\nk\r\n'
    expect(commandsOf(get)).toEqual([['GET', 'k']])
    expect(commandsOf(get + get)).toEqual([
      ['GET', 'k'],
      ['GET', 'k'],
    ])
    expect(commandsOf(...get.split(''))).toEqual([['GET', 'k']])
    expect(commandsOf('*2\r\n$3\r\nGET\r\n$1\r\nk')).toEqual([])
  })

  test('words are bytes: line ends, zeros, everything above 127, nothing at all', () => {
    const every = Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).join('')
    expect(commandsOf(encodeCommand(['SET', every, '', '\r\n']))).toEqual([['SET', every, '', '\r\n']])
  })

  test('empty and negative arrays are passed over', () => {
    expect(commandsOf('*0\r\n*-1\r\n*-10\r\n*1\r\n$4\r\nPING\r\n')).toEqual([['PING']])
  })

  test('big words come together from many chunks, and what follows is read', () => {
    const big = 'x'.repeat(3_000_000)
    const bytes = encodeCommand(['SET', 'k', big]) + encodeCommand(['PING'])
    const chunks = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, i) =>
      bytes.slice(i * 65_536, (i + 1) * 65_536),
    )
    expect(commandsOf(...chunks)).toEqual([['SET', 'k', big], ['PING']])
  })

  test('time grows with the bytes, not with the chunks before them', () => {
    const short = Array.from({ length: 200_000 }, () => 'ab')
    const bytes = encodeCommand(['MGET', ...short, 'x'.repeat(20_000_000)])
    const parser = new CommandParser()
    const before = performance.now()
    let words = 0
    for (let at = 0; at < bytes.length; at += 1000) {
      parser.feed(Buffer.from(bytes.slice(at, at + 1000), 'latin1'))
      words += parser.next()?.length ?? 0
    }
    expect(words).toBe(200_002)
    // Copying what is there with every chunk would take minutes.
    expect(performance.now() - before).toBeLessThan(20_000)
  })

  test.each([
    ['*2\r\n$3\r\nGET\r\nfoo\r\n', "expected '$', got 'f'"],
    ['*1\r\n$abc\r\n', 'invalid bulk length'],
    ['*1\r\n$-1\r\n', 'invalid bulk length'],
    ['*1\r\n$03\r\n', 'invalid bulk length'],
    ['*1\r\n$536870913\r\n', 'invalid bulk length'],
    ['*1\r\n$99999999999999999999\r\n', 'invalid bulk length'],
    ['*1\r\n$\r\n', 'invalid bulk length'],
    ['*x\r\n', 'invalid multibulk length'],
    ['*\r\n', 'invalid multibulk length'],
    ['*+1\r\n', 'invalid multibulk length'],
    ['*3000000000\r\n', 'invalid multibulk length'],
    ['*1048577\r\n', 'invalid multibulk length'],
    [`*${'1'.repeat(65_537)}`, 'too big mbulk count string'],
    [`*1\r\n$${'1'.repeat(65_537)}`, 'too big bulk count string'],
    ['x'.repeat(65_537), 'too big inline request'],
    ['\0'.repeat(65_537), 'too big inline request'],
    ['SET k "a\r\n', 'unbalanced quotes in request'],
    ['SET k "a"b\r\n', 'unbalanced quotes in request'],
  ])('%j breaks the protocol', (bytes, problem) => {
    expect(problemOf(bytes)).toBe(`ERR Protocol error: ${problem}`)
  })

  test('what comes before the broken bytes is read, nothing after them', () => {
    expect(read(['PING\r\n*1\r\nX\r\nPING\r\n', 'PING\r\n'])).toEqual({
      commands: [['PING']],
      problem: "ERR Protocol error: expected '$', got 'X'",
    })
  })
})

describe('inline commands', () => {
  test('words between blanks, quotes and escapes as in redis-cli; \\n alone ends a line; empty lines are nothing', () => {
    expect(commandsOf('  SET  k "a b\\x41\\n" \'c d\'\r\n\r\n\nGET k\n')).toEqual([
      ['SET', 'k', 'a bA\n', 'c d'],
      ['GET', 'k'],
    ])
  })

  test('bytes above 127 stay what they are', () => {
    expect(commandsOf('GET \xe9\xff\r\n')).toEqual([['GET', '\xe9\xff']])
  })

  test('mixed with arrays', () => {
    expect(commandsOf('PING\r\n*1\r\n$4\r\nPING\r\nECHO a\r\n')).toEqual([['PING'], ['PING'], ['ECHO', 'a']])
  })
})

describe('strangers', () => {
  test('have little room until they say who they are', () => {
    expect(read(['*11\r\n'], true).problem).toBe('ERR Protocol error: unauthenticated multibulk length')
    expect(read(['*1\r\n$16385\r\n'], true).problem).toBe('ERR Protocol error: unauthenticated bulk length')
    expect(read(['*10\r\n$16384\r\n'], true).problem).toBeUndefined()
  })
})
