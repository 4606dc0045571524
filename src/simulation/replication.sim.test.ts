/** Replication as documented (R1 … R10), between regions that run, stop, join and leave. */
import { describe, expect, test } from 'vitest'
import { EVICTION_POLICIES } from '../replication/index.ts'
import { formatReply } from '../terminal/index.ts'
import { openLocalCluster } from './local-cluster.ts'
import type { Cluster } from './cluster.ts'

const open = (regions = 3, held = false): Promise<Cluster> =>
  openLocalCluster({
    seed: 7,
    regions: ['us', 'eu', 'asia', 'africa', 'oceania'].slice(0, regions),
    epochMs: 1_735_689_600_000,
    latencyMs: 20,
    held,
  })

/** Lines `2: GET k` are commands; the others control lines, which must be accepted. Gives the last answer. */
async function expectAccepted(cluster: Cluster, ...lines: string[]): Promise<string> {
  let answer = ''
  for (const line of lines) {
    const [, region, command] = /^(\d+): (.*)$/.exec(line) ?? []
    if (region !== undefined && command !== undefined) {
      answer = formatReply(await cluster.command(Number(region), 1, command.split(' ')))
      continue
    }
    const { ok, text } = await cluster.control(line)
    expect(ok, `${line}: ${text}`).toBe(true)
    answer = text
  }
  return answer
}

async function info(cluster: Cluster, region: number, field: string): Promise<string> {
  const text = await cluster.command(region, 1, ['INFO', 'crdt'])
  const value = typeof text === 'object' && text !== null && 'text' in text ? String(text.text) : formatReply(text)
  return new RegExp(`^${field}:(.*?)\r?$`, 'm').exec(value)?.[1] ?? `no ${field} in ${value}`
}

const health = async (cluster: Cluster, id: number) =>
  (await cluster.status()).regions.find((region) => region.id === id)?.health

describe('backlog and syncs', () => {
  test.each([
    ['reaches back: a partial sync', '1mb', { full: '0', partial: '1', error: '0' }],
    ['does not: a full sync', '40b', { full: '1', partial: '0', error: '1' }],
  ])('R2: the backlog %s', async (_, size, counts) => {
    const cluster = await open(2)
    await expectAccepted(cluster, `backlog ${size}`, 'partition 1 | 2')
    for (let i = 0; i < 20; i++) await expectAccepted(cluster, `1: SET key:${i} some-value-${i}`)
    await expectAccepted(cluster, 'heal', 'sync', 'expect converged', 'expect 2 GET key:19 → "some-value-19"')
    expect({
      full: await info(cluster, 2, 'crdt_sync_full'),
      partial: await info(cluster, 2, 'crdt_sync_partial_ok'),
      error: await info(cluster, 2, 'crdt_sync_partial-err'),
    }).toEqual(counts)
  })

  test('R2: one percent of the memory limit is the default, within 1 and 250 MB', async () => {
    const cluster = await open(2)
    const sizes: number[] = []
    for (const limit of ['unlimited', '10mb', '1gb', '100gb']) {
      await expectAccepted(cluster, `memory ${limit}`)
      sizes.push((await health(cluster, 1))?.backlogLimit ?? 0)
    }
    const MB = 1024 * 1024
    expect(sizes).toEqual([250 * MB, MB, Math.floor((1024 * MB) / 100), 250 * MB])
  })

  test('R9: compression changes how many bytes travel, and nothing else', async () => {
    const bytes: number[] = []
    for (const level of [0, 1, 6]) {
      const cluster = await open(2)
      await expectAccepted(cluster, `compression ${level}`, 'partition 1 | 2')
      for (let i = 0; i < 300; i++) await expectAccepted(cluster, `1: SET customer:${i} the-very-same-value`)
      await expectAccepted(
        cluster,
        'heal',
        'sync',
        'expect converged',
        'expect 2 GET customer:299 → "the-very-same-value"',
      )
      bytes.push(Number(await info(cluster, 2, 'crdt_received_bytes')))
    }
    const [none = 0, some = 0, most = 0] = bytes
    expect(some).toBeLessThan(none / 2)
    expect(most).toBeLessThanOrEqual(some)
  })
})

