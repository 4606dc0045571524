import { expect, test } from 'vitest'
import { error } from '../../reply.ts'
import { newInstance } from '../../testing/run.ts'

function withKeys(count: number) {
  const db = newInstance()
  for (let i = 0; i < count; i++) db.run(`SET key:${i} v`)
  return db
}

/** Goes through a whole scan, running `between` after every call. */
function scanAll(db: ReturnType<typeof newInstance>, options: string, between = () => {}): string[] {
  const seen: string[] = []
  let cursor = '0'
  do {
    const [next, names] = db.run(`SCAN ${cursor} ${options}`) as [string, string[]]
    seen.push(...names)
    cursor = next
    between()
  } while (cursor !== '0')
  return seen
}

test('SCAN shows every key once', () => {
  const db = withKeys(100)
  const seen = scanAll(db, 'COUNT 7')
  expect(seen).toHaveLength(100)
  expect(new Set(seen).size).toBe(100)
})

test('a key that stays is shown once, whatever comes and goes meanwhile', () => {
  const db = withKeys(60)
  let round = 0
  const seen = scanAll(db, 'COUNT 5', () => {
    db.run(`SET more:${round} v`)
    db.run(`DEL key:${30 + round++}`)
  })
  for (let i = 0; i < 30; i++) expect(seen.filter((name) => name === `key:${i}`)).toHaveLength(1)
})

test('MATCH and TYPE choose', () => {
  const db = withKeys(12)
  db.run('SADD s x')
  expect(scanAll(db, 'MATCH key:1* COUNT 3').sort()).toEqual(['key:1', 'key:10', 'key:11'])
  expect(scanAll(db, 'TYPE SET')).toEqual(['s'])
  expect(scanAll(db, 'TYPE nothing')).toEqual([])
})

test('SCAN names what is wrong', () => {
  const db = newInstance()
  expect(db.run('SCAN 0')).toEqual(['0', []])
  expect(db.run('SCAN x COUNT y')).toEqual(error('ERR invalid cursor'))
  expect(db.run('SCAN 18446744073709551616')).toEqual(error('ERR invalid cursor'))
  expect(db.run('SCAN 0 COUNT y')).toEqual(error('ERR value is not an integer or out of range'))
  expect(db.run('SCAN 0 COUNT 0')).toEqual(error('ERR syntax error'))
  expect(db.run('SCAN 0 FOO')).toEqual(error('ERR syntax error'))
})

test('KEYS and RANDOMKEY do not show what has expired', () => {
  const db = newInstance()
  expect(db.run('RANDOMKEY')).toBeNull()
  db.run('MSET a 1 b 2')
  db.run('SET "" empty')
  expect(db.run('KEYS *')).toEqual(['a', 'b', ''])
  expect(db.run('KEYS [^a]')).toEqual(['b'])
  db.run('DEL a ""')
  expect(db.run('RANDOMKEY')).toBe('b')
})
