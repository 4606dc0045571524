import { describe, expect, test } from 'vitest'
import { parseCellLines } from './cell-commands.ts'

const parsed = (...lines: string[]) => {
  const cell = parseCellLines(lines)
  return cell.ok ? cell.commands.map(({ text, expected }) => [text, expected]) : cell.error
}

describe('the expected reply follows', () => {
  test.each([
    'GET a → 7',
    'GET a→7',
    'GET a => 7',
    'GET a --> 7',
    'GET a —> 7',
    'GET a ⇒ 7',
    'GET a Result: 7',
    'GET a result: 7',
  ])('an arrow or a word: %j', (line) => {
    expect(parsed(line)).toEqual([['GET a', '7']])
  })

  test.each([
    [['GET a', '→ 7'], '7'],
    [['GET a →', '7'], '7'],
    [['GET a', 'Result: 7'], '7'],
    [['GET a', 'Result:', '7'], '7'],
    [['GET a', '(integer) 7'], '(integer) 7'],
    [['GET a', '"7"'], '"7"'],
    [['SMEMBERS a', '1) "x"', '2) "y"'], '1) "x"\n2) "y"'],
    [['SMEMBERS a → 1) "x"', '2) "y"'], '1) "x"\n2) "y"'],
    [['SMEMBERS a → 1) "x" 2) "y" 3) "z"'], '1) "x"\n2) "y"\n3) "z"'],
    [['TYPE a', 'string'], 'string'],
    [['SETT a', 'ERR unknown command'], 'ERR unknown command'],
    [['TTL a → about 50'], 'about 50'],
    [['HGETALL a → f v g w (fields in any order)'], 'f v g w'],
  ])('on its own lines: %j', (lines, reply) => {
    expect(parsed(...lines)).toEqual([[lines[0]?.replace(/ →.*/, ''), reply]])
  })

  test('an arrow inside quotes, or inside a word, is part of the command', () => {
    expect(parsed('SET a "x → y"', "SET b '=> '", 'SET c x=>y')).toEqual([
      ['SET a "x → y"', undefined],
      ["SET b '=> '", undefined],
      ['SET c x=>y', undefined],
    ])
  })

  test('a stream’s > and a key named result: are no marks of a reply', () => {
    expect(parsed('XREADGROUP GROUP g A STREAMS s > → [1-1]', 'GET result:1')).toEqual([
      ['XREADGROUP GROUP g A STREAMS s >', '[1-1]'],
      ['GET result:1', undefined],
    ])
  })
})

describe('several commands in a cell', () => {
  test('upper-case words begin commands, replies stay with the command before', () => {
    expect(parsed('SET a 1', 'OK', 'GET a', '"1"', 'DEL a → 1')).toEqual([
      ['SET a 1', 'OK'],
      ['GET a', '"1"'],
      ['DEL a', '1'],
    ])
  })

  test('an author who writes in lower case', () => {
    expect(parsed('set a 1', 'get a', '"1"')).toEqual([
      ['set a 1', undefined],
      ['get a', '"1"'],
    ])
  })

  test('with prompts, only lines with a prompt are commands', () => {
    expect(parsed('> GET a', 'HELLO', '> GET b', 'WORLD')).toEqual([
      ['GET a', 'HELLO'],
      ['GET b', 'WORLD'],
    ])
  })
})

test.each([
  '127.0.0.1:6379> GET a',
  '127.0.0.1:6379[1]> GET a',
  '127.0.0.1:6379>GET a',
  'redis> GET a',
  'redis 127.0.0.1:6379> GET a',
  'region-1> GET a',
  '> GET a',
  '$ redis-cli GET a',
  '$ redis-cli -h host -p 12000 --raw GET a',
  'redis-cli -p 12000 GET a',
  '$ GET a',
])('a prompt is not part of the command: %j', (line) => {
  expect(parsed(line)).toEqual([['GET a', undefined]])
})

test('a cell that only starts redis-cli, then types', () => {
  expect(parsed('$ redis-cli -p 12000', '127.0.0.1:12000> GET a', '(nil)')).toEqual([['GET a', '(nil)']])
})

test('a reply without a command, and an arrow without a reply, are mistakes', () => {
  expect(parsed('(integer) 1')).toBe('expected a command before the reply ‘(integer) 1’')
  expect(parsed('→ 1')).toBe('expected a command before the reply ‘→ 1’')
  expect(parsed('GET a →')).toBe('expected a reply after the arrow of ‘GET a’')
})