describe('causal consistency', () => {
  /** Region 2 answers what region 1 asked; the way from 1 to 3 is slow. */
  const question = ['latency 1-3 5s', '1: SET question asked', 'wait 100ms', '2: SET answer given', 'wait 100ms']

  test('R3: off, region 3 may see an answer before the question', async () => {
    const cluster = await open()
    await expectAccepted(cluster, ...question, 'expect 3 GET answer → "given"', 'expect 3 GET question → (nil)')
  })

  test('R3: on, region 2 passes the question on before its answer', async () => {
    const cluster = await open()
    await expectAccepted(
      cluster,
      'causal on',
      ...question,
      'expect 3 GET question → "asked"',
      'expect 3 GET answer → "given"',
    )
    expect(await info(cluster, 2, 'crdt_effects_relayed')).toBe('1')
  })

  test('R3: on, an answer that comes first waits for the question', async () => {
    const cluster = await open()
    await expectAccepted(cluster, 'causal on', '1: SET question asked', 'deliver 1>2', 'hold 1>3', 'hold 2>3')
    await expectAccepted(
      cluster,
      '2: SET answer given',
      'resend 1>2',
      'deliver 2>3 all',
      'expect 3 GET answer → "given"',
    )
  })

  test('R3: traffic grows by the factor N−2: each instance passes on what it received from the author', async () => {
    const cluster = await open(5)
    await expectAccepted(cluster, 'causal on', '1: SET k v', 'sync')
    const relayed = await Promise.all([2, 3, 4, 5].map((id) => info(cluster, id, 'crdt_effects_relayed')))
    expect(relayed).toEqual(['3', '3', '3', '3'])
    await expectAccepted(cluster, 'causal off', '1: SET k w', 'sync', 'expect converged')
    expect(await info(cluster, 2, 'crdt_effects_relayed')).toBe('3')
  })

  test('R3: a partition between two regions is bridged by a third, and by a chain', async () => {
    const cluster = await open(4)
    await expectAccepted(cluster, 'causal on', 'cut 1-3', 'cut 1-4', 'cut 2-4', '1: SADD s a', 'sync')
    await expectAccepted(cluster, 'expect 3 SMEMBERS s → [a]', 'expect 4 SMEMBERS s → [a]')
    const off = await open(3)
    await expectAccepted(off, 'cut 1-3', '1: SADD s a', 'sync', 'expect 3 SMEMBERS s → []')
  })

  test('R3: a full sync is passed on along a chain, and what follows it', async () => {
    const cluster = await open(4)
    await expectAccepted(cluster, 'causal on', 'backlog 40b', 'cut 1-3', 'cut 1-4', 'cut 2-4', 'cut 2-3')
    for (let i = 0; i < 10; i++) await expectAccepted(cluster, `1: SET key:${i} value-${i}`)
    await expectAccepted(
      cluster,
      'sync',
      'heal 2-3',
      'sync',
      'expect 4 GET key:9 → "value-9"',
      '1: SET key:9 later',
      'sync',
    )
    await expectAccepted(cluster, 'expect 4 GET key:9 → "later"', 'expect converged')
  })
})

describe('tombstones', () => {
  test('R4: one region that cannot be reached stops collection everywhere', async () => {
    const cluster = await open()
    await expectAccepted(
      cluster,
      '1: SADD s a b c',
      'sync',
      'wait 3s',
      'cut 1-3',
      'cut 2-3',
      '1: SREM s a b',
      'wait 10s',
    )
    expect(await info(cluster, 1, 'crdt_gc_pending')).not.toBe('0')
    expect(await info(cluster, 2, 'crdt_gc_pending')).not.toBe('0')
    await expectAccepted(cluster, 'heal', 'wait 5s')
    for (const id of [1, 2, 3]) expect(await info(cluster, id, 'crdt_gc_pending')).toBe('0')
  })

  test('R4: gc collects now', async () => {
    const cluster = await open(2)
    await expectAccepted(cluster, '1: SADD s a b', 'sync', '2: SREM s a', 'sync', 'gc', 'sync', 'gc', 'sync')
    expect(await info(cluster, 1, 'crdt_gc_pending')).toBe('0')
    expect(Number(await info(cluster, 1, 'crdt_gc_collected'))).toBeGreaterThan(0)
  })

  test('R4, R6: a region that left does not block collection for ever', async () => {
    const cluster = await open()
    await expectAccepted(cluster, '1: SADD s a b', 'sync', 'partition 1 2 | 3', '1: SREM s a', 'wait 5s')
    expect(await info(cluster, 1, 'crdt_gc_pending')).not.toBe('0')
    await expectAccepted(cluster, 'remove-region 3 force', 'wait 5s')
    expect(await info(cluster, 1, 'crdt_gc_pending')).toBe('0')
    expect(await info(cluster, 2, 'crdt_gc_pending')).toBe('0')
  })
})

