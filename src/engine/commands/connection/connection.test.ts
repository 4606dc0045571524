import { expect, test } from 'vitest'
import { error, map, OK, PONG, QUEUED, set, verbatim, type Reply } from '../../reply.ts'
import { modulesReply } from '../modules.ts'
import { newInstance, START_MS } from '../../testing/run.ts'

const WRONG_PASSWORD = error('WRONGPASS invalid username-password pair or user is disabled.')
const BAD_NAME = error('ERR Client names cannot contain spaces, newlines or special characters.')
const SYNTAX = error('ERR syntax error')

test.each<[string, Reply]>([
  ['PING', PONG],
  ['PING hello', 'hello'],
  ['PING a b', error("ERR wrong number of arguments for 'ping' command")],
  ['ECHO "a b"', 'a b'],
  ['ECHO', error("ERR wrong number of arguments for 'echo' command")],
  ['SELECT 0', OK],
  ['SELECT x', error('ERR value is not an integer or out of range')],
  ['SELECT -1', error('ERR DB index is out of range')],
  ['SELECT 99', error('ERR DB index is out of range')],
  ['SELECT 99999999999', error('ERR value is out of range, value must between -2147483648 and 2147483647')],
  [
    'AUTH x',
    error(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    ),
  ],
  ['AUTH default x', OK],
  ['AUTH someone x', WRONG_PASSWORD],
  ['AUTH a b c', SYNTAX],
])('%s', (line, reply) => {
  expect(newInstance().run(line)).toEqual(reply)
})

test('M4: SELECT of another database is refused with a way out', () => {
  expect(newInstance().run('SELECT 1')).toEqual(
    error(
      'ERR SELECT 1 is not supported in an Active-Active database: it has one keyspace, 0; use key prefixes, or another database',
    ),
  )
})

test('HELLO tells about the server and switches the protocol', () => {
  const db = newInstance()
  const about = (proto: number) => {
    const entries = ['server', 'redis', 'version', expect.any(String), 'proto', proto, 'id', 1]
    return map([...entries, 'mode', 'standalone', 'role', 'master', 'modules', modulesReply()] as Reply[])
  }
  expect(db.run('HELLO')).toEqual(about(2))
  expect(db.run('HELLO 3 AUTH default x SETNAME me')).toEqual(about(3))
  expect(db.run('HELLO')).toEqual(about(3))
  expect(db.run('CLIENT GETNAME')).toBe('me')
})

test.each([
  ['HELLO 4', error('NOPROTO unsupported protocol version')],
  ['HELLO x', error('ERR Protocol version is not an integer or out of range')],
  ['HELLO 3 AUTH a b', WRONG_PASSWORD],
  ['HELLO 3 AUTH a', error("ERR Syntax error in HELLO option 'AUTH'")],
  ['HELLO 3 foo', error("ERR Syntax error in HELLO option 'foo'")],
  ['HELLO 3 SETNAME "a b"', BAD_NAME],
])('%s fails and leaves the protocol as it was', (line, reply) => {
  const db = newInstance()
  expect(db.run(line)).toEqual(reply)
  expect(db.instance.sessions.get(1)?.resp).toBe(2)
})

test('QUIT answers OK, also inside MULTI, and asks for the connection to be closed', () => {
  const db = newInstance()
  db.run('MULTI')
  expect(db.run('QUIT')).toEqual(OK)
  expect(db.instance.sessions.get(1)?.closing).toBe(true)
})

test('names of a connection and of its library', () => {
  const db = newInstance()
  expect(db.run('CLIENT GETNAME')).toBeNull()
  expect(db.run('CLIENT SETNAME me')).toEqual(OK)
  expect(db.run('CLIENT GETNAME')).toBe('me')
  expect(db.run('CLIENT SETNAME "a b"')).toEqual(BAD_NAME)
  expect(db.run('CLIENT SETNAME ""')).toEqual(OK)
  expect(db.run('CLIENT GETNAME')).toBeNull()
  expect(db.run('CLIENT SETINFO LIB-NAME lib')).toEqual(OK)
  expect(db.run('CLIENT SETINFO lib-ver 1.0')).toEqual(OK)
  expect(db.run('CLIENT SETINFO foo 1.0')).toEqual(error("ERR Unrecognized option 'foo'"))
  expect(db.run('CLIENT SETINFO LIB-VER "1 0"')).toEqual(
    error('ERR lib-ver cannot contain spaces, newlines or special characters.'),
  )
  expect(db.run('CLIENT NO-TOUCH on')).toEqual(OK)
  expect(db.run('CLIENT NO-TOUCH maybe')).toEqual(SYNTAX)
  db.at(START_MS + 2500)
  expect(db.run('CLIENT INFO')).toEqual(
    verbatim(
      'id=1 addr=127.0.0.1:50001 laddr=127.0.0.1:6379 fd=8 name= age=2 idle=0 flags=T db=0 sub=0 psub=0 ssub=0 multi=-1 watch=0 ' +
        'qbuf=26 qbuf-free=0 argv-mem=10 multi-mem=0 rbs=0 rbp=0 obl=0 oll=0 omem=0 tot-mem=36 events=r cmd=client|info user=default redir=-1 resp=2 lib-name=lib lib-ver=1.0\n',
    ),
  )
})

