import { expect, test, vi } from 'vitest'
import { type Cluster, openLocalCluster, type SessionSettings } from '../../simulation/index.ts'
import { createPlayground } from '../playground.ts'
import { createKeysView, KEYS_PER_PAGE, type KeyLine, type KeysState } from './index.ts'

const SETTINGS: SessionSettings = { seed: 1, regions: ['us', 'eu'], epochMs: 1.7e12, latencyMs: 50, held: true }

/** A page over a database in this thread, and the keys view of it. */
async function openPage(settings: Partial<SessionSettings> = {}) {
  let cluster!: Cluster
  const playground = createPlayground(
    async () => {
      cluster = await openLocalCluster({ ...SETTINGS, ...settings })
      return {
        api: cluster,
        subscribe: (listener) => cluster.subscribe(listener),
        close: () => cluster.close(),
        killWorker: () => {},
      }
    },
    { ...SETTINGS, ...settings },
  )
  await playground.open({ ...SETTINGS, ...settings })
  const view = createKeysView(playground)
  return {
    playground,
    view,
    looks: vi.spyOn(cluster, 'look'),
    run: (region: number, line: string) => playground.command(region, 1, line.split(' ')),
    control: async (line: string) => expect(await playground.control(line)).toMatchObject({ ok: true }),
    eventually: (check: (state: KeysState) => void) => vi.waitFor(() => check(view.getState()), 4000),
  }
}

const shown = (lines: readonly KeyLine[]) =>
  lines.map(({ label, verdict, readings }) => {
    return `${label} ${verdict} ${readings.map(({ text, regions }) => `${regions.join()}:${text}`).join(' ')}`
  })

test('keys that differ come first; after the sync they agree (G2), and what it changed is told, with the rule', async () => {
  const { view, run, control, eventually } = await openPage()
  await run(1, 'SET same x')
  await control('sync')
  await run(1, 'SET k a')
  await control('wait 10ms')
  await run(2, 'SET k b')
  await run(2, 'SADD s m')
  const stop = view.watch()
  await eventually(({ unsettled, settled }) => {
    expect(shown(unsettled.lines)).toEqual(['k apart 1:a 2:b', 's apart 1:nothing 2:{m}'])
    expect(shown(settled.lines)).toEqual(['same same 1,2:x'])
  })
  view.openKey('k')
  await eventually(({ open }) => {
    expect(open?.reasons).toMatchObject([
      {
        rule: 'G1',
        texts: ['us has not got a write of this key yet.', 'eu has not got a write of this key yet.'],
        writes: [{ event: { label: 'SET k a' }, role: 'missing' }, { event: { label: 'SET k b' } }],
      },
    ])
  })
  await control('sync')
  await eventually(({ open }) => {
    expect(open?.line).toMatchObject({ verdict: 'same', readings: [{ text: 'b', regions: [1, 2] }] })
    expect(open?.changes.get(1)).toMatchObject({ before: { text: 'a' }, after: { text: 'b' } })
    expect(open?.changes.get(2)).toMatchObject({ before: { text: 'b' }, after: { text: 'b' } })
    expect(open?.reasons).toMatchObject([
      {
        rule: 'S1',
        title: 'Last write wins',
        texts: [
          '“b” of eu (22:13:20.010) is later than “a” of us (22:13:20.000). Neither had seen the other, so the later one shows.',
        ],
        writes: [
          { event: { label: 'SET k a' }, role: 'lost' },
          { event: { label: 'SET k b' }, role: 'kept' },
        ],
      },
    ])
  })
  view.openKey(null)
  await eventually(({ unsettled, settled, open }) => {
    expect(open).toBeNull()
    expect(unsettled.lines).toEqual([])
    expect(shown(settled.lines)).toEqual(['k same 1,2:b', 's same 1,2:{m}', 'same same 1,2:x'])
  })
  stop()
})