describe('membership', () => {
  test('R6: a new region reads at once and writes after its first sync', async () => {
    const cluster = await open(2)
    await expectAccepted(cluster, '1: SET k v', 'sync', 'add-region asia')
    expect(await expectAccepted(cluster, '3: GET k')).toBe('(nil)')
    expect(await expectAccepted(cluster, '3: SET k w')).toMatch(/READONLY/)
    await expectAccepted(cluster, 'sync', 'expect 3 GET k → "v"', 'expect 3 SET k w → OK', 'sync', 'expect converged')
  })

  test('R6: it is added only while all are in sync', async () => {
    const cluster = await open(3)
    await expectAccepted(cluster, 'cut 1-2')
    expect(await cluster.control('add-region')).toMatchObject({
      ok: false,
      text: expect.stringContaining('1-2') as string,
    })
    await expectAccepted(cluster, 'heal', 'stop 3')
    expect(await cluster.control('add-region')).toMatchObject({
      ok: false,
      text: expect.stringContaining('stopped') as string,
    })
  })

  test('R6: a region is removed with all that it wrote', async () => {
    const cluster = await open()
    await expectAccepted(
      cluster,
      'hold all',
      '3: SET k v',
      'remove-region 3',
      'expect 1 GET k → "v"',
      'expect 2 GET k → "v"',
    )
    expect((await cluster.status()).regions[2]).toMatchObject({ name: 'asia', phase: 'gone' })
    expect(await expectAccepted(cluster, '3: GET k')).toMatch(/no region 3/)
  })

  test('R6: what any region has of one that was removed by force, all get; nothing else of it', async () => {
    const cluster = await open()
    await expectAccepted(cluster, 'cut 2-3', '3: SET seen by-1', 'sync', 'cut 1-3', '3: SET unseen by-nobody')
    await expectAccepted(
      cluster,
      'expect 2 GET seen → (nil)',
      'remove-region asia force',
      'wait 5s',
      'sync',
      'expect converged',
    )
    await expectAccepted(cluster, 'expect 2 GET seen → "by-1"', 'expect 2 GET unseen → (nil)')
  })

  test('R6: when it comes back its updates are rejected, and it learns of it', async () => {
    const cluster = await open()
    await expectAccepted(
      cluster,
      'partition 1 2 | 3',
      'remove-region 3 force',
      'expect 3 SET k zombie → OK',
      'heal',
      'sync',
    )
    expect(await expectAccepted(cluster, '3: SET k again')).toMatch(/READONLY This region was removed/)
    await expectAccepted(cluster, 'expect 1 GET k → (nil)', 'expect 3 GET k → "zombie"', 'expect converged')
    expect(Number(await info(cluster, 1, 'crdt_rejected_reqs'))).toBeGreaterThan(0)
    await expectAccepted(cluster, 'purge 3')
    expect(await cluster.control('add-region asia')).toMatchObject({ ok: true, text: 'region 4 (asia) added' })
    await expectAccepted(cluster, 'sync', 'expect 4 SET k v → OK', 'sync', 'expect converged')
  })

  test('E3: ids skip those whose generated entry IDs could collide with those of a member', async () => {
    const cluster = await open(2)
    for (let i = 0; i < 13; i++) await expectAccepted(cluster, 'add-region x', 'sync', 'remove-region x')
    expect(await expectAccepted(cluster, 'add-region')).toMatch(/^region 19 /)
  })
})

