/** What a journal says about who wrote what, having observed what. */
import type { Reply } from '../engine/index.ts'
import type { Step as ModelStep } from '../replication/testing/history.ts'
import type { JournalEntry, SessionSettings } from '../simulation/index.ts'
import { Bridges } from './bridges.ts'
import { Disks } from './disks.ts'
import { relianceFault } from './reliance.ts'

/** Writes of a region by one input: the last dot, what the region had observed once they were done, whether that is promised to whoever gets them (R3). */
interface Written {
  readonly last: number
  readonly clock: readonly number[]
  readonly causal: boolean
}

export interface Observed {
  /** Commands with what their region had observed before each, oldest first. */
  readonly steps: readonly ModelStep[]
  /** Per region id, the last own dot of which a client was told, or by which something expired. */
  readonly lastDots: ReadonlyMap<number, number>
  /** Whole states that reached each region since it last started. */
  readonly snapshots: ReadonlyMap<number, number>
  /** Regions that were removed, replaced or started again. */
  readonly changed: boolean
  /** What was not as it must be: going backwards (R7), observing an effect before its causes (R3), relying on what may be lost (R4), hearing what was removed (R6). */
  readonly faults: readonly string[]
}

const EMPTY: readonly number[] = []

export function observe(entries: readonly JournalEntry[], { epochMs, regions }: SessionSettings): Observed {
  const clocks = new Map<number, readonly number[]>()
  const skews = new Map<string, number>()
  const names = new Map<number, string>()
  const lastDots = new Map<number, number>()
  const snapshots = new Map<number, number>()
  const written = new Map<number, Written[]>()
  const steps: ModelStep[] = []
  const faults: string[] = []
  /** A stopped region says nothing of what it has on its disk. */
  const stopped = new Set<number>()
  /** Removed by force, and running on. */
  const removed = new Set<number>()
  const disks = new Disks()
  let causal = false
  let changed = false
  let limited = false

  regions.forEach((name, i) => names.set(i + 1, name))
  const nameOf = (region: number) => names.get(region) ?? `Region ${region}`
  /** Of the region that has a name now. */
  const clockNamed = (name: string): readonly number[] =>
    clocks.get([...names].findLast(([, one]) => one === name)?.[0] ?? 0) ?? EMPTY
  const wall = (region: number, at: number) => epochMs + at + (skews.get(nameOf(region)) ?? 0)

  const wrote = (region: number, last: number, clock: readonly number[]) => {
    lastDots.set(region, last)
    const list = written.get(region)
    if (list === undefined) written.set(region, [{ last, clock, causal }])
    else list.push({ last, clock, causal })
  }

  const moves = (region: number, clock: readonly number[], seq: number) => {
    const before = clocks.get(region) ?? EMPTY
    if (before === clock) return
    for (let r = 1; r < before.length; r++)
      if ((clock[r] ?? 0) < (before[r] ?? 0))
        faults.push(`entry ${seq}: region ${region} no longer knows ${r}.${before[r]}`)
    clocks.set(region, clock)
  }

  const receives = (region: number, before: readonly number[], clock: readonly number[], seq: number) => {
    for (let author = 1; author < clock.length; author++) {
      const [from, to] = [before[author] ?? 0, clock[author] ?? 0]
      if (to <= from || author === region) continue
      const list = written.get(author) ?? []
      const cause = list.findLast(({ last, causal: promised }) => promised && last > from && last <= to)
      if (cause === undefined) continue
      for (let r = 1; r < cause.clock.length; r++) {
        if ((clock[r] ?? 0) >= (cause.clock[r] ?? 0)) continue
        faults.push(
          `entry ${seq}: region ${region} observes ${author}.${cause.last} but not its cause ${r}.${cause.clock[r]}`,
        )
      }
    }
  }

  /** Nothing that comes from a removed region changes anything, and nothing reaches it any more (R6). */
  const separates = ({ from, to, changes, clock, seq }: JournalEntry & { kind: 'deliver' }) => {
    if (!removed.has(from) && !removed.has(to)) return
    const before = clocks.get(to) ?? EMPTY
    if (changes.length > 0 || clock.some((n, r) => n > (before[r] ?? 0)))
      faults.push(`entry ${seq}: region ${removed.has(from) ? from : to} was removed, but ${to} took what ${from} sent`)
  }

  const relies = ({ region, reply, clock, at, seq }: JournalEntry & { kind: 'command' }) => {
    const truth = (peer: number) => {
      const known = clocks.get(peer) ?? EMPTY
      return limited ? known : disks.safe(nameOf(peer), wall(peer, at), known)
    }
    const fault = relianceFault(reply, clock, truth)
    if (fault !== undefined) faults.push(`entry ${seq}: region ${region} ${fault}`)
  }

  const controlled = (line: string) => {
    const [verb = '', ...words] = line.split(' ')
    const name = words.length > 1 ? nameOf(Number(words[0])) : undefined
    if (verb === 'causal') causal = words[0] === 'on'
    if (verb === 'memory') limited = true
    if (verb === 'persistence') disks.persistenceSet(words.at(-1) ?? '', name, clockNamed)
    if (verb !== 'clock' || name === undefined) return
    skews.set(name, Number((words[1] ?? '').slice(0, -2)))
    disks.clockSet(name, clockNamed(name))
  }

  const regionChanged = ({ region, name, what, at }: JournalEntry & { kind: 'region' }) => {
    if (what === 'stopped' || what === 'lost') {
      disks.stopped(name, what === 'lost', wall(region, at), clocks.get(region) ?? EMPTY)
      stopped.add(region)
      return
    }
    stopped.delete(region)
    if (what === 'added') disks.joins(name)
    if (what === 'purged') disks.ended(name)
    if (what === 'removed') removed.add(region)
    if (what !== 'started') return
    snapshots.delete(region)
    const kept = disks.started(name)
    // Under its old id it must know what it knew.
    if (!clocks.has(region)) clocks.set(region, kept)
  }

  const bridges = new Bridges(regions.length)
  for (const entry of entries) {
    const broken = bridges.faultBefore(entry, clocks)
    if (broken !== undefined) faults.push(`entry ${entry.seq}: ${broken}`)
    switch (entry.kind) {
      case 'command': {
        const { region, argv, reply, changes, clock, at, seq, dots } = entry
        const seen = clocks.get(region) ?? EMPTY
        if (stopped.has(region)) break
        disks.before(nameOf(region), wall(region, at), seen)
        // Something that expired just before has dots as well.
        const own = changes.some(({ key }) => argv.includes(key)) ? dots : null
        steps.push({ replica: region, argv, reply: reply as Reply, seen, dots: own, wall: wall(region, at) })
        moves(region, clock, seq)
        disks.after(nameOf(region), clock, dots !== null)
        if (dots !== null) wrote(region, dots[1], clock)
        if (argv[0] === 'INFO' && !removed.has(region)) relies(entry)
        break
      }
      case 'tick': {
        const { region, dots, changes, clock, at, seq } = entry
        const seen = clocks.get(region) ?? EMPTY
        disks.before(nameOf(region), wall(region, at), seen)
        for (const { key, event } of changes)
          if (event === 'del' && dots !== null) {
            const base = { replica: region, seen, wall: wall(region, at) }
            // Changes of the list stand between two looks at it: here they tell nothing.
            const look = { ...base, argv: ['LRANGE', key], reply: [], dots: null }
            steps.push(look, { ...base, argv: ['DEL', key], reply: 1, dots }, look)
          }
        moves(region, clock, seq)
        disks.after(nameOf(region), clock, false)
        if (dots !== null) wrote(region, dots[1], clock)
        break
      }
      case 'deliver': {
        const { to, what, clock, at, seq } = entry
        const before = clocks.get(to) ?? EMPTY
        disks.before(nameOf(to), wall(to, at), before)
        separates(entry)
        if (what === 'snapshot') snapshots.set(to, (snapshots.get(to) ?? 0) + 1)
        moves(to, clock, seq)
        disks.after(nameOf(to), clock, false)
        receives(to, before, clock, seq)
        break
      }
      case 'control':
        if (entry.ok) controlled(entry.line)
        break
      case 'region':
        names.set(entry.region, entry.name)
        if (entry.what !== 'added') changed = true
        regionChanged(entry)
        break
      default:
    }
  }
  return { steps, lastDots, snapshots, changed, faults }
}
