import { describe, expect, test } from 'vitest'
import { openLocalCluster } from '../local-cluster.ts'
import { shellWords } from './words.ts'

const open = (regions = ['Region 1', 'Frankfurt']) =>
  openLocalCluster({ seed: 7, regions, epochMs: 1e12, latencyMs: 20, held: false })
type Opened = Awaited<ReturnType<typeof open>>

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/
const FINISHED = [
  expect.stringMatching(/^Task [0-9a-f-]{36} created$/),
  '  ---> Status changed: queued -> started',
  '  ---> Status changed: started -> finished',
]

async function guidOf(cluster: Opened): Promise<string> {
  const { text } = await cluster.control('crdb-cli crdb list')
  return text.split('\n')[1]?.split(' ')[0] ?? ''
}

/** Runs a line in which GUID stands for the database's; it must be accepted. */
async function run(cluster: Opened, line: string): Promise<string[]> {
  const { ok, text } = await cluster.control(line.replace('GUID', await guidOf(cluster)))
  expect(ok, text).toBe(true)
  return text.split('\n')
}

async function refusal(cluster: Opened, line: string): Promise<string> {
  const before = await cluster.status()
  const { ok, text } = await cluster.control(line.replace('GUID', await guidOf(cluster)))
  expect(ok, text).toBe(false)
  expect((await cluster.status()).database).toEqual(before.database)
  return text
}

const databaseOf = async (cluster: Opened) => (await cluster.status()).database

