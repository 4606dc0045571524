import { beforeAll, describe, expect, test } from 'vitest'
import { loadParts } from './parts.ts'
import type { Reply } from './reply.ts'
import { newInstance, START_MS } from './testing/run.ts'

beforeAll(() => loadParts())

const LOOP = 'while true do end'
const BUSY = 'BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.'

/** An instance whose inputs come one after the other, as a replica gives them; scripts count as slow after so many ms. */
function start(thresholdMs = 100) {
  const { instance } = newInstance()
  let now = START_MS
  instance.config.set('busy-reply-threshold', String(thresholdMs))
  const replies = (): [number, Reply][] => instance.take().replies.map(({ session, reply }) => [session, textOf(reply)])
  return {
    instance,
    send: (session: number, ...argv: string[]) => {
      instance.submit(session, argv, now)
      instance.afterInput(now)
      return replies()
    },
    close: (session: number) => {
      instance.closeSession(session)
      instance.afterInput(now)
      return replies()
    },
    /** Lets time pass: one tick after the other. */
    pass: (ms: number) => {
      for (const until = now + ms; now < until;) {
        now = Math.min(until, Math.max(now + 1, instance.script?.nextAt ?? until))
        instance.afterInput(now)
      }
      return replies()
    },
  }
}

/** Errors and status replies as their text. */
function textOf(reply: Reply): Reply {
  return typeof reply === 'object' && reply !== null && 'text' in reply ? reply.text : reply
}

const eachTimes = (n: number) => `local n = 0 while n < ${n} do n = n + 1 end`