test('what reads the same and is not the same yet is told apart from what differs', async () => {
  const { view, run, control, eventually } = await openPage()
  await run(1, 'SET k a')
  await run(2, 'SET k a')
  await run(1, 'SADD s m')
  await control('sync')
  await run(1, 'SADD s n')
  await run(1, 'SREM s n')
  const stop = view.watch()
  await eventually(({ unsettled }) => expect(shown(unsettled.lines)).toEqual(['s same 1,2:{m}']))
  await run(2, 'DEL k')
  await run(1, 'DEL k')
  await run(1, 'SET k2 v')
  await run(2, 'SET k2 v')
  await eventually(({ unsettled }) =>
    expect(shown(unsettled.lines)).toEqual(['k same 1,2:deleted', 'k2 alike 1,2:v', 's same 1,2:{m}']),
  )
  stop()
})

test('why: sums, lifetimes and their owner, hidden types, marks of what is deleted', async () => {
  const { view, run, control, eventually } = await openPage({ regions: ['us', 'eu', 'asia'] })
  await run(1, 'SET n 10')
  await run(1, 'SET d x')
  await run(1, 'SET t x')
  await control('sync')
  await run(1, 'INCRBY n 5')
  await run(2, 'DECRBY n 2')
  await run(1, 'PEXPIREAT t 1700000100000')
  await run(2, 'PEXPIREAT t 1700000300000')
  await run(1, 'SADD two m')
  await run(2, 'SET two x')
  // With one region out of reach nothing is collected.
  await control('sync 1 2')
  await run(1, 'DEL d')
  const stop = view.watch()
  const expectReason = async (key: string, rule: string, text: string) => {
    view.openKey(key)
    await eventually(({ open }) => {
      expect(open?.reasons.map((reason) => `${reason.rule}: ${reason.texts.join(' ')}`).join('\n')).toContain(
        `${rule}: ${text}`,
      )
    })
  }
  await expectReason('n', 'C3', '13 is made of 10 set by us, +5 from us, −2 from eu.')
  await expectReason('t', 'X1', '2023-11-14 22:18:20 of eu outlasts 2023-11-14 22:15:00 of us.')
  await expectReason('t', 'X2', 'eu set the lifetime in force')
  await expectReason('two', 'G10', 'A value of type string is kept as well, and does not show while the set lives.')
  await expectReason('d', 'R4', 'The key is deleted.')
  await expectReason('d', 'G1', 'eu has not got a write of this key yet. asia has not got a write of this key yet.')
  stop()
})

test('many keys come page by page, and are found by pattern', async () => {
  const { view, run, control, eventually } = await openPage()
  const name = (prefix: string, i: number) => `${prefix}:${String(i).padStart(3, '0')}`
  const range = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => name(prefix, i))
  await run(1, `MSET ${range(120, 'a').join(' x ')} x`)
  await control('sync')
  await run(2, `MSET ${range(60, 'b').join(' x ')} x`)
  const stop = view.watch()
  const labels = (lines: readonly KeyLine[]) => lines.map(({ label }) => label)
  await eventually(({ unsettled, settled, regions }) => {
    expect(labels(unsettled.lines)).toEqual(range(60, 'b').slice(0, KEYS_PER_PAGE))
    expect(unsettled).toMatchObject({ total: 60, uncounted: false, page: 0, more: true })
    expect(labels(settled.lines)).toEqual(range(120, 'a').slice(0, KEYS_PER_PAGE))
    expect(settled).toMatchObject({ page: 0, more: true })
    expect(regions.map(({ headers }) => headers)).toEqual([120, 180])
  })
  view.turn('unsettled', 1)
  view.turn('settled', 1)
  await eventually(({ unsettled, settled }) => {
    expect(labels(unsettled.lines)).toEqual(range(60, 'b').slice(KEYS_PER_PAGE))
    expect(labels(settled.lines)).toEqual(range(120, 'a').slice(KEYS_PER_PAGE, 2 * KEYS_PER_PAGE))
  })
  view.turn('settled', 1)
  await eventually(({ settled }) => expect(settled).toMatchObject({ page: 2, more: false, lines: { length: 20 } }))
  view.turn('settled', -1)
  await eventually(({ settled }) => expect(settled).toMatchObject({ page: 1, more: true }))
  view.find('11')
  await eventually(({ unsettled, settled }) => {
    expect(labels(unsettled.lines)).toEqual(['b:011'])
    expect(labels(settled.lines)).toEqual(['a:011', ...range(120, 'a').slice(110)])
  })
  view.find('a:?19')
  await eventually(({ settled }) => expect(labels(settled.lines)).toEqual(['a:019', 'a:119']))
  stop()
})

