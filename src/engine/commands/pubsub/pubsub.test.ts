import { describe, expect, test } from 'vitest'
import { newInstance } from '../../testing/run.ts'
import { configure } from '../../configure.ts'
import { Instance } from '../../instance.ts'

/** Runs lines as session 1, and gives what each session was sent in the end. */
function setUp() {
  const { instance } = newInstance()
  const say = (session: number, line: string) => {
    instance.submit(session, line.split(' '), 1000)
    instance.afterInput(1000)
    return instance.take().replies.map(({ session: to, reply }) => {
      const items = typeof reply === 'object' && reply !== null && 'items' in reply ? reply.items : reply
      return [to, items]
    })
  }
  return { instance, say }
}

describe('subscribing', () => {
  test('every channel is confirmed, with how many are listened to', () => {
    const { say } = setUp()
    expect(say(1, 'SUBSCRIBE a b a')).toEqual([
      [1, ['subscribe', 'a', 1]],
      [1, ['subscribe', 'b', 2]],
      [1, ['subscribe', 'a', 2]],
    ])
    expect(say(1, 'PSUBSCRIBE x*')).toEqual([[1, ['psubscribe', 'x*', 3]]])
    expect(say(1, 'SSUBSCRIBE s')).toEqual([[1, ['ssubscribe', 's', 1]]])
    expect(say(1, 'UNSUBSCRIBE')).toEqual([
      [1, ['unsubscribe', 'a', 2]],
      [1, ['unsubscribe', 'b', 1]],
    ])
    expect(say(1, 'UNSUBSCRIBE')).toEqual([[1, ['unsubscribe', null, 1]]])
  })

  test('a RESP2 client that listens may say little else; a RESP3 client may', () => {
    const { say } = setUp()
    say(1, 'SUBSCRIBE a')
    expect(say(1, 'PING')).toEqual([[1, ['pong', '']]])
    expect(say(1, 'GET k')[0]?.[1]).toMatchObject({ text: expect.stringContaining("Can't execute 'get'") })
    say(2, 'HELLO 3')
    say(2, 'SUBSCRIBE a')
    expect(say(2, 'GET k')).toEqual([[2, null]])
  })

  test('messages reach listeners of the channel and of matching patterns, and the count is of this region', () => {
    const { say } = setUp()
    say(1, 'SUBSCRIBE news')
    say(2, 'PSUBSCRIBE n*')
    say(3, 'SSUBSCRIBE news')
    expect(say(4, 'PUBLISH news hi')).toEqual([
      [1, ['message', 'news', 'hi']],
      [2, ['pmessage', 'n*', 'news', 'hi']],
      [4, 2],
    ])
    expect(say(4, 'SPUBLISH news hi')).toEqual([
      [3, ['smessage', 'news', 'hi']],
      [4, 1],
    ])
    expect(say(4, 'PUBSUB NUMSUB news none')).toEqual([[4, ['news', 1, 'none', 0]]])
    expect(say(4, 'PUBSUB CHANNELS n*')).toEqual([[4, ['news']]])
    expect(say(4, 'PUBSUB NUMPAT')).toEqual([[4, 1]])
    expect(say(4, 'PUBSUB SHARDCHANNELS')).toEqual([[4, ['news']]])
  })

  test('who leaves hears nothing', () => {
    const { instance, say } = setUp()
    say(1, 'SUBSCRIBE news')
    instance.closeSession(1)
    expect(say(2, 'PUBLISH news hi')).toEqual([[2, 0]])
  })
})

describe('keyspace notifications', () => {
  test('are told on the channels that the setting asks for', () => {
    const { say } = setUp()
    say(1, 'PSUBSCRIBE __key*')
    expect(say(2, 'SET k v')).toHaveLength(1)
    say(2, 'CONFIG SET notify-keyspace-events KEA')
    expect(say(2, 'SET k v').slice(0, 2)).toEqual([
      [1, ['pmessage', '__key*', '__keyspace@0__:k', 'set']],
      [1, ['pmessage', '__key*', '__keyevent@0__:set', 'k']],
    ])
    say(2, 'CONFIG SET notify-keyspace-events Es')
    expect(say(2, 'SADD s m')[0]).toEqual([1, ['pmessage', '__key*', '__keyevent@0__:sadd', 's']])
    expect(say(2, 'SET k v')).toHaveLength(1)
    say(2, 'CONFIG SET notify-keyspace-events En')
    expect(say(2, 'SET l v')[0]).toEqual([1, ['pmessage', '__key*', '__keyevent@0__:new', 'l']])
    expect(say(2, 'SET l w')).toHaveLength(1)
  })
})

describe('MONITOR', () => {
  test('shows commands before they run, quoted', () => {
    const { say } = setUp()
    expect(say(1, 'MONITOR')).toEqual([[1, { type: 'status', text: 'OK' }]])
    expect(say(2, 'SET k "\x01')[0]).toEqual([
      1,
      { type: 'status', text: '1.000000 [0 127.0.0.1:50002] "SET" "k" "\\"\\x01"' },
    ])
  })
})

test('MONITOR shows EXEC after what it ran, and nothing administrative', () => {
  const { say } = setUp()
  say(1, 'MONITOR')
  const shown = ['MULTI', 'CONFIG GET save', 'SET k v', 'EXEC'].flatMap((line) =>
    say(2, line).flatMap(([to, reply]) => (to === 1 ? [(reply as { text: string }).text.split('] ')[1]] : [])),
  )
  expect(shown).toEqual(['"MULTI"', '"SET" "k" "v"', '"EXEC"'])
})