describe('restart', () => {
  test('R7: a region comes back with all that its log holds, is stale until it has re-synced, and says so', async () => {
    const cluster = await open()
    await expectAccepted(
      cluster,
      'hold all',
      '2: SET only here',
      '2: XADD s 5 f v',
      '1: SET other there',
      'stop 2',
      'start 2',
    )
    expect(await expectAccepted(cluster, '2: GET only')).toBe('"here"')
    expect(await health(cluster, 2)).toMatchObject({ stale: true })
    expect(await info(cluster, 2, 'crdt_stale')).toBe('1')
    await expectAccepted(
      cluster,
      'sync',
      'expect converged',
      'expect 2 GET other → "there"',
      'expect 1 GET only → "here"',
    )
    expect(await info(cluster, 2, 'crdt_stale')).toBe('0')
    await expectAccepted(cluster, '2: INCR n', 'sync', '2: INCR n', 'sync', 'expect converged', 'expect 1 GET n → "2"')
  })

  test('R7: a stopped region refuses connections, and the others go on', async () => {
    const cluster = await open(2)
    await expectAccepted(cluster, 'stop 2')
    expect(await expectAccepted(cluster, '2: GET k')).toMatch(/Connection refused/)
    await expectAccepted(
      cluster,
      '1: SET k v',
      'wait 10s',
      'start 2',
      'sync',
      'expect converged',
      'expect 2 GET k → "v"',
    )
  })

  test.each([
    ['always', 'start 2', '"late"'],
    ['everysec', 'start 2', '(nil)'],
    ['none', 'start 2', '(nil)'],
  ])('R7: persistence %s: what only the region had in its last moment', async (mode, start, found) => {
    const cluster = await open()
    await expectAccepted(
      cluster,
      `persistence ${mode}`,
      '2: SET early v',
      'sync',
      'wait 3s',
      'hold all',
      '2: SET late late',
      'stop 2',
    )
    await expectAccepted(
      cluster,
      start,
      'sync',
      'wait 3s',
      'sync',
      'expect converged',
      `expect 1 GET late → ${found}`,
      'expect 1 GET early → "v"',
    )
  })

  test('R7: a region that lost its disk comes back as a new one and gets back what others have', async () => {
    const cluster = await open()
    await expectAccepted(cluster, '2: SET shared v', 'sync', 'hold all', '2: SET unsent v')
    expect(await expectAccepted(cluster, 'stop 2 lose')).toMatch(/lost/)
    expect(await expectAccepted(cluster, 'start 2')).toMatch(/comes back as a new region, region 4 \(eu\)/)
    await expectAccepted(
      cluster,
      'sync',
      'expect eu GET shared → "v"',
      'expect eu GET unsent → (nil)',
      'expect eu SET k v → OK',
    )
    await expectAccepted(cluster, 'sync', 'expect converged')
  })

  test('R7: a message that was in flight when the power went is sent again', async () => {
    const cluster = await open(2)
    await expectAccepted(
      cluster,
      '1: SET k v',
      'stop 1',
      'wait 1s',
      'expect 2 GET k → (nil)',
      'start 1',
      'sync',
      'expect 2 GET k → "v"',
    )
  })
})

test('the database’s own flush empties every region', async () => {
  const cluster = await open()
  await expectAccepted(cluster, '1: SET a 1', '2: SADD b x', 'flush', 'expect 3 EXISTS a b → 0', 'expect converged')
  await expectAccepted(cluster, 'cut 1-2')
  expect(await cluster.control('flush')).toMatchObject({ ok: false })
})

test('resend: what arrives twice changes nothing, and is counted', async () => {
  const cluster = await open(2)
  await expectAccepted(
    cluster,
    '1: INCR n',
    '1: RPUSH l a',
    'sync',
    'resend 1>2',
    'expect 2 GET n → "1"',
    'expect 2 LRANGE l 0 -1 → [a]',
  )
  expect(await info(cluster, 2, 'crdt_ovc_filtered_effect_reqs')).toBe('2')
})

