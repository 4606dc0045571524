/** Cases that broke other CRDTs for Redis. */
import { describe, expect, test } from 'vitest'
import { Random } from '../lib/index.ts'
import { World } from './testing/world.ts'

describe('cases that broke others', () => {
  test('two regions set, mset, hset, hdel and del three keys for 1,000 rounds with held links', async () => {
    const random = new Random(7)
    const world = await World.open(2)
    const key = () => random.pick(['a', 'b', 'c'])
    const hash = () => random.pick(['ha', 'hb', 'hc'])
    for (let round = 0; round < 1000; round++) {
      for (const region of [1, 2]) {
        const line = random.pick([
          `SET ${key()} ${round}`,
          `MSET ${key()} ${round} ${key()} x${round}`,
          `HSET ${hash()} f${random.below(3)} ${round}`,
          `HDEL ${hash()} f${random.below(3)}`,
          `DEL ${key()} ${hash()}`,
        ])
        await world.run(region, line)
      }
      if (random.chance(0.3)) await world.control(`deliver ${random.pick(['1>2', '2>1'])} ${1 + random.below(4)}`)
    }
    await world.settle()
    for (const line of ['MGET a b c', 'HGETALL ha', 'HGETALL hb', 'HGETALL hc']) await world.everywhere(line)
    expect(await world.everywhere('DBSIZE')).toBe(await world.everywhere('EXISTS a b c ha hb hc'))
  })

  test('20 s of short-lived writes of every type on both sides before the link comes up', async () => {
    const world = await World.open(2)
    await world.control('cut 1-2')
    for (let second = 0; second < 20; second++) {
      for (const region of [1, 2]) {
        const make = [`SET s ${second}`, `HSET h f${region} ${second}`, `SADD t m${second}`, `ZADD z ${second} m`]
        const more = [
          `RPUSH l v${second}`,
          `PFADD p e${second}`,
          `XADD x ${second + 1} f v`,
          `JSON.SET j $ {"a":${second}}`,
        ]
        for (const line of [...make, ...more]) await world.run(region, line)
        for (const key of ['s', 'h', 't', 'z', 'l', 'p', 'x', 'j'])
          await world.run(region, `PEXPIRE ${key} ${region === 1 ? 700 : 1300}`)
      }
      await world.control('wait 1s')
    }
    await world.settle()
    expect(await world.everywhere('KEYS *')).toBe('[]')
    expect(await world.everywhere('DBSIZE')).toBe('0')
  })

  test('a full sync brings tombstones to a third region that has both ancestors', async () => {
    const world = await World.open(3)
    await world.run(1, 'SADD t a b')
    await world.run(2, 'HSET h f 1 g 2')
    await world.control('sync', 'cut 1-3', 'cut 2-3', 'backlog 0b')
    await world.run(1, 'SREM t a')
    await world.run(2, 'HDEL h f')
    await world.run(1, 'DEL t')
    await world.control('sync 1 2', 'heal')
    await world.settle()
    expect(await world.info(3, 'crdt_sync_full')).not.toBe('0')
    expect(await world.everywhere('EXISTS t')).toBe('0')
    expect(await world.everywhere('HGETALL h')).toBe('{"g"="2"}')
  })

  test('removing what is absent changes nothing and leaves no tombstone', async () => {
    const world = await World.open(2)
    await world.run(1, 'SADD t a')
    await world.run(1, 'HSET h f 1')
    await world.settle()
    const state = await world.everywhere('DBSIZE')
    for (const line of [
      'SREM t nobody',
      'HDEL h nothing',
      'DEL none',
      'ZREM z m',
      'LREM l 0 x',
      'XDEL x 1-1',
      'GETDEL none',
    ])
      expect(await world.run(1, line), line).toMatch(/^(0|null)$/)
    expect(await world.info(1, 'crdt_gc_pending')).toBe('0')
    await world.settle()
    expect(await world.everywhere('DBSIZE')).toBe(state)
  })

  test("a winner's timestamp and id survive a full sync (S1, G5)", async () => {
    const world = await World.open(3)
    await world.control('cut 1-3', 'cut 2-3', 'backlog 0b', 'clock 1 +10s')
    await world.run(1, 'SET k late')
    await world.run(2, 'SET other x')
    await world.control('sync 1 2', 'heal 2-3', 'sync 2 3')
    expect(await world.info(3, 'crdt_sync_full')).toBe('1')
    expect(await world.run(3, 'GET k')).toBe('"late"')
    await world.control('cut 2-3')
    await world.run(2, 'HSET same f 2')
    await world.run(3, 'HSET same f 3')
    await world.settle()
    // Written at one instant: the smaller region wins, also where the other's came as a whole state.
    expect(await world.everywhere('HGET same f')).toBe('"2"')
    expect(await world.everywhere('GET k')).toBe('"late"')
  })

  test('a write that was concurrent with the winner loses, also when the winner came by full sync (S1)', async () => {
    const world = await World.open(3)
    await world.control('cut 1-3', 'cut 2-3', 'backlog 0b', 'clock 1 +10s')
    await world.run(1, 'SET k late')
    await world.run(3, 'SET k early')
    await world.run(2, 'SET other x')
    await world.control('sync 1 2', 'cut 1-2', 'heal 2-3', 'sync 2 3')
    expect(await world.run(3, 'GET k')).toBe('"late"')
    await world.settle()
    expect(await world.everywhere('GET k')).toBe('"late"')
  })

  test('a region that left does not block collection for ever (R4, R6)', async () => {
    const world = await World.open(3)
    await world.run(1, 'SADD t a b c')
    await world.control('sync', 'partition 3 | 1 2')
    await world.run(1, 'DEL t')
    await world.control('sync', 'wait 5s', 'gc', 'sync', 'gc')
    expect(await world.info(1, 'crdt_gc_pending')).not.toBe('0')
    await world.control('remove-region 3 force', 'wait 3s', 'sync', 'gc', 'sync', 'gc')
    expect(await world.info(1, 'crdt_gc_pending')).toBe('0')
    expect(await world.info(2, 'crdt_gc_pending')).toBe('0')
    expect(await world.run(1, 'DBSIZE')).toBe('0')
  })

  test('no id is used twice: who comes back is a new region (R6)', async () => {
    const world = await World.open(3, false)
    await world.run(3, 'SET k 3')
    await world.control('remove-region 3', 'add-region again', 'sync')
    const { regions } = await world.cluster.status()
    expect(regions.filter(({ phase }) => phase === 'running').map(({ id }) => id)).toEqual([1, 2, 4])
    expect(await world.everywhere('GET k')).toBe('"3"')
    await world.run(4, 'INCR k')
    await world.control('sync')
    expect(await world.everywhere('GET k')).toBe('"4"')
  })

  test('INCRBY to the maximum and DEL, sixteen times in both regions, then +15, DEL, −1', async () => {
    const world = await World.open(2)
    for (let round = 0; round < 16; round++) {
      for (const region of [1, 2]) {
        expect(await world.run(region, 'INCRBY c 288230376151711743')).toMatch(/^\d+$/)
        expect(await world.run(region, 'DEL c')).toBe('1')
      }
      await world.control('sync')
    }
    expect(await world.run(1, 'INCRBY c 15')).toBe('15')
    await world.control('sync')
    expect(await world.run(2, 'DEL c')).toBe('1')
    await world.control('sync')
    expect(await world.run(1, 'DECR c')).toBe('-1')
    await world.settle()
    expect(await world.everywhere('GET c')).toBe('"-1"')
  })

  test('a write right after an expiry is not lost (X2)', async () => {
    const world = await World.open(2)
    await world.run(1, 'SET k old PX 500')
    await world.run(1, 'SADD t old')
    await world.run(1, 'PEXPIRE t 500')
    await world.control('sync', 'wait 500ms')
    // The owner has not told yet that it expired.
    await world.run(2, 'SET k new')
    await world.run(2, 'SADD t new')
    await world.control('wait 5s')
    await world.settle()
    expect(await world.everywhere('GET k')).toBe('"new"')
    expect(await world.everywhere('SMEMBERS t')).toBe('{"new"}')
  })

  test('a rename against a concurrent write: both are kept (M1)', async () => {
    const world = await World.open(2)
    await world.run(1, 'SADD a one')
    await world.control('sync')
    await world.run(1, 'RENAME a b')
    await world.run(2, 'SADD a two')
    await world.settle()
    expect(await world.everywhere('SMEMBERS a')).toBe('{"two"}')
    expect(await world.everywhere('SMEMBERS b')).toBe('{"one"}')
  })

  test('a member removed by two regions and added again by a third stays (T1)', async () => {
    const world = await World.open(3)
    await world.run(1, 'SADD t m other')
    await world.control('sync')
    await world.run(1, 'SREM t m')
    await world.run(2, 'SREM t m')
    await world.run(3, 'SADD t m')
    await world.settle()
    expect(await world.everywhere('SMEMBERS t')).toBe('{"m" "other"}')
  })

  test('a tombstone that arrives before what it removes (T1, H1, L1)', async () => {
    const world = await World.open(3)
    await world.run(1, 'SADD t m other')
    await world.run(1, 'HSET h f 1 g 2')
    await world.run(1, 'RPUSH l a b')
    await world.control('sync 1 2')
    await world.run(2, 'SREM t m')
    await world.run(2, 'HDEL h f')
    await world.run(2, 'LPOP l')
    await world.control('deliver 2>3 all')
    expect(await world.run(3, 'SMEMBERS t')).toBe('{}')
    await world.control('deliver 1>3 all')
    await world.settle()
    expect(await world.everywhere('SMEMBERS t')).toBe('{"other"}')
    expect(await world.everywhere('HGETALL h')).toBe('{"g"="2"}')
    expect(await world.everywhere('LRANGE l 0 -1')).toBe('["b"]')
  })
})
