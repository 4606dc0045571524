/** Regions that stop, join and leave; full syncs; what is passed on. */
import { expect, test } from 'vitest'
import { openLocalCluster } from '../../simulation/index.ts'
import {
  NO_FILTER,
  appendEntries,
  emptyTimeline,
  eventDetails,
  laneName,
  tableRows,
  type Timeline,
  viewOf,
} from './index.ts'

const REGIONS = ['Frankfurt', 'Dublin', 'Tokyo']

/** The timeline of a session that went like this. */
async function timelineOf(...lines: string[]): Promise<Timeline> {
  const settings = { seed: 3, regions: REGIONS, epochMs: 1_735_689_600_000, latencyMs: 20, held: false }
  const cluster = await openLocalCluster(settings)
  for (const line of lines) {
    const [, region, command] = /^(\d): (.*)$/.exec(line) ?? []
    if (region && command) await cluster.command(Number(region), 1, command.split(' '))
    else if (!(await cluster.control(line)).ok) throw new Error(`refused: ${line}`)
  }
  const timeline = emptyTimeline(REGIONS)
  appendEntries(timeline, await cluster.journal())
  return timeline
}

const news = (timeline: Timeline) =>
  timeline.events.filter(({ kind }) => kind === 'region').map(({ region, label }) => `${region} ${label}`)
const arrivals = (timeline: Timeline, region: number) =>
  timeline.events.filter((event) => event.kind === 'receive' && event.region === region)

test('R7: a region that lost writes ends its lane, and the one that replaces it goes on in its column', async () => {
  const timeline = await timelineOf('1: SET k v', 'sync', 'stop 2 lose', 'wait 1s', 'start 2', 'sync')
  expect(news(timeline)).toEqual(['2 power and disk lost', '2 removed', '4 joined', '4 started'])
  expect(timeline.lanes.map(({ region, column, to }) => [region, column, to === null])).toEqual([
    [1, 0, true],
    [2, 1, false],
    [3, 2, true],
    [4, 1, true],
  ])
  expect([laneName(timeline, 2), laneName(timeline, 4), laneName(timeline, 1)]).toEqual([
    'Dublin (2)',
    'Dublin (4)',
    'Frankfurt',
  ])
  // What the old one and its replacement did at one instant does not stand in one place.
  const rows = timeline.events.filter(({ region }) => region === 2 || region === 4).map(({ row }) => row)
  expect(new Set(rows).size).toBe(rows.length)
})

test('a stop is one span of its region, not cuts of its links; a start ends it', async () => {
  const timeline = await timelineOf('stop 2', 'wait 1s', 'start 2', 'wait 1s', 'cut 1-3')
  expect(timeline.spans.map(({ kind, a, b, to }) => [kind, a, b, to])).toEqual([
    ['stopped', 2, 2, 1000],
    ['cut', 1, 3, null],
  ])
})

test('R6: a region removed by force is told once, however many tell it; its spans end when it is purged', async () => {
  const timeline = await timelineOf('remove-region 3 force', 'heal', 'sync', 'purge 3')
  expect(news(timeline)).toEqual(['3 removed', '3 told of its removal', '3 deleted'])
  expect(timeline.spans.filter(({ to }) => to === null)).toEqual([])
  expect(timeline.lanes.find(({ region }) => region === 3)?.to).not.toBeNull()
})

test('R2: a full sync is told as one, with its bytes and the writes that it brought', async () => {
  const timeline = await timelineOf(
    'backlog 40b',
    'cut 1-2',
    '1: SET a a-value-that-is-long-enough',
    '1: SET b a-value-that-is-long-enough',
    'heal',
    'sync',
  )
  const full = arrivals(timeline, 2).find(({ fullSyncBytes }) => fullSyncBytes !== null)
  expect(full?.label).toMatch(/^full sync, \d+ B$/)
  expect(full?.arrived).toEqual([{ origin: 1, dots: [1, 2] }])
  expect(full && eventDetails(timeline, full).arrived.map(({ label }) => label.slice(0, 5))).toEqual(['SET a', 'SET b'])
  const row = tableRows(timeline, viewOf(timeline, NO_FILTER, false, null), new Set(), false).find(
    ({ what }) => what === full?.label,
  )
  expect(row).toMatchObject({ kind: 'received from Frankfurt', outcome: '2 new writes' })
})

test('R3: what a region passes on comes from it, and is of its author; the second arrival of a write is no event', async () => {
  const bridged = await timelineOf('causal on', 'cut 1-3', '1: SET q asked', 'sync')
  expect(arrivals(bridged, 3)).toMatchObject([
    { from: 2, label: 'SET q asked', arrived: [{ origin: 1, dots: [1, 1] }] },
  ])
  const passedOn = bridged.messages.find(({ from, to, relayed }) => from === 2 && to === 3 && relayed.length > 0)
  expect(bridged.events[passedOn?.sentBy ?? -1]).toMatchObject({ kind: 'receive', region: 2 })
  expect(passedOn?.receivedBy).toBe(arrivals(bridged, 3)[0]?.id)
  const whole = await timelineOf('causal on', '1: SET q asked', 'sync')
  expect(arrivals(whole, 3)).toHaveLength(1)
})

test('R3: a write that has to wait for another arrives with it', async () => {
  const timeline = await timelineOf(
    'causal on',
    'hold 1>3',
    '1: SADD s q',
    'wait 100ms',
    // Only the answer gets through: its own message, not what is passed on with it.
    'cut 2-3',
    '2: SADD s a',
    'heal 2-3',
    'sync',
  )
  const brought = arrivals(timeline, 3).flatMap(({ arrived }) => arrived.map(({ origin }) => origin))
  expect(brought.toSorted((a, b) => a - b)).toEqual([1, 2])
})
