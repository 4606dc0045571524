import { expect, test } from 'vitest'
import { error, map } from '../../reply.ts'
import { newInstance } from '../../testing/run.ts'

function twoTexts() {
  const db = newInstance()
  db.run('MSET a ohmytext b mynewtext')
  return db
}

test('LCS: the subsequence, its length, or where it is', () => {
  const db = twoTexts()
  expect(db.run('LCS a b')).toBe('mytext')
  expect(db.run('LCS a b LEN')).toBe(6)
  const text = [
    [4, 7],
    [5, 8],
  ]
  const my = [
    [2, 3],
    [0, 1],
  ]
  expect(db.run('LCS a b IDX')).toEqual(map(['matches', [text, my], 'len', 6]))
  expect(db.run('LCS a b IDX MINMATCHLEN 4 WITHMATCHLEN')).toEqual(map(['matches', [[...text, 4]], 'len', 6]))
  expect(db.run('LCS a none')).toBe('')
})

test('LCS looks at the types before the options', () => {
  const db = twoTexts()
  db.run('SADD s x')
  expect(db.run('LCS a s FOO')).toEqual(error('ERR The specified keys must contain string values'))
  expect(db.run('LCS a b FOO')).toEqual(error('ERR syntax error'))
  expect(db.run('LCS a b MINMATCHLEN')).toEqual(error('ERR syntax error'))
  expect(db.run('LCS a b LEN IDX')).toEqual(error('ERR If you want both the length and indexes, please just use IDX.'))
})