describe('crdb-cli crdb', () => {
  test('R10: list shows a table of the instances', async () => {
    const lines = await run(await open(), 'crdb-cli crdb list')
    expect(lines[0]).toBe(`${'CRDB-GUID'.padEnd(36)}  NAME       REPL-ID  CLUSTER-FQDN`)
    expect(lines[1]).toMatch(/^\S{36} {2}database1 {2}1 {8}region-1\.redis\.local$/)
    expect(lines[2]).toMatch(/^\S{36} {2}database1 {2}2 {8}frankfurt\.redis\.local$/)
    expect(lines[1]?.split(' ')[0]).toMatch(UUID)
  })

  test('R10: get tells the configuration, and of an instance what it has of its own', async () => {
    const cluster = await open()
    await cluster.control('causal on')
    await cluster.control('memory 2 10mb')
    const lines = await run(cluster, 'crdb-cli crdb get --crdb-guid GUID')
    expect(lines).toContain('Causal consistency: True')
    expect(lines).toContain('  memory_size: 0')
    expect(lines.filter((line) => line.startsWith('    memory_size'))).toEqual([
      '    memory_size: None',
      '    memory_size: 10485760',
    ])
    expect(lines).toContain('    FQDN: frankfurt.redis.local')
  })

  test('R10: update changes settings, and answers as a task', async () => {
    const cluster = await open()
    const options = '--causal-consistency true --compression 6 --memory-size 2GB --eviction-policy allkeys-lru'
    expect(await run(cluster, `crdb-cli crdb update --crdb-guid GUID ${options}`)).toEqual(FINISHED)
    expect(await databaseOf(cluster)).toMatchObject({
      causal: true,
      compression: 6,
      memoryBytes: 2 * 1024 ** 3,
      eviction: 'allkeys-lru',
    })
  })

  test('R2, R7: update takes a configuration: backlog in MB and persistence', async () => {
    const cluster = await open()
    const config = `'{"crdt_repl_backlog_size": 5, "data_persistence": "aof", "aof_policy": "appendfsync-every-sec"}'`
    await run(cluster, `crdb-cli crdb update --crdb-guid GUID --default-db-config ${config}`)
    expect(await databaseOf(cluster)).toMatchObject({ backlogBytes: 5 * 1024 ** 2, persistence: 'everysec' })
    // As it comes when a shell has taken the outer quotes, and with the inner ones escaped.
    await run(cluster, 'crdb-cli crdb update --crdb-guid GUID --default-db-config {"crdt_repl_backlog_size": "auto"}')
    expect(await databaseOf(cluster)).toMatchObject({ backlogBytes: null })
    await run(
      cluster,
      String.raw`crdb-cli crdb update --crdb-guid GUID --default-db-config "{\"memory_size\": 1048576}"`,
    )
    expect(await databaseOf(cluster)).toMatchObject({ memoryBytes: 1024 ** 2 })
  })

  test('an option of the tool that means nothing here is taken, and said to be without effect', async () => {
    const lines = await run(await open(), 'crdb-cli crdb update --crdb-guid GUID --encryption true --compression=0')
    expect(lines.at(-1)).toBe('(without effect in the playground: --encryption)')
  })

  test('--no-wait tells the task only; task status tells that it has finished', async () => {
    const cluster = await open()
    const [created = '', ...rest] = await run(cluster, 'crdb-cli crdb flush --crdb-guid GUID --no-wait')
    expect(rest).toEqual([])
    const id = created.split(' ')[1] ?? ''
    expect(await run(cluster, `crdb-cli task status --task-id ${id}`)).toEqual([
      `Task-ID: ${id}`,
      `CRDB-GUID: ${await guidOf(cluster)}`,
      'Status: finished',
    ])
  })

  test('create gives the database its name and settings, and tells its GUID', async () => {
    const cluster = await open()
    const instances =
      '--instance fqdn=cluster1.redis.local,username=a,password=b --instance fqdn=cluster2.redis.local,username=a,password=b'
    const lines = await run(cluster, `crdb-cli crdb create --name shop --memory-size 100mb --port 12000 ${instances}`)
    expect(lines[2]).toBe(`  ---> CRDB GUID Assigned: crdb:${await guidOf(cluster)}`)
    expect((await run(cluster, 'crdb-cli crdb list'))[1]).toContain('  shop  ')
    expect(await databaseOf(cluster)).toMatchObject({ memoryBytes: 100 * 1024 ** 2 })
    const one = 'crdb-cli crdb create --name x --memory-size 1gb --instance fqdn=a.b,username=u,password=p'
    expect(await refusal(cluster, one)).toContain('1 instances, but there are 2 regions')
  })

  test('flush empties every region; delete does, and takes the settings back', async () => {
    const cluster = await open()
    await cluster.command(1, 1, ['SET', 'k', 'v'])
    expect(await run(cluster, 'crdb-cli crdb flush --crdb-guid GUID')).toEqual(FINISHED)
    expect(await cluster.command(2, 1, ['EXISTS', 'k'])).toBe(0)
    await cluster.control('causal on')
    await run(cluster, 'crdb-cli crdb delete --crdb-guid GUID')
    expect(await databaseOf(cluster)).toMatchObject({ causal: false })
  })

  test('R6: add-instance, remove-instance (by force), purge-instance', async () => {
    const cluster = await open()
    const instance = '--instance fqdn=tokyo.redis.local,username=a,password=b'
    expect(await run(cluster, `crdb-cli crdb add-instance --crdb-guid GUID ${instance}`)).toEqual(FINISHED)
    await cluster.control('sync')
    expect((await run(cluster, 'crdb-cli crdb list')).at(-1)).toContain('tokyo.redis.local')
    expect(await run(cluster, 'crdb-cli crdb remove-instance --crdb-guid GUID --instance-id 3 --force')).toEqual(
      FINISHED,
    )
    expect((await cluster.status()).regions.at(-1)).toMatchObject({ phase: 'expelled' })
    expect(await run(cluster, 'crdb-cli crdb purge-instance --crdb-guid GUID --instance-id 3')).toEqual(FINISHED)
    expect((await cluster.status()).regions.at(-1)).toMatchObject({ phase: 'gone' })
    await cluster.control('cut 1-2')
    const failed = await refusal(cluster, 'crdb-cli crdb remove-instance --crdb-guid GUID --instance-id 2')
    expect(failed).toMatch(/started -> failed\nError: the link 1-2 is down/)
  })

  test('health-report tells who is connected with whom, and who cannot be reached', async () => {
    const cluster = await open(['Region 1', 'Frankfurt', 'Tokyo'])
    await cluster.control('cut 2-3')
    await cluster.control('stop 3')
    const report = JSON.parse((await run(cluster, 'crdb-cli crdb health-report --crdb-guid GUID')).join('\n'))
    expect(report.map((of: { connection_error: unknown }) => of.connection_error)).toEqual([
      null,
      null,
      'tokyo.redis.local does not answer: it is stopped',
    ])
    expect(report[0].connections.map((each: { status: string }) => each.status)).toEqual(['ok', 'ok', 'disconnected'])
    expect(report[0].configurations[0]).toMatchObject({ status: 'commit-completed', causal_consistency: false })
  })

  test.each([
    ['crdb-cli', '"": expected crdb-cli crdb list|'],
    ['crdb-cli crdb frob', '"frob": expected crdb-cli crdb list|'],
    ['crdb-cli crdb toString', '"toString": expected'],
    ['crdb-cli crdb get', '--crdb-guid is required'],
    ['crdb-cli crdb get --crdb-guid', '--crdb-guid needs a value'],
    ['crdb-cli crdb get --crdb-guid 123', 'there is no database 123'],
    ['crdb-cli crdb get --crdb-guid GUID --frob 1', '--frob is no option of it; it has --crdb-guid'],
    ['crdb-cli crdb update --crdb-guid GUID', 'nothing to change'],
    ['crdb-cli crdb update --crdb-guid GUID --compression 7', '--compression: "7" is no whole number from 0 to 6'],
    ['crdb-cli crdb update --crdb-guid GUID --causal-consistency on', '"on" is neither true nor false'],
    ['crdb-cli crdb update --crdb-guid GUID --memory-size lots', '"lots" is no size'],
    ['crdb-cli crdb update --crdb-guid GUID --eviction-policy lru', '"lru" is none of noeviction'],
    ['crdb-cli crdb update --crdb-guid GUID --default-db-config {', 'is no JSON object'],
    [`crdb-cli crdb update --crdb-guid GUID --default-db-config '{"data_persistence":"snapshot"}'`, 'by AOF only'],
    ['crdb-cli crdb remove-instance --crdb-guid GUID --instance-id 9', '"9" is none of 1 (region-1.redis.local)'],
    ['crdb-cli crdb add-instance --crdb-guid GUID --instance username=a', 'names no cluster'],
    ['crdb-cli task status --task-id 1', 'there is no task "1"'],
  ])('a clear error for %s', async (line, text) => {
    expect(await refusal(await open(), line)).toContain(text)
  })
})