describe('a script that does not end at once', () => {
  test('replies when it ends; until then nobody else is served, and all is served in order afterwards', () => {
    const { send, pass } = start(5000)
    const script = `redis.call('SET', 'k', '1') ${eachTimes(3_000_000)} return redis.call('INCR', 'k')`
    expect(send(1, 'EVAL', script, '0')).toEqual([])
    expect([send(2, 'INCR', 'k'), send(1, 'GET', 'k'), send(3, 'INCR', 'k')]).toEqual([[], [], []])
    expect(pass(500)).toEqual([])
    expect(pass(4000)).toEqual([
      [1, 2],
      [1, '2'],
      [2, 3],
      [3, 4],
    ])
  })

  test('from the threshold on others are told that it is busy, those who wait already too', () => {
    const { send, pass } = start()
    expect(send(1, 'EVAL', LOOP, '0')).toEqual([])
    expect([send(2, 'PING'), send(2, 'NONSENSE')]).toEqual([[], []])
    expect(pass(100)).toEqual([
      [2, BUSY],
      [2, "ERR unknown command 'NONSENSE', with args beginning with: "],
    ])
    expect(send(2, 'GET', 'k')).toEqual([[2, BUSY]])
    expect(send(2, 'FUNCTION', 'STATS')).toEqual([[2, BUSY]])
    expect(send(2, 'FUNCTION', 'KILL')).toEqual([[2, BUSY]])
    expect(send(1, 'PING')).toEqual([])
    expect(send(2, 'SCRIPT', 'KILL')).toEqual([
      [2, 'OK'],
      [
        1,
        expect.stringMatching(
          /^ERR Script killed by user with SCRIPT KILL\.\.\. script: [0-9a-f]{40}, on @user_script:1\.$/,
        ),
      ],
      [1, 'PONG'],
    ])
    expect(send(2, 'PING')).toEqual([[2, 'PONG']])
    expect(send(2, 'SCRIPT', 'KILL')).toEqual([[2, 'NOTBUSY No scripts in execution right now.']])
  })

  test.each([
    ['pcall', 'while true do pcall(function() while true do end end) end'],
    ['a coroutine', 'coroutine.wrap(function() while true do end end)()'],
    ['an iterator', 'for _ in function() while true do end end do end'],
    ['calls of commands', "while true do redis.pcall('GET', 'k') end"],
  ])('it can be killed within %s', (_, script) => {
    const { send, pass } = start()
    send(1, 'EVAL', script, '0')
    pass(200)
    expect(send(2, 'SCRIPT', 'KILL')).toEqual([
      [2, 'OK'],
      [1, expect.stringContaining('killed by user')],
    ])
  })

  test('without a kill it ends at its limit', () => {
    const { send, pass } = start()
    send(1, 'EVAL', LOOP, '0')
    expect(pass(30_000)).toEqual([
      [1, expect.stringMatching(/^ERR Script killed: it ran for more than 200000000 steps\./)],
    ])
  })

  test('M3: one that has written is not killed, and others do not see what it wrote before it ends', () => {
    const { send, pass } = start()
    const script = `redis.call('RPUSH', 'l', 'a') ${eachTimes(1_500_000)} redis.call('RPUSH', 'l', 'b') return 'done'`
    send(3, 'BLPOP', 'l', '0')
    send(1, 'EVAL', script, '0')
    pass(100)
    expect(send(2, 'SCRIPT', 'KILL')).toEqual([
      [2, expect.stringMatching(/^UNKILLABLE Sorry the script already executed write/)],
    ])
    expect(pass(2000)).toEqual([
      [1, 'done'],
      [3, ['l', 'a']],
    ])
    expect(send(2, 'LRANGE', 'l', '0', '-1')).toEqual([[2, ['b']]])
  })

  test('X2: nothing expires while it runs', () => {
    const { send, pass } = start()
    send(1, 'SET', 'k', 'v', 'PX', '50')
    send(1, 'EVAL', `${eachTimes(1_000_000)} return redis.call('GET', 'k')`, '0')
    expect(pass(1000)).toEqual([[1, 'v']])
    expect(send(1, 'GET', 'k')).toEqual([[1, null]])
  })

  test('M3: a transaction does not come to be half of one', () => {
    const { send, pass } = start()
    send(2, 'MULTI')
    send(2, 'INCR', 'k')
    send(1, 'EVAL', LOOP, '0')
    pass(100)
    expect(send(2, 'EXEC')).toEqual([[2, `EXECABORT Transaction discarded because of: ${BUSY}`]])
    expect(send(2, 'MULTI')).toEqual([[2, 'OK']])
    expect(send(2, 'INCR', 'k')).toEqual([[2, BUSY]])
    send(3, 'SCRIPT', 'KILL')
    expect(send(2, 'EXEC')).toEqual([[2, 'EXECABORT Transaction discarded because of previous errors.']])
  })

  test('a function is killed by FUNCTION KILL alone', () => {
    const { send, pass } = start()
    send(1, 'FUNCTION', 'LOAD', `#!lua name=l\nredis.register_function('f', function() ${LOOP} end)`)
    send(1, 'FCALL', 'f', '0')
    const busy = BUSY.replace('SCRIPT', 'FUNCTION')
    pass(150)
    expect(send(2, 'SCRIPT', 'KILL')).toEqual([[2, busy]])
    const [[, stats]] = send(2, 'FUNCTION', 'STATS') as [[number, Reply]]
    expect(stats).toMatchObject({
      type: 'map',
      entries: [
        'running_script',
        { entries: ['name', 'f', 'command', ['FCALL', 'f', '0'], 'duration_ms', 150] },
        'engines',
        {},
      ],
    })
    expect(send(2, 'FUNCTION', 'KILL')).toEqual([
      [2, 'OK'],
      [1, 'ERR Script killed by user with SCRIPT KILL... script: f, on @user_function:2.'],
    ])
  })
})

describe('its caller leaves', () => {
  test('it ends with its caller', () => {
    const { send, close, instance } = start()
    send(1, 'EVAL', LOOP, '0')
    send(2, 'PING')
    expect(close(1)).toEqual([[2, 'PONG']])
    expect(instance.script).toBeNull()
  })

  test('M3: unless it has written', () => {
    const { send, close, pass } = start()
    send(1, 'EVAL', `redis.call('SET', 'k', '1') ${eachTimes(1_000_000)} redis.call('SET', 'k', '2')`, '0')
    expect(close(1)).toEqual([])
    pass(1000)
    expect(send(2, 'GET', 'k')).toEqual([[2, '2']])
  })

  test('commands of a session that has left do not run', () => {
    const { send, close, pass } = start()
    send(1, 'EVAL', `${eachTimes(1_000_000)}`, '0')
    send(2, 'SET', 'k', '1')
    close(2)
    pass(1000)
    expect(send(3, 'EXISTS', 'k')).toEqual([[3, 0]])
  })
})

test('M3: within a transaction a script runs in one go', () => {
  const { send } = start()
  send(1, 'MULTI')
  send(1, 'EVAL', `${eachTimes(2_000_000)} return n`, '0')
  send(1, 'INCR', 'k')
  expect(send(1, 'EXEC')).toEqual([[1, [2_000_000, 1]]])
})
