import { describe, expect, test } from 'vitest'
import { Instance } from './instance.ts'
import { error, type Reply } from './reply.ts'
import { START_MS } from './testing/run.ts'

function limited(policy: string, testMode = true) {
  const instance = new Instance({ id: 1, name: 't', solo: true, seed: 1, testMode, replicationInfo: () => [] })
  const run = (line: string, at = 0, session = 1): Reply => instance.execute(session, line.split(' '), START_MS + at)
  run(`CONFIG SET maxmemory-policy ${policy}`)
  run('CONFIG SET maxmemory 20000')
  return { instance, run }
}

type Run = ReturnType<typeof limited>['run']

/** Sets the limit from another connection. */
const configure = (run: Run, bytes: number) => run(`CONFIG SET maxmemory ${bytes}`, 0, 2)

const OK = { type: 'status', text: 'OK' }
const OOM = error("OOM command not allowed when used memory > 'maxmemory'.")

describe('R8: memory', () => {
  test('noeviction: what needs memory is refused, what does not goes on', () => {
    const { run } = limited('noeviction')
    run(`SET big ${'x'.repeat(30000)}`)
    expect(run('SET k v')).toEqual(OOM)
    expect(run('STRLEN big')).toBe(30000)
    run('MULTI')
    expect(run('GET k')).toEqual(OOM)
    expect(run('EXEC')).toEqual(error('EXECABORT Transaction discarded because of previous errors.'))
    expect(run('DEL big')).toBe(1)
    expect(run('SET k v')).toEqual(OK)
  })

  test('EXEC of a queue that needs memory is refused as a whole', () => {
    const { run } = limited('noeviction')
    run('MULTI')
    run('SET k v')
    run('CONFIG SET maxmemory 0')
    run('EXEC')
    run('MULTI')
    run('SET k w')
    expect(configure(run, 1)).toEqual(OK)
    expect(run('EXEC')).toEqual(error(`EXECABORT Transaction discarded because of: ${OOM.text}`))
    expect(configure(run, 0)).toEqual(OK)
    expect(run('GET k')).toBe('v')
  })

  test.each(['allkeys-lru', 'allkeys-lfu', 'allkeys-random', 'volatile-ttl', 'volatile-lru', 'volatile-random'])(
    '%s keeps the memory within the limit',
    (policy) => {
      const { instance, run } = limited(policy)
      for (let i = 0; i < 300; i++) {
        expect(run(`SETEX k${i} ${1000 + i} ${'x'.repeat(200)}`)).toEqual(OK)
      }
      run('PING')
      expect(instance.memory.used()).toBeLessThanOrEqual(20000)
      expect(instance.statistics.evictedKeys).toBeGreaterThan(200)
    },
  )

  test('volatile policies leave keys without an expiry', () => {
    const { run } = limited('volatile-ttl')
    run(`SET lasting ${'x'.repeat(10000)}`)
    for (let i = 0; i < 100; i++) run(`SETEX k${i} 100 ${'x'.repeat(500)}`)
    expect(run('EXISTS lasting')).toBe(1)
  })

  test('a new limit is in force at once, not only with the next command', () => {
    const { instance, run } = limited('allkeys-lru')
    run('SET k v')
    run('CONFIG SET maxmemory 1')
    instance.afterInput(START_MS)
    expect(instance.keyspace.size).toBe(0)
  })

  test('who tracks an evicted key hears of it before the reply to the command that made room', () => {
    const { instance } = limited('volatile-random')
    for (const line of ['HELLO 3', 'CLIENT TRACKING on', 'SETEX k 1000 v', 'GET k', 'SETBIT big 1600000 0']) {
      instance.submit(1, line.split(' '), START_MS)
      instance.afterInput(START_MS)
    }
    instance.take()
    instance.submit(1, ['GETBIT', 'big', '0'], START_MS)
    expect(instance.take().replies).toMatchObject([{ push: true }, { reply: 0 }])
  })

  test('of few keys the one that was used last stays', () => {
    const { run } = limited('allkeys-lru')
    for (const [i, name] of ['a', 'b', 'c'].entries()) run(`SET ${name} ${'x'.repeat(6000)}`, i)
    run('GET a', 1000)
    run(`SET d ${'x'.repeat(6000)}`, 2000)
    run('PING', 3000)
    expect(run('EXISTS a', 3000)).toBe(1)
    expect(run('EXISTS b c', 3000)).toBeLessThan(2)
  })

  test('OBJECT IDLETIME and FREQ', () => {
    const { run } = limited('allkeys-lru')
    run('SET k v')
    expect(run('OBJECT IDLETIME k', 5000)).toBe(5)
    run('CONFIG SET maxmemory-policy allkeys-lfu')
    expect(run('OBJECT FREQ k', 5000)).toBe(5)
  })
})
