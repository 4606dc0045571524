import { describe, expect, test } from 'vitest'
import { indexCommands } from './command-index.ts'
import { suggest } from './suggestions.ts'
import { COMMAND_DOCS } from './testing/command-docs.ts'

const index = indexCommands(COMMAND_DOCS)
const labels = (line: string, history: readonly string[] = [], keys: readonly string[] = []) =>
  suggest(index, line, history, keys).map(({ label }) => label)

describe('suggestions', () => {
  test('of an empty line are the newest short lines, each once, then usual commands that the catalogue has', () => {
    const history = ['GET a', 'SET long x'.padEnd(60, 'x'), 'GET b', 'GET a', 'PING', 'GET c']
    expect(labels('', history)).toEqual(['GET c', 'PING', 'GET a', 'SET', 'GET', ...labels('').slice(2)])
    expect(labels('')).not.toContain('FLY')
    expect(suggest(index, '', ['GET a'], [])[0]?.line).toBe('GET a')
    expect(suggest(index, '', [], [])[0]?.line).toBe('SET ')
  })

  test('of a word that is begun are the commands that begin so, usual ones first', () => {
    expect(labels('s')[0]).toBe('SET')
    expect(labels('L')).toEqual(['LMOVE', 'LPOP'])
    expect(labels('lpop')).toEqual([])
    expect(suggest(index, '5 lp', [], []).map(({ line }) => line)).toEqual(['5 LPOP '])
  })

  test('where a key is due are keys, quoted as they must be typed; where words are, those words', () => {
    expect(labels('GET ', [], ['cart', 'two words'])).toEqual(['cart', '"two words"'])
    expect(labels('GET ca', [], ['cart', 'two words'])).toEqual(['cart'])
    expect(labels('DEL cart ', [], ['cart'])).toEqual(['cart'])
    expect(labels('SET k v ')).toContain('NX')
    expect(labels('SET k v ', [], ['cart'])).not.toContain('cart')
    expect(suggest(index, 'SET k v N', [], []).map(({ line }) => line)).toEqual(['SET k v NX '])
  })

  test('within an open quote there are none', () => {
    expect(labels('SET k "a ', [], ['k'])).toEqual([])
  })
})
