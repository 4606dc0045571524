import { expect, test } from 'vitest'
import { formatReply, tokenize } from '../../terminal/index.ts'
import { parseScenario, runScenario } from '../../scenarios/index.ts'
import type { ClusterApi, SessionLog } from '../../simulation/index.ts'
import { openHere, sessionLog } from '../testing/clusters.ts'
import { exportScenario } from './export-scenario.ts'

/** What every region answers to these reads. */
async function reads(api: ClusterApi, lines: readonly string[]): Promise<string[]> {
  const { regions } = await api.status()
  const answers: string[] = []
  for (const { id, name } of regions.filter(({ phase }) => phase !== 'gone')) {
    for (const line of lines) {
      const words = tokenize(line)
      if ('error' in words) throw new Error(line)
      answers.push(`${name}: ${line}: ${formatReply(await api.command(id, 77, words.argv))}`)
    }
  }
  return answers
}

/** The exported text, having looked that it plays to the end that the session has: not by the exporter's means. */
async function exported(log: SessionLog, lines: readonly string[]): Promise<string> {
  const outcome = await exportScenario(log, openHere)
  if ('reason' in outcome) throw new Error(outcome.reason)
  const parsed = parseScenario(outcome.text, 'session.md')
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const session = await openHere(log)
  let played: ClusterApi | undefined
  const { results } = await runScenario(parsed.scenario, async (settings) => (played = (await openHere(settings)).api))
  expect(results.filter(({ passed }) => !passed)).toEqual([])
  expect(await reads(played as ClusterApi, lines)).toEqual(await reads(session.api, lines))
  return outcome.text
}

test('a session with sync paused becomes a table that reads like a documented case', async () => {
  const log = await sessionLog(['hold all', '1: set k one', '2: SET k two', 'sync', '1: GET k', '2: GET k'])
  expect(await exported(log, ['GET k'])).toBe(`---
title: "Session of 2026-11-25 10:00"
regions: 2
seed: 3123456789
latency: 1000ms
---

| Time | Region 1 | Region 2 |
| --- | --- | --- |
| t1 | — hold all — | — hold all — |
| t2 | \`set k one\` → \`OK\` |  |
| t3 |  | \`SET k two\` → \`OK\` |
| t4 | — sync — | — sync — |
| t5 | \`GET k\` → \`"two"\` |  |
| t6 |  | \`GET k\` → \`"two"\` |
`)
})

test('where time matters the rows say when they begin: sync that flows while somebody types, and ends in the middle', async () => {
  const log = await sessionLog([
    '1: SET k one',
    '+300 2: SET k two',
    '+900 1: GET k',
    '+2000 2: INCR n',
    '+1999 1: INCR n',
    '+1 1: GET n',
  ])
  const cut = { ...log, until: (log.inputs.at(-1)?.at ?? 0) + 3 }
  const text = await exported(cut, ['GET k', 'GET n'])
  expect(text).toContain('start: 2026-11-25T10:00:00.321Z\ntimes: exact\n')
  expect(text).toContain('| 2s | `SET k one` → `OK` |  |\n| 2.3s |  | `SET k two` → `OK` |\n| 3.2s |')
})

