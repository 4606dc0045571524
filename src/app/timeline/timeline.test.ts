import { expect, test } from 'vitest'
import { concurrentSets, JournalMaker } from '../testing/journal.ts'
import {
  appendEntries,
  commandLine,
  countRelations,
  emptyTimeline,
  eventDetails,
  layoutOf,
  relation,
  timeOfY,
  yOfTime,
  type Timeline,
  type TimelineEvent,
} from './index.ts'

function timelineOf(journal: JournalMaker, regions = ['Region 1', 'Region 2']): Timeline {
  const timeline = emptyTimeline(regions)
  appendEntries(timeline, journal.entries)
  return timeline
}

function eventAt(timeline: Timeline, at: number): TimelineEvent {
  const found = timeline.events.find((event) => event.at === at)
  if (!found) throw new Error(`no event at ${at}`)
  return found
}

test('two writes that had not seen each other are concurrent, and what read both comes after both', () => {
  const timeline = timelineOf(concurrentSets())
  const a = eventAt(timeline, 1000)
  const b = eventAt(timeline, 1500)
  expect(relation(a, b)).toBe('concurrent')
  expect(relation(b, a)).toBe('concurrent')
  expect(relation(a, eventAt(timeline, 2000))).toBe('future')
  expect(relation(eventAt(timeline, 3000), b)).toBe('past')
  // After `a`: its arrival in region 2, and in region 1 the arrival of `b` and the read. Beside it: `b`.
  expect(countRelations(timeline, a)).toEqual({ past: 0, future: 3, concurrent: 1 })
})

test('a read precedes what had seen a later write of its region, and nothing else elsewhere', () => {
  const journal = new JournalMaker()
  journal.read(100, 1, 'get k', [0, 0, 0]).write(200, 2, 'set k x', 1, [0, 0, 1]).write(300, 1, 'set k y', 1, [0, 1, 0])
  journal.deliver(900, journal.send(300, 1, 2, [1, 1]), [0, 1, 1])
  const timeline = timelineOf(journal)
  const read = eventAt(timeline, 100)
  expect(relation(read, eventAt(timeline, 200))).toBe('concurrent')
  expect(relation(read, eventAt(timeline, 900))).toBe('future')
})

test('S1: a write knows which rule decided, who won, who lost, and in which regions', () => {
  const timeline = timelineOf(concurrentSets())
  const details = eventDetails(timeline, eventAt(timeline, 1000))
  expect(details.decisions).toHaveLength(1)
  expect(details.decisions[0]).toMatchObject({ rule: 'S1', title: 'Last write wins', key: 'key1', regions: [1, 2] })
  expect(details.decisions[0]?.kept.map((side) => side.event?.label)).toEqual(['SET key1 b'])
  expect(details.decisions[0]?.lost.map((side) => side.event?.label)).toEqual(['SET key1 a'])
  expect(details.knownIn).toEqual([{ region: 2, at: 2000 }])
})

test('a message hangs between the event that sent it and the event that received it', () => {
  const timeline = timelineOf(concurrentSets())
  const [first] = timeline.messages
  expect(timeline.events[first?.sentBy ?? -1]?.label).toBe('SET key1 a')
  expect(timeline.events[first?.receivedBy ?? -1]).toMatchObject({ kind: 'receive', region: 2, from: 1, at: 2000 })
})

test('acknowledgements are messages but not events', () => {
  const journal = new JournalMaker()
  journal.deliver(50, journal.send(10, 1, 2, null, 'ack'), [0, 0, 0])
  const timeline = timelineOf(journal)
  expect(timeline.events).toEqual([])
  expect(timeline.messages).toMatchObject([{ what: 'ack', arrivedAt: 50 }])
})

test('a cut link is a span from its cut to its heal, and one that lasts stays open', () => {
  const journal = new JournalMaker().control(1, 'cut 1-2').link(1, 1, 2, false)
  const timeline = timelineOf(journal)
  expect(timeline.spans).toMatchObject([{ kind: 'cut', a: 1, b: 2, from: 1, to: null }])
  appendEntries(timeline, new JournalMaker().link(500, 2, 1, true).entries)
  expect(timeline.spans).toMatchObject([{ from: 1, to: 500 }])
})

test('paused sync is a span too; the pace of time leaves no mark', () => {
  const timeline = timelineOf(
    new JournalMaker().control(1, 'hold all').control(2, 'speed 10x').control(9, 'release all'),
  )
  expect(timeline.spans).toMatchObject([{ kind: 'paused', from: 1, to: 9 }])
  expect(timeline.notes.map((note) => note.line)).toEqual(['hold all', 'release all'])
})

test('folding in pieces gives the same timeline as folding at once', () => {
  const { entries } = concurrentSets()
  const pieces = emptyTimeline(['Region 1', 'Region 2'])
  for (const entry of entries) appendEntries(pieces, [entry])
  expect({ ...pieces, version: 0 }).toEqual({ ...timelineOf(concurrentSets()), version: 0 })
})

test('events of one instant share a row across regions and stack within a region', () => {
  const journal = new JournalMaker()
  journal.write(5, 1, 'set a 1', 1, [0, 1, 0]).write(5, 2, 'set a 2', 1, [0, 0, 1]).write(5, 1, 'set b 1', 2, [0, 2, 0])
  expect(timelineOf(journal).events.map((event) => event.row)).toEqual([0, 0, 1])
})

