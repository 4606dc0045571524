import { describe, expect, test } from 'vitest'
import { error } from '../../reply.ts'
import { newInstance, START_MS } from '../../testing/run.ts'

function withKey() {
  const db = newInstance()
  db.run('SET k v')
  return db
}

test('the four ways to set an expiry, and the four to read it', () => {
  const db = withKey()
  expect(db.run('EXPIRE k 10')).toBe(1)
  expect([db.run('TTL k'), db.run('PTTL k')]).toEqual([10, 10000])
  expect(db.run('PEXPIRE k 1499')).toBe(1)
  expect([db.run('TTL k'), db.run('PTTL k')]).toEqual([1, 1499])
  expect(db.run(`EXPIREAT k ${START_MS / 1000 + 60}`)).toBe(1)
  expect(db.run('EXPIRETIME k')).toBe(START_MS / 1000 + 60)
  expect(db.run(`PEXPIREAT k ${START_MS + 500}`)).toBe(1)
  expect(db.run('PEXPIRETIME k')).toBe(START_MS + 500)
  expect(db.run('EXPIRETIME k')).toBe(START_MS / 1000 + 1)
})

test('a key is gone from its time on', () => {
  const db = withKey()
  db.run('PEXPIRE k 100')
  db.at(START_MS + 99)
  expect(db.run('GET k')).toBe('v')
  db.at(START_MS + 100)
  expect(db.run('GET k')).toBeNull()
  expect(db.run('TTL k')).toBe(-2)
})

test('−2 for no key, −1 for no expiry', () => {
  const db = withKey()
  for (const name of ['TTL', 'PTTL', 'EXPIRETIME', 'PEXPIRETIME']) {
    expect([db.run(`${name} none`), db.run(`${name} k`)]).toEqual([-2, -1])
  }
})

test('PERSIST takes the expiry away', () => {
  const db = withKey()
  expect(db.run('PERSIST k')).toBe(0)
  db.run('EXPIRE k 10')
  expect(db.run('PERSIST k')).toBe(1)
  expect(db.run('TTL k')).toBe(-1)
  expect(db.run('PERSIST none')).toBe(0)
})

test('a time that has passed deletes the key', () => {
  const db = withKey()
  db.instance.take()
  expect(db.run('EXPIRE k -1')).toBe(1)
  expect(db.run('EXISTS k')).toBe(0)
  expect(db.instance.take().changes).toEqual([{ key: 'k', event: 'del' }])
  db.run('SET k v')
  expect(db.run('PEXPIREAT k 1')).toBe(1)
  expect(db.run('EXISTS k')).toBe(0)
})

describe('conditions', () => {
  test('NX, XX', () => {
    const db = withKey()
    expect(db.run('EXPIRE k 10 XX')).toBe(0)
    expect(db.run('EXPIRE k 10 nx')).toBe(1)
    expect(db.run('EXPIRE k 20 NX')).toBe(0)
    expect(db.run('EXPIRE k 20 XX')).toBe(1)
    expect(db.run('TTL k')).toBe(20)
  })

  test('GT and LT: no expiry is the longest', () => {
    const db = withKey()
    expect(db.run('EXPIRE k 10 GT')).toBe(0)
    expect(db.run('EXPIRE k 10 LT')).toBe(1)
    expect(db.run('EXPIRE k 20 LT')).toBe(0)
    expect(db.run('EXPIRE k 20 XX GT')).toBe(1)
    expect(db.run('EXPIRE k 20 GT')).toBe(0)
    expect(db.run('TTL k')).toBe(20)
  })

  test('those that exclude each other, and unknown ones, before the number', () => {
    const db = withKey()
    expect(db.run('EXPIRE k x NX GT')).toEqual(
      error('ERR NX and XX, GT or LT options at the same time are not compatible'),
    )
    expect(db.run('EXPIRE k 1 GT LT')).toEqual(error('ERR GT and LT options at the same time are not compatible'))
    expect(db.run('EXPIRE k x Foo')).toEqual(error('ERR Unsupported option Foo'))
    expect(db.run('EXPIRE k x')).toEqual(error('ERR value is not an integer or out of range'))
  })
})

test('X3: times lie within 0 … 2^49', () => {
  const db = withKey()
  expect(db.run('PEXPIREAT k 562949953421312')).toBe(1)
  expect(db.run('PEXPIREAT k 562949953421313')).toEqual(error("ERR invalid expire time in 'pexpireat' command"))
  expect(db.run('EXPIRE k 9223372036854775807')).toEqual(error("ERR invalid expire time in 'expire' command"))
  expect(db.run('EXPIRE none 9223372036854775807')).toEqual(error("ERR invalid expire time in 'expire' command"))
})
