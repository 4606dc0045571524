import { expect, test } from 'vitest'
import { Instance } from '../../instance.ts'
import { isError, type Reply } from '../../reply.ts'
import { toResp2 } from '../../resp2.ts'
import { START_MS } from '../../testing/run.ts'
import { sha256Hex } from '../../sha256.ts'

const OK = { type: 'status', text: 'OK' }

function testing() {
  const instance = new Instance({ id: 1, name: 't', solo: true, seed: 1, testMode: true, replicationInfo: () => [] })
  return (line: string): Reply =>
    instance.execute(
      1,
      line.split(' ').map((word) => word.replaceAll(',', ' ')),
      START_MS,
    )
}

test('SHA-256 of the examples of FIPS 180', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256Hex('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  )
  expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

test('users are made, authenticated as, shown and deleted', () => {
  const run = testing()
  expect(run('ACL SETUSER alice on >abc ~k* +get -@admin')).toEqual(OK)
  expect(run('ACL LIST')).toEqual([
    'user default on nopass sanitize-payload ~* &* +@all',
    `user alice on sanitize-payload #${sha256Hex('abc')} ~k* resetchannels -@all +get -@admin`,
  ])
  expect(isError(run('AUTH alice wrong'))).toBe(true)
  expect(run('ACL WHOAMI')).toBe('default')
  expect(run('AUTH alice abc')).toEqual(OK)
  expect(run('ACL WHOAMI')).toBe('alice')
  expect(run('ACL DELUSER alice nobody')).toBe(1)
  expect(run('ACL GETUSER alice')).toBeNull()
})

test('a rule that is none changes nothing', () => {
  const run = testing()
  expect(isError(run('ACL SETUSER bob on what'))).toBe(true)
  expect(run('ACL USERS')).toEqual(['default'])
})

test('ACL GENPASS gives as many digits as bits need', () => {
  const run = testing()
  expect(run('ACL GENPASS')).toMatch(/^[0-9a-f]{64}$/)
  expect(run('ACL GENPASS 5')).toMatch(/^[0-9a-f]{2}$/)
  expect(isError(run('ACL GENPASS 5000'))).toBe(true)
})

test('selectors, a default password, and who may run what', () => {
  const run = testing()
  expect(run('ACL SETUSER bob on nopass +set (%W~app*,-@all,+get)')).toEqual(OK)
  const selector = ['commands', '-@all +get', 'keys', '%W~app*', 'channels', '']
  expect((toResp2(run('ACL GETUSER bob')) as Reply[]).at(-1)).toEqual([selector])
  expect(run('ACL DRYRUN bob set k v')).toEqual(OK)
  expect(run('ACL DRYRUN bob get k')).toEqual(OK)
  expect(run('ACL DRYRUN bob del k')).toBe("User bob has no permissions to run the 'del' command")
  expect(isError(run('AUTH anything'))).toBe(true)
  expect(run('CONFIG SET requirepass abc')).toEqual(OK)
  expect(run('AUTH abc')).toEqual(OK)
  expect(isError(run('HELLO 2 AUTH default wrong'))).toBe(true)
  expect(run('CLIENT KILL USER bob')).toBe(0)
})

test('ACL LOG tells of failed logins, the latest first', () => {
  const run = testing()
  run('AUTH nobody secret')
  run('HELLO 2 AUTH default,x wrong')
  const entries = toResp2(run('ACL LOG')) as Reply[][]
  expect(entries.map((entry) => entry.slice(2, 10))).toEqual(
    [
      ['HELLO', 'default x'],
      ['AUTH', 'nobody'],
    ].map(([command, name]) => ['reason', 'auth', 'context', 'toplevel', 'object', command, 'username', name]),
  )
  expect(run('ACL LOG 1')).toHaveLength(1)
  expect(run('ACL LOG RESET')).toEqual(OK)
  expect(run('ACL LOG')).toEqual([])
})