test('CLIENT LIST shows every connection, or those that the filter means', () => {
  const db = newInstance()
  db.run('MULTI', 7)
  expect(db.run('SET a 1', 7)).toEqual(QUEUED)
  const ids = (reply: Reply) => {
    const { text } = reply as { text: string }
    return [...text.matchAll(/^id=(\d+)/gm)].map((match) => Number(match[1]))
  }
  expect(ids(db.run('CLIENT LIST'))).toEqual([1, 7])
  expect((db.run('CLIENT LIST') as { text: string }).text).toContain('flags=x db=0 sub=0 psub=0 ssub=0 multi=1 ')
  expect(ids(db.run('CLIENT LIST ID 7 9'))).toEqual([7])
  expect(ids(db.run('CLIENT LIST TYPE normal'))).toEqual([1, 7])
  expect(ids(db.run('CLIENT LIST TYPE pubsub'))).toEqual([])
  expect(db.run('CLIENT LIST TYPE foo')).toEqual(error("ERR Unknown client type 'foo'"))
  expect(db.run('CLIENT LIST ID x')).toEqual(error('ERR Invalid client ID'))
  expect(db.run('CLIENT LIST foo')).toEqual(SYNTAX)
})

test('CLIENT KILL marks the connections that it means, its own only when told to', () => {
  const db = newInstance()
  db.run('PING', 2)
  db.run('PING', 3)
  const closing = () =>
    [...db.instance.sessions.values()]
      .filter((s) => s.closing)
      .map((s) => s.id)
      .sort((a, b) => a - b)
  expect(db.run('CLIENT KILL 127.0.0.1:50002')).toEqual(OK)
  expect(closing()).toEqual([2])
  expect(db.run('CLIENT KILL ID 3')).toBe(1)
  expect(closing()).toEqual([2, 3])
  expect(db.run('CLIENT KILL ID 1')).toBe(0)
  expect(db.run('CLIENT KILL ID 1 SKIPME no')).toBe(1)
  expect(closing()).toEqual([1, 2, 3])
})

test.each([
  ['CLIENT KILL 1', 'ERR No such client'],
  ['CLIENT KILL ID a', 'ERR client-id should be greater than 0'],
  ['CLIENT KILL ID 0', 'ERR client-id should be greater than 0'],
  ['CLIENT KILL TYPE a', "ERR Unknown client type 'a'"],
  ['CLIENT KILL USER a', "ERR No such user 'a'"],
  ['CLIENT KILL SKIPME a', 'ERR syntax error'],
  ['CLIENT KILL FOO a', 'ERR syntax error'],
  ['CLIENT KILL ID 1 TYPE', 'ERR syntax error'],
  ['CLIENT KILL MAXAGE 0', 'ERR maxage should be greater than 0'],
  ['CLIENT UNBLOCK a', 'ERR value is not an integer or out of range'],
  ['CLIENT UNBLOCK 1 foo', 'ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR'],
  ['CLIENT foo', "ERR unknown subcommand 'foo'. Try CLIENT HELP."],
  ['CLIENT', "ERR wrong number of arguments for 'client' command"],
])('%s is an error', (line, text) => {
  expect(newInstance().run(line)).toEqual(error(text))
})

test('CLIENT of what cannot happen here: tracking is off, nobody is blocked', () => {
  const db = newInstance()
  expect(db.run('CLIENT TRACKINGINFO')).toEqual(map(['flags', set(['off']), 'redirect', -1, 'prefixes', []]))
  expect(db.run('CLIENT UNBLOCK 1')).toBe(0)
  expect(db.run('CLIENT ID', 5)).toBe(5)
})

test('CLIENT HELP lists each subcommand with its syntax', () => {
  const lines = (newInstance().run('CLIENT HELP') as unknown as { text: string }[]).map((line) => line.text)
  expect(lines[0]).toBe('CLIENT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:')
  expect(lines).toContain('LIST [TYPE client-type | ID client-id [client-id ...]]')
  expect(lines).toContain('NO-TOUCH <ON | OFF>')
  expect(lines).toContain('UNBLOCK client-id [unblock-type]')
})
