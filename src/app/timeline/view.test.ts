import { expect, test } from 'vitest'
import { concurrentSets, JournalMaker } from '../testing/journal.ts'
import {
  appendEntries,
  emptyTimeline,
  eventDetails,
  filterChoices,
  filteredEvents,
  layoutOf,
  markdownTable,
  NO_FILTER,
  patternEvents,
  tableRows,
  viewOf,
  yOfRow,
  type PatternName,
  type Timeline,
  type TimelineEvent,
  type TimelineFilter,
} from './index.ts'

function timelineOf(journal: JournalMaker, regions = ['Region 1', 'Region 2']): Timeline {
  const timeline = emptyTimeline(regions)
  appendEntries(timeline, journal.entries)
  return timeline
}

const told = ({ region, kind, label }: TimelineEvent) => `${region} ${kind} ${label}`

function matching(timeline: Timeline, filter: Partial<TimelineFilter>): string[] {
  return filteredEvents(timeline, { ...NO_FILTER, ...filter }).map(told)
}

function inPattern(journal: JournalMaker, pattern: PatternName): string[] {
  return matching(timelineOf(journal), { pattern })
}

test('a filter by key finds its writes, their arrivals and its reads; a beginning is enough until a key is called that', () => {
  const journal = concurrentSets().write(4000, 1, 'set key10 x', 2, [0, 2, 1])
  const timeline = timelineOf(journal)
  expect(matching(timeline, { key: 'key1' })).toHaveLength(5)
  expect(matching(timeline, { key: 'key10' })).toEqual(['1 write SET key10 x'])
  expect(matching(timeline, { key: 'ke' })).toHaveLength(6)
  expect(filterChoices(timeline, 9)).toEqual({ keys: ['key1', 'key10'], commands: ['GET', 'SET'] })
})

test('a filter by command finds the arrivals of such writes too, and by text in any case', () => {
  const timeline = timelineOf(concurrentSets())
  expect(matching(timeline, { command: 'get' })).toEqual(['1 read GET key1'])
  expect(matching(timeline, { command: 'SET' })).toHaveLength(4)
  expect(matching(timeline, { text: 'KEY1 A' })).toEqual(['1 write SET key1 a', '2 receive SET key1 a'])
  expect(matching(timeline, { command: 'get', text: 'key1 b' })).toEqual([])
})

test('concurrent writes: those that did not know of each other, with the arrivals that decided; a write that follows is none', () => {
  const journal = concurrentSets()
    .write(4000, 1, 'set key1 c', 2, [0, 2, 1])
    .write(4000, 2, 'set other d', 2, [0, 1, 2])
  expect(inPattern(journal, 'concurrent')).toEqual([
    '1 write SET key1 a',
    '2 write SET key1 b',
    '2 receive SET key1 a',
    '1 receive SET key1 b',
  ])
})

test('T1: add ∥ remove needs one of each; two adds are none', () => {
  const both = new JournalMaker().write(1, 1, 'sadd s a', 1, [0, 1, 0]).write(1, 2, 'srem s a', 1, [0, 0, 1])
  expect(inPattern(both, 'add-remove')).toEqual(['1 write SADD s a', '2 write SREM s a'])
  const adds = new JournalMaker().write(1, 1, 'sadd s a', 1, [0, 1, 0]).write(1, 2, 'sadd s a', 1, [0, 0, 1])
  expect(inPattern(adds, 'add-remove')).toEqual([])
})

test('S4: DEL ∥ update; a DEL that had seen the write is none', () => {
  const concurrent = new JournalMaker().write(1, 1, 'del k', 1, [0, 1, 0]).write(1, 2, 'set k a', 1, [0, 0, 1])
  expect(inPattern(concurrent, 'del-update')).toEqual(['1 write DEL k', '2 write SET k a'])
  const later = new JournalMaker().write(1, 2, 'set k a', 1, [0, 0, 1]).write(2, 1, 'del k', 1, [0, 1, 1])
  expect(inPattern(later, 'del-update')).toEqual([])
})

test('R3: a stale read comes with the newest write that it missed, and says so when it is selected', () => {
  const journal = new JournalMaker().write(1, 2, 'set k a', 1, [0, 0, 1]).write(2, 2, 'set k b', 2, [0, 0, 2])
  journal.read(3, 1, 'get k', [0, 0, 1]).read(4, 1, 'get k', [0, 0, 2]).write(5, 2, 'set k c', 3, [0, 0, 3])
  expect(inPattern(journal, 'stale-read')).toEqual(['2 write SET k b', '1 read GET k'])
  const timeline = timelineOf(journal)
  const [, , stale, fresh] = timeline.events
  expect(eventDetails(timeline, stale as TimelineEvent).missed.map(told)).toEqual(['2 write SET k b'])
  expect(eventDetails(timeline, fresh as TimelineEvent).missed).toEqual([])
})

test('a session without a full sync has none to find', () => {
  expect(patternEvents(timelineOf(concurrentSets()), 'full-sync').size).toBe(0)
})