describe('CLIENT', () => {
  test('REPLY OFF silences, SKIP silences the next answer', () => {
    const { say } = setUp()
    expect(say(1, 'CLIENT REPLY SKIP')).toEqual([])
    expect(say(1, 'PING')).toEqual([])
    expect(say(1, 'PING')).toHaveLength(1)
    say(1, 'CLIENT REPLY SKIP')
    expect(say(1, 'CLIENT REPLY SKIP')).toEqual([])
    expect(say(1, 'PING')).toEqual([])
    say(1, 'CLIENT REPLY SKIP')
    expect(say(1, 'CLIENT REPLY ON')).toHaveLength(1)
    expect(say(1, 'CLIENT REPLY OFF')).toEqual([])
    expect(say(1, 'SUBSCRIBE a')).toEqual([[1, ['subscribe', 'a', 1]]])
    say(1, 'UNSUBSCRIBE a')
    expect(say(1, 'PING')).toEqual([])
    expect(say(1, 'CLIENT REPLY ON')).toHaveLength(1)
  })

  test('KILL and QUIT end sessions after their replies', () => {
    const { instance } = setUp()
    instance.submit(1, ['PING'], 0)
    instance.submit(2, ['CLIENT', 'KILL', 'ID', '1'], 0)
    instance.submit(2, ['QUIT'], 0)
    expect(instance.take().closed).toEqual([1, 2])
    expect(instance.sessions.size).toBe(0)
  })
})

describe('CLIENT TRACKING', () => {
  test('what is read after it changed, in the same transaction, is up to date', () => {
    const { say } = setUp()
    say(1, 'HELLO 3')
    say(1, 'CLIENT TRACKING ON')
    say(1, 'MULTI')
    say(1, 'SET k 1')
    say(1, 'GET k')
    expect(say(1, 'EXEC')).toHaveLength(1)
    expect(say(2, 'SET k 2')).toEqual([
      [2, { type: 'status', text: 'OK' }],
      [1, ['invalidate', ['k']]],
    ])
  })

  test('a reader is told once, after the reply of whoever changed the key', () => {
    const { say } = setUp()
    say(1, 'HELLO 3')
    say(1, 'CLIENT TRACKING ON')
    say(1, 'GET k')
    expect(say(2, 'SET k 1')).toEqual([
      [2, { type: 'status', text: 'OK' }],
      [1, ['invalidate', ['k']]],
    ])
    expect(say(2, 'SET k 2')).toHaveLength(1)
  })

  test('BCAST tells of keys with a prefix, NOLOOP not of own changes', () => {
    const { say } = setUp()
    say(1, 'HELLO 3')
    say(1, 'CLIENT TRACKING ON BCAST PREFIX a: PREFIX b: NOLOOP')
    expect(say(2, 'MSET a:1 x b:1 x c:1 x').slice(1)).toEqual([
      [1, ['invalidate', ['a:1']]],
      [1, ['invalidate', ['b:1']]],
    ])
    expect(say(1, 'SET a:1 y')).toHaveLength(1)
  })

  test('a table that shrinks forgets keys, each once, and tells their readers', () => {
    const { instance, say } = setUp()
    say(1, 'HELLO 3')
    say(1, 'CLIENT TRACKING ON')
    say(1, 'MGET a b c d e f g h')
    configure(instance, 'tracking-table-max-keys', '2')
    const told = say(2, 'PING').slice(1)
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(6)
    expect(instance.tracking.keys).toBe(2)
  })

  test('a flush forgets also what nobody tracks any more', () => {
    const instance = new Instance({ id: 1, name: 't', solo: true, seed: 1, testMode: true, replicationInfo: () => [] })
    for (const line of ['CLIENT TRACKING ON REDIRECT 1', 'GET k', 'CLIENT TRACKING OFF', 'FLUSHALL']) {
      instance.submit(1, line.split(' '), 1000)
      instance.afterInput(1000)
    }
    expect(instance.tracking.keys).toBe(0)
  })

  test('OPTIN tracks only what CLIENT CACHING YES announces', () => {
    const { say } = setUp()
    say(1, 'HELLO 3')
    say(1, 'CLIENT TRACKING ON OPTIN')
    say(1, 'GET a')
    say(1, 'CLIENT CACHING YES')
    say(1, 'GET b')
    say(1, 'GET c')
    expect(say(2, 'MSET a 1 b 1 c 1').slice(1)).toEqual([[1, ['invalidate', ['b']]]])
  })

  test('a RESP2 client is told through another that listens', () => {
    const { say } = setUp()
    say(2, 'SUBSCRIBE __redis__:invalidate')
    say(1, 'CLIENT TRACKING ON REDIRECT 2')
    say(1, 'GET k')
    expect(say(3, 'SET k 1')[1]).toEqual([2, ['message', '__redis__:invalidate', ['k']]])
  })

  test('options that do not go together are refused', () => {
    const { say } = setUp()
    const text = (line: string) => (say(1, line)[0] as [number, { text: string }])[1].text
    expect(text('CLIENT TRACKING ON PREFIX a')).toBe('ERR PREFIX option requires BCAST mode to be enabled')
    expect(text('CLIENT TRACKING ON OPTIN OPTOUT')).toBe("ERR You can't specify both OPTIN mode and OPTOUT mode")
    expect(text('CLIENT TRACKING ON BCAST PREFIX a PREFIX ab')).toMatch(/^ERR Prefix 'a' overlaps with another/)
    expect(text('CLIENT TRACKING ON REDIRECT 99')).toBe('ERR The client ID you want redirect to does not exist')
  })
})