test('layout: time runs down, an idle hour is bounded, and position and time convert back', () => {
  const journal = new JournalMaker().write(0, 1, 'set a 1', 1, [0, 1]).write(1000, 1, 'set a 2', 2, [0, 2])
  journal.write(3_601_000, 1, 'set a 3', 3, [0, 3])
  const timeline = timelineOf(journal)
  const layout = layoutOf(timeline, 1)
  const [y0 = 0, y1 = 0, y2 = 0] = layout.ys
  expect(y1 - y0).toBe(60)
  expect(y2 - y1).toBeLessThanOrEqual(120)
  expect(yOfTime(layout, timeline, 500)).toBe((y0 + y1) / 2)
  expect(timeOfY(layout, timeline, yOfTime(layout, timeline, 250))).toBeCloseTo(250)
})

test('words: a command reads as one would type it, with its name in capitals and control characters escaped', () => {
  expect(commandLine(['set', 'k', ''])).toBe('SET k ""')
  expect(commandLine(['set', 'k', '\x1b[31m'])).toBe('SET k "\\x1b[31m"')
  expect(commandLine(['\x1b', 'k'])).toBe('"\\x1b" k')
})

test('C1: concurrent increments are a conflict that the rule joined, though the database names no winner', () => {
  const journal = new JournalMaker()
  const counted = [{ key: 'n', rule: 'C1' }]
  journal.write(1, 1, 'incrby n 7', 1, [0, 1, 0]).write(2, 2, 'incrby n 3', 1, [0, 0, 1])
  journal.deliver(10, journal.send(1, 1, 2, [1, 1]), [0, 1, 1], counted, 'n')
  const timeline = timelineOf(journal)
  expect(eventAt(timeline, 10).conflict).toBe(true)
  const [decision] = eventDetails(timeline, eventAt(timeline, 1)).decisions
  expect(decision).toMatchObject({ rule: 'C1', title: 'Increments add up', regions: [2] })
  expect(decision?.between.map((side) => side.event?.label)).toEqual(['INCRBY n 7', 'INCRBY n 3'])
})

test('an increment that had seen the other one is no conflict', () => {
  const journal = new JournalMaker()
  journal.write(1, 1, 'incr n', 1, [0, 1, 0])
  journal.deliver(5, journal.send(1, 1, 2, [1, 1]), [0, 1, 0], [{ key: 'n', rule: 'C1' }], 'n')
  journal.write(6, 2, 'incr n', 1, [0, 1, 1])
  journal.deliver(9, journal.send(6, 2, 1, [1, 1]), [0, 1, 1], [{ key: 'n', rule: 'C1' }], 'n')
  expect(timelineOf(journal).events.map((event) => event.conflict)).toEqual([false, false, false, false])
})

test('a burst that arrives at one instant is one event, and stays exact', () => {
  const journal = new JournalMaker()
  for (const n of [1, 2, 3]) journal.write(1, 1, 'incr n', n, [0, n, 0])
  const sent = [1, 2, 3].map((n) => journal.send(1, 1, 2, [n, n]))
  for (const [i, message] of sent.entries()) journal.deliver(9, message, [0, i + 1, 0], [], 'n')
  const timeline = timelineOf(journal)
  const arrivals = timeline.events.filter((event) => event.kind === 'receive')
  expect(arrivals).toMatchObject([
    { label: 'INCR n and 2 more', arrived: [{ origin: 1, dots: [1, 3] }], clock: [0, 3, 0] },
  ])
  expect(timeline.messages.map((message) => message.receivedBy)).toEqual([3, 3, 3])
})

test('a session that starts with sync paused shows it', () => {
  const timeline = emptyTimeline(['A', 'B'], true)
  appendEntries(timeline, new JournalMaker().control(7, 'release all').entries)
  expect(timeline.spans).toMatchObject([{ kind: 'paused', from: 0, to: 7 }])
})

test('a command that waited has its reply once it comes; a push in between answers nothing', () => {
  const timeline = emptyTimeline(['one', 'two'])
  const journal = new JournalMaker().block(10, 1, 'BLPOP queue 0', [0, 0, 0])
  journal.reply(15, 1, { type: 'push', items: ['message', 'channel', 'hello'] }, true).reply(20, 1, ['queue', 'job'])
  appendEntries(timeline, journal.entries.slice(0, 2))
  expect(timeline.events[0]).toMatchObject({ label: 'BLPOP queue 0', outcome: '', reply: undefined })
  appendEntries(timeline, journal.entries.slice(2))
  expect(timeline.events).toHaveLength(1)
  expect(timeline.events[0]).toMatchObject({ outcome: '"queue" "job"', reply: '1) "queue"\n2) "job"' })
})

test('a value of a megabyte is cut off, in the command and in the reply', () => {
  const timeline = emptyTimeline(['one', 'two'])
  const journal = new JournalMaker().write(10, 1, `SET k ${'x'.repeat(1e6)}`, 1, [0, 1, 0])
  journal.block(20, 1, 'GET k', [0, 1, 0]).reply(20, 1, 'x'.repeat(1e6))
  appendEntries(timeline, journal.entries)
  expect(timeline.events[0]?.label).toMatch(/^SET k x{120}…$/)
  expect(timeline.events[1]?.reply).toMatch(/^"x{9999}…\n\(990002 more characters\)$/)
})
