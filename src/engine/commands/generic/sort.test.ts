import { expect, test } from 'vitest'
import { error } from '../../reply.ts'
import { newInstance } from '../../testing/run.ts'

function withSet() {
  const db = newInstance()
  db.run('SADD s 10 9 -1 2.5')
  db.run('MSET w:10 1 w:9 2 w:-1 3 name:9 nine')
  return db
}

test.each([
  ['', ['-1', '2.5', '9', '10']],
  ['DESC', ['10', '9', '2.5', '-1']],
  ['DESC ASC', ['-1', '2.5', '9', '10']],
  ['ALPHA', ['-1', '10', '2.5', '9']],
  ['LIMIT 1 2', ['2.5', '9']],
  ['LIMIT -5 1', ['-1']],
  ['LIMIT 2 -1', ['9', '10']],
  ['LIMIT 100 1', []],
  ['BY w:*', ['2.5', '10', '9', '-1']],
  ['BY w:* DESC LIMIT 0 1', ['-1']],
  ['BY nosort', ['10', '9', '-1', '2.5']],
  ['GET # GET name:* LIMIT 2 2', ['9', 'nine', '10', null]],
  ['GET nostar LIMIT 0 1', [null]],
])('SORT s %s', (options, result) => {
  expect(withSet().run(`SORT s ${options}`)).toEqual(result)
  expect(withSet().run(`SORT_RO s ${options}`)).toEqual(result)
})

test('SORT reads numbers as C does: up to a zero byte, and neither too large nor too small', () => {
  const db = newInstance()
  db.run(String.raw`RPUSH l "3\x00x" "\x00" " 0x2" 1`)
  expect(db.run('SORT l')).toEqual(['\x00', '1', ' 0x2', '3\x00x'])
  for (const number of ['1e400', '1e-310', 'nan', '1x']) {
    db.run(`SET w:1 ${number}`)
    expect(db.run('SORT l BY w:*')).toEqual(error("ERR One or more scores can't be converted into double"))
  }
})

test('SORT names what is wrong', () => {
  const db = withSet()
  expect(db.run('SORT none')).toEqual([])
  expect(db.run('SORT name:9')).toEqual(error('WRONGTYPE Operation against a key holding the wrong kind of value'))
  expect(db.run('SORT name:9 LIMIT 0')).toEqual(error('ERR syntax error'))
  expect(db.run('SORT s LIMIT a')).toEqual(error('ERR syntax error'))
  expect(db.run('SORT s LIMIT a b')).toEqual(error('ERR value is not an integer or out of range'))
  expect(db.run('SORT_RO s STORE d')).toEqual(error('ERR syntax error'))
  db.run('SADD s word')
  expect(db.run('SORT s')).toEqual(error("ERR One or more scores can't be converted into double"))
})
