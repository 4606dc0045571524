import { expect, test } from 'vitest'
import { error } from '../reply.ts'
import { newInstance } from '../testing/run.ts'
import { REFUSED_COMMANDS } from './refused.ts'
import { COMMANDS } from './table.ts'

test.each(REFUSED_COMMANDS.map((command) => [command.name]))('M4: %s is refused and changes nothing', (name) => {
  const db = newInstance()
  db.run('SET k v')
  const words = `${name} k v`
  expect(db.run(words)).toEqual({
    type: 'error',
    text: expect.stringMatching(
      new RegExp(`^ERR ${name.replace('.', '\\.')} is not supported in an Active-Active database: .`),
    ),
  })
  expect(db.run('GET k')).toBe('v')
})

test('M4: the error says why, and what to do instead', () => {
  const db = newInstance()
  expect(db.run('FLUSHALL')).toEqual(
    error(
      "ERR FLUSHALL is not supported in an Active-Active database: it would bypass replication; use the database's own flush (`flush` in the control console)",
    ),
  )
  expect(db.run('OBJECT ENCODING k')).toEqual(
    error(
      'ERR OBJECT ENCODING is not supported in an Active-Active database: values are CRDTs, not Redis encodings; use CRDT.DEBUG ENCODING',
    ),
  )
  expect(db.run('CONFIG RESETSTAT')).toEqual(
    error(
      'ERR CONFIG RESETSTAT is not supported in an Active-Active database: statistics are collected by the cluster; use INFO',
    ),
  )
})

test('no command is both supported and refused, or listed twice', () => {
  const names = COMMANDS.map((command) => command.name)
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
})