test.each([
  [
    'streams with the IDs of the clock, and a group',
    [
      '1: XADD s * a 1',
      '+700 2: XADD s * b 2',
      '+1500 1: XGROUP CREATE s g 0',
      '1: XREADGROUP GROUP g c COUNT 9 STREAMS s >',
      '1: XACK s g 0-1',
    ],
    ['XRANGE s - +', 'XPENDING s g'],
  ],
  [
    'expiry',
    [
      '1: SET k v PX 3000',
      '+800 2: SET other v',
      '2: EXPIRE other 100',
      '+1700 1: GET k',
      '+900 2: GET k',
      '2: TTL other',
    ],
    ['GET k', 'GET other'],
  ],
  [
    'chance: random members, lossy links',
    ['loss 1-2 30%', '1: SADD s a b c d e f g', '1: SPOP s', '2: SPOP s 2', '1: SRANDMEMBER s', '+10 2: SADD s h'],
    ['SMEMBERS s'],
  ],
  [
    'transactions, and a command that waits for another region',
    ['1: MULTI', '1: SET a 1', '1: INCR a', '1: EXEC', '2: BLPOP q 0', '1: RPUSH q x y', '+1500 2: LRANGE q 0 -1'],
    ['GET a', 'LRANGE q 0 -1'],
  ],
  [
    'errors, refused lines, and checks',
    [
      '1: SET k v',
      '1: LPUSH k x',
      '2: FROB',
      'cut 1-9',
      'sync',
      'expect 2 GET k → v',
      'expect 2 GET k → w',
      '2: GET k',
    ],
    ['GET k'],
  ],
  [
    'JSON, hashes, sorted sets and a HyperLogLog',
    [
      'hold all',
      '1: JSON.SET d $ {"a":[1,2]}',
      '2: HSET h f v',
      '1: ZADD z 1.5 m',
      '2: PFADD p a b',
      'sync',
      '2: JSON.ARRAPPEND d $.a 3',
      '1: HINCRBY h n 2',
      'sync',
    ],
    ['JSON.GET d', 'HGETALL h', 'ZRANGE z 0 -1 WITHSCORES', 'PFCOUNT p'],
  ],
  [
    'a region that loses its power, its disk, and its number',
    [
      'persistence none',
      '1: SET k v',
      'sync',
      'stop 2',
      '1: SET k w',
      'start 2',
      'sync',
      '+3000 3: SET back yes',
      'sync',
    ],
    ['GET k', 'GET back'],
  ],
])('what is exported ends as the session did: %s', async (_, lines, looks) => {
  expect(await exported(await sessionLog(lines), looks)).toContain('| Time | Region 1 | Region 2 |')
})

test('three regions, partitions, clocks that are wrong', async () => {
  const log = await sessionLog(
    [
      'partition 1 | 2 3',
      'clock 3 +90s',
      '3: SET k late',
      '1: SET k early',
      '2: SADD s a',
      'heal',
      'sync',
      '1: SREM s a',
      '+1 3: SADD s a',
      '+1500 2: GET k',
    ],
    3,
  )
  expect(await exported(log, ['GET k', 'SMEMBERS s'])).toContain('— `partition 1 \\| 2 3` —')
})

test('values of any bytes, and those that look like markup', async () => {
  const values = [
    'a|b',
    '`tick`',
    '``two``',
    '<b>bold</b>',
    '**x**',
    '[a](http://b)',
    'x → y',
    '=>',
    '-->',
    'a\\|b',
    "it's",
    '"q"',
    'é – “x”',
    '\0\n\r\xff',
    '',
    ' ',
    '&amp;',
    '1) "a"',
    'OK',
    '_u_',
  ]
  const log = await sessionLog(['hold all'])
  const inputs = values.flatMap((value, i) => {
    const bytes = Buffer.from(value, i === 13 ? 'latin1' : 'utf8').toString('latin1')
    const base = { kind: 'command', region: 1 + (i % 2), session: 1000 } as const
    return [
      { ...base, at: 3000 + i * 2000, argv: ['SET', `k${i}`, bytes] },
      { ...base, at: 3000 + i * 2000, argv: ['GET', `k${i}`] },
      { ...base, at: 3500 + i * 2000, argv: ['RPUSH', 'all', bytes, 'more'] },
      { ...base, at: 3500 + i * 2000, argv: ['LRANGE', 'all', '0', '-1'] },
    ]
  })
  const text = await exported({ ...log, inputs: [...log.inputs, ...inputs], until: 60_000 }, [
    'LRANGE all 0 -1',
    ...values.map((_, i) => `GET k${i}`),
  ])
  expect(text).toContain('SET k5 ')
})

test('what a scenario cannot tell is refused with the reason', async () => {
  const reason = async (log: SessionLog) => {
    const outcome = await exportScenario(log, openHere)
    return 'reason' in outcome ? outcome.reason : outcome.text
  }
  const empty = await sessionLog([])
  expect(await reason(empty)).toMatch(/Nothing has been done/)
  expect(await reason(await sessionLog(['add-region Oslo', 'sync', '3: SET k v']))).toMatch(/region was added/)
  const command = (session: number, at: number, line: string) =>
    ({ at, kind: 'command', region: 1, session, argv: line.split(' ') }) as const
  const twoClients = [
    command(1000, 1, 'MULTI'),
    command(1001, 2, 'SET k v'),
    command(1000, 3, 'INCR n'),
    command(1000, 4, 'DISCARD'),
  ]
  expect(await reason({ ...empty, inputs: twoClients })).toMatch(/cannot tell everything/)
  const many = Array.from({ length: 501 }, (_, i) => command(1000, i, 'PING'))
  expect(await reason({ ...empty, inputs: many })).toMatch(/more than 500/)
})