test('M5: with sharding on, commands over keys of different hash slots are refused', async () => {
  const cluster = await open(2)
  await expectAccepted(cluster, '1: MSET a 1 b 2', 'sharding on')
  expect(await expectAccepted(cluster, '1: MSET a 1 b 2')).toMatch(/CROSSSLOT/)
  expect(await expectAccepted(cluster, '2: RENAME a b')).toMatch(/CROSSSLOT/)
  await expectAccepted(cluster, 'expect 1 MSET {u}a 1 {u}b 2 → OK', 'expect 1 GET a → "1"')
  await expectAccepted(cluster, 'sharding off', 'expect 1 MSET a 3 b 4 → OK')
})

describe('memory', () => {
  /** A value of 1 KB. */
  const big = 'x'.repeat(1000)
  const fill = async (cluster: Cluster, region: number, from: number, count: number) => {
    let last = ''
    for (let i = from; i < from + count; i++) last = await expectAccepted(cluster, `${region}: SET key:${i} ${big}`)
    return last
  }

  test('R8: past the threshold writes of clients are refused, replication goes on', async () => {
    const cluster = await open(2)
    await expectAccepted(cluster, 'memory 1 20kb', 'hold all')
    expect(await fill(cluster, 1, 0, 18)).toMatch(/^\(error\) OOM/)
    await expectAccepted(cluster, 'expect 1 DEL key:0 → 1', '2: SET other v', 'sync', 'expect 1 GET other → "v"')
    expect(await health(cluster, 1)).toMatchObject({ standing: 'member' })
  })

  test('R8: at the limit the region is inconsistent, and reconciles in full once there is room', async () => {
    const cluster = await open(2)
    await expectAccepted(cluster, 'memory 1 20kb')
    await fill(cluster, 2, 0, 40)
    await expectAccepted(cluster, 'sync')
    expect(await health(cluster, 1)).toMatchObject({ standing: 'inconsistent' })
    expect(await expectAccepted(cluster, '1: GET key:0')).toMatch(/OOM This region is inconsistent/)
    await expectAccepted(
      cluster,
      '2: DEL key:39',
      'sync',
      'memory 1 1mb',
      'sync',
      'expect converged',
      'expect 1 EXISTS key:38 key:39 → 1',
    )
    expect(await health(cluster, 1)).toMatchObject({ standing: 'member' })
    expect(Number(await info(cluster, 1, 'crdt_sync_full'))).toBeGreaterThan(0)
  })

  test.each(EVICTION_POLICIES.filter((policy) => policy !== 'noeviction'))(
    'R8: %s evicts from 80 percent of the limit on, and the removals replicate',
    async (policy) => {
      const cluster = await open(2)
      await expectAccepted(cluster, 'memory 1 20kb', `eviction ${policy}`)
      for (let i = 0; i < 40; i++) {
        const [ttl, value] = policy.startsWith('volatile') ? [` EX ${1000 + i}`, big] : ['', big]
        expect(await expectAccepted(cluster, `1: SET key:${i} ${value}${ttl}`), `write ${i}`).toBe('OK')
        await expectAccepted(cluster, 'sync')
      }
      await expectAccepted(cluster, 'sync', 'expect converged')
      const kept = Number(
        (
          await expectAccepted(cluster, `2: EXISTS ${Array.from({ length: 40 }, (_, i) => `key:${i}`).join(' ')}`)
        ).replace(/\D/g, ''),
      )
      expect(kept).toBeGreaterThan(8)
      expect(kept).toBeLessThan(17)
      if (policy === 'volatile-ttl') await expectAccepted(cluster, 'expect 2 EXISTS key:0 → 0')
      if (policy === 'allkeys-lru') await expectAccepted(cluster, 'expect 2 EXISTS key:39 → 1')
    },
  )

  test('R8: noeviction is the default: nothing goes', async () => {
    const cluster = await open(2)
    await expectAccepted(cluster, 'memory 20kb')
    await fill(cluster, 1, 0, 40)
    await expectAccepted(cluster, 'sync', 'expect converged', 'expect 2 EXISTS key:0 → 1')
  })
})