test('beyond those that are counted, a key that only one region has is still said to differ', async () => {
  const { view, run, eventually } = await openPage()
  const range = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`)
  // Too large to be compared in passing.
  await run(1, `SADD zz ${range(2500, 'm').join(' ')}`)
  await run(1, `MSET ${range(2020, 'k').join(' x ')} x`)
  const stop = view.watch()
  await eventually(({ unsettled, settled }) => {
    expect(unsettled).toMatchObject({ total: 2000, uncounted: true })
    expect(settled.lines.at(-1)).toMatchObject({ label: 'zz', verdict: 'apart' })
    expect(settled.lines.every(({ verdict }) => verdict === 'apart')).toBe(true)
  })
  view.find('zz')
  await eventually(({ unsettled, settled }) => {
    expect(shown(unsettled.lines)).toEqual(['zz apart 1:{m0, m1, m2, m3, m4, m5, ...} 2:nothing'])
    expect(settled.lines).toEqual([])
  })
  stop()
})

test('it looks only while it is watched, and only when something has happened', async () => {
  const { view, run, looks, eventually } = await openPage()
  await run(1, 'SET k v')
  expect(looks).not.toHaveBeenCalled()
  const stop = view.watch()
  await eventually(({ looked }) => expect(looked).toBe(true))
  const after = looks.mock.calls.length
  await new Promise((done) => setTimeout(done, 700))
  expect(looks.mock.calls.length).toBe(after)
  for (let i = 0; i < 200; i++) await run(1, `SET k ${i}`)
  await eventually(({ unsettled }) => expect(unsettled.lines[0]?.readings[0]?.text).toBe('199'))
  // Three calls a region for each of a few looks.
  expect(looks.mock.calls.length).toBeLessThan(after + 40)
  stop()
  const stopped = looks.mock.calls.length
  await run(1, 'SET k w')
  await new Promise((done) => setTimeout(done, 700))
  expect(looks.mock.calls.length).toBe(stopped)
})

test('a region that is stopped has nothing to show, and a new session begins empty', async () => {
  const { playground, view, run, control, eventually } = await openPage()
  await run(1, 'SET k v')
  await control('stop 2')
  const stop = view.watch()
  await eventually(({ settled, regions }) => {
    expect(shown(settled.lines)).toEqual(['k same 1:v'])
    expect(regions).toMatchObject([
      { name: 'us', headers: 1 },
      { name: 'eu', headers: null },
    ])
  })
  view.openKey('k')
  await eventually(({ open }) => expect(open?.insides?.size).toBe(1))
  await playground.open(SETTINGS)
  await eventually(({ looked, settled, open }) => {
    expect({ looked, open, lines: settled.lines }).toEqual({ looked: true, open: null, lines: [] })
  })
  stop()
})

test('why: of many alike decisions the latest is told', async () => {
  const { view, run, control, eventually } = await openPage()
  for (let i = 0; i < 100; i++) {
    await run(1, 'INCR hits')
    await run(2, 'INCR hits')
  }
  await control('sync')
  const stop = view.watch()
  view.openKey('hits')
  await eventually(({ open }) => {
    expect(open?.reasons.map(({ rule }) => rule)).toEqual(['C1'])
    expect(open?.reasons[0]?.writes.at(-1)).toMatchObject({ event: { label: 'INCR hits' }, role: 'joined' })
  })
  stop()
})