describe('rladmin tune db', () => {
  test('E2: sets how XADD takes IDs, by name or number', async () => {
    const cluster = await open()
    const answer = ['Tuning database: o', 'Finished successfully']
    expect(await run(cluster, 'rladmin tune db database1 crdt_xadd_id_uniqueness_mode liberal')).toEqual(answer)
    expect(await databaseOf(cluster)).toMatchObject({ xaddId: 'liberal' })
    await run(cluster, 'rladmin tune db db:1 crdt_xadd_id_uniqueness_mode semi-strict crdt_repl_backlog 2')
    expect(await databaseOf(cluster)).toMatchObject({ xaddId: 'semi-strict', backlogBytes: 2 * 1024 ** 2 })
  })

  test.each([
    ['rladmin status', '"status": expected rladmin tune db'],
    ['rladmin tune db shop crdt_repl_backlog 1', 'there is database1, or db:1'],
    ['rladmin tune db database1', 'Error: No changes specified'],
    ['rladmin tune db database1 slave_buffer 1', '"slave_buffer": expected crdt_xadd_id_uniqueness_mode'],
    ['rladmin tune db database1 crdt_xadd_id_uniqueness_mode loose', '"loose" is none of strict'],
    ['rladmin tune db database1 crdt_xadd_id_uniqueness_mode', 'needs a value'],
  ])('a clear error for %s', async (line, text) => {
    expect(await refusal(await open(), line)).toContain(text)
  })
})

test('a replay gives the same tasks', async () => {
  const texts = await Promise.all(
    [open(), open()].map(async (opening) => run(await opening, 'crdb-cli crdb flush --crdb-guid GUID')),
  )
  expect(texts[0]).toEqual(texts[1])
})

test.each([
  ['a "b c" \'d e\'', ['a', 'b c', 'd e']],
  ['{"a": {"b": "}"}} y', ['{"a": {"b": "}"}}', 'y']],
  ['a \\\n  b \\', ['a', 'b']],
  ['"open', ['"open']],
])('words: %s', (line, words) => {
  expect(shellWords(line)).toEqual(words)
})