test('runs of local events are folded between arrivals, and the one with the selected event is open', () => {
  const journal = new JournalMaker()
  for (const n of [1, 2, 3]) journal.write(n, 1, `set k ${n}`, n, [0, n, 0])
  journal.write(4, 2, 'set k x', 1, [0, 0, 1])
  journal.deliver(9, journal.send(4, 2, 1, [1, 1]), [0, 3, 1], [], 'k')
  for (const n of [4, 5]) journal.write(n + 10, 1, `set k ${n}`, n, [0, n, 1])
  const timeline = timelineOf(journal)
  const view = viewOf(timeline, NO_FILTER, true, null)
  expect(view.runs).toMatchObject([{ region: 1, count: 3, first: { id: 0 }, last: { id: 2 } }])
  expect(view.events.map((event) => event.id)).toEqual([3, 4, 5, 6])
  expect(view.rows?.[1]).toBe(false)
  expect(viewOf(timeline, NO_FILTER, true, 1).runs).toEqual([])
})

test('rows without anything in them take no room', () => {
  const journal = new JournalMaker()
  for (const n of [1, 2, 3]) journal.write(n * 1000, 1, `set k${n} x`, n, [0, n])
  const timeline = timelineOf(journal)
  const view = viewOf(timeline, { ...NO_FILTER, key: 'k3' }, false, null)
  const layout = layoutOf(timeline, 1, view.rows)
  expect([0, 1, 2].map((row) => yOfRow(layout, row))).toEqual([0, 0, 20])
})

test('through a hidden region a dashed way leads from what its write had seen to where that write arrived, once', () => {
  const journal = new JournalMaker().write(1, 1, 'set k a', 1, [0, 1, 0, 0])
  journal.deliver(5, journal.send(1, 1, 2, [1, 1]), [0, 1, 0, 0], [], 'k')
  journal.write(6, 2, 'set k b', 1, [0, 1, 1, 0]).write(7, 2, 'set k c', 2, [0, 1, 2, 0])
  journal.deliver(10, journal.send(6, 2, 3, [1, 1]), [0, 0, 1, 0], [], 'k')
  journal.deliver(11, journal.send(7, 2, 3, [2, 2]), [0, 0, 2, 0], [], 'k')
  const timeline = timelineOf(journal, ['A', 'B', 'C'])
  const view = viewOf(timeline, { ...NO_FILTER, hidden: new Set([2]) }, false, null)
  expect(view.hiddenPaths).toEqual([{ from: 0, to: 4, via: 2 }])
  expect(view.events.every((event) => event.region !== 2)).toBe(true)
  expect(viewOf(timeline, NO_FILTER, false, null).hiddenPaths).toEqual([])
})

test('a write says where it is not known yet', () => {
  const journal = new JournalMaker().write(1, 1, 'set k a', 1, [0, 1, 0, 0])
  journal.deliver(5, journal.send(1, 1, 2, [1, 1]), [0, 1, 0, 0], [], 'k')
  const timeline = timelineOf(journal, ['A', 'B', 'C'])
  expect(eventDetails(timeline, timeline.events[0] as TimelineEvent)).toMatchObject({
    knownIn: [{ region: 2, at: 5 }],
    unseenIn: [3],
  })
})

test('as Markdown: a row for each moment, arrivals that follow each other as one sync with the rule, and only what is asked for', () => {
  const timeline = timelineOf(concurrentSets().write(4000, 1, 'set other a|b`c', 2, [0, 2, 1]))
  const all = viewOf(timeline, NO_FILTER, false, null)
  expect(markdownTable(timeline, all, new Set()).split('\n')).toEqual([
    '| Time | Region 1 | Region 2 |',
    '| --- | --- | --- |',
    '| 1.00 s | `SET key1 a` |  |',
    '| 1.50 s |  | `SET key1 b` |',
    '| 2.00 s | — Sync — (S1) | — Sync — (S1) |',
    '| 3.00 s | `GET key1` → `"a"` |  |',
    '| 4.00 s | `` SET other a\\|b`c `` |  |',
    '',
  ])
  const filter = { ...NO_FILTER, key: 'other', hidden: new Set([2]) }
  expect(markdownTable(timeline, viewOf(timeline, filter, false, null), filter.hidden).split('\n')).toEqual([
    '| Time | Region 1 |',
    '| --- | --- |',
    '| 4.00 s | `` SET other a\\|b`c `` |',
    '',
  ])
})

test('the table tells what the diagram shows: what is filtered out is in neither, and a folded run is one line that Markdown unfolds', () => {
  const journal = new JournalMaker()
  for (let n = 1; n <= 4; n++) journal.write(n * 100, 1, `set k${n} v`, n, [0, n, 0])
  const timeline = timelineOf(journal)
  const lines = (filter: TimelineFilter, collapse: boolean) =>
    tableRows(timeline, viewOf(timeline, filter, collapse, null), filter.hidden, false).map(({ kind, what }) =>
      `${kind} ${what}`.trim(),
    )
  expect(lines(NO_FILTER, false)).toEqual(['SET k1 v', 'SET k2 v', 'SET k3 v', 'SET k4 v'])
  expect(lines({ ...NO_FILTER, key: 'k2' }, false)).toEqual(['SET k2 v'])
  expect(lines(NO_FILTER, true)).toEqual(['4 commands, folded: SET k1 v … SET k4 v'])
  expect(markdownTable(timeline, viewOf(timeline, NO_FILTER, true, null), new Set()).split('\n')).toHaveLength(7)
})
