/** Joins two whole sequences. What a side lacks although its clock covers it had been removed there; so no tombstone is needed. */
import { covers, type Clock } from '../../causality/clock.ts'
import { dotOfRun, type Anchor, type Element, type Run } from './run.ts'
import type { Adopt, Sequence } from './sequence.ts'

interface Values<V> {
  /** Joins the values of one element. */
  readonly join: (mine: V, theirs: V) => V
  readonly adopt: Adopt<V> | null
}

export function mergeSequence<V>(
  into: Sequence<V>,
  intoSeen: Clock,
  from: Sequence<V>,
  fromSeen: Clock,
  values: Values<V>,
): void {
  const theirRuns = [...from.runs.values()].sort((a, b) => order(a) - order(b))
  for (const theirs of theirRuns) graft(into, intoSeen, theirs)
  for (const mine of elementsOf(into)) {
    const theirs = from.find(mine.run.id, mine.i)
    if (theirs !== undefined) mine.value = values.join(mine.value, theirs.value)
    else if (covers(fromSeen, mine.run.replica, mine.n)) into.kill(mine.run, mine.i)
  }
  for (const theirs of theirRuns) {
    for (const { from: first, to } of theirs.extra?.early ?? []) {
      const mine = into.runs.get(theirs.id)
      if (mine !== undefined) into.removeRange(mine, first, to)
    }
  }
  for (const theirs of elementsOf(from)) {
    const { i, n, run } = theirs
    if (covers(intoSeen, run.replica, n)) continue
    const mine = into.runOf(run.id)
    const value = values.adopt === null ? theirs.value : values.adopt(run.id, i, theirs.value)
    if (mine.extra?.early.some((range) => i >= range.from && i <= range.to)) continue
    into.adopt({ run: mine, i, n, value })
  }
  for (const theirs of theirRuns) joinExtents(into.runs.get(theirs.id), theirs)
  forgetOrphans(into, intoSeen, fromSeen)
}

function order<V>(run: Run<V>): number {
  return run.depth < 0 ? Number.MAX_SAFE_INTEGER : run.depth
}

function elementsOf<V>(sequence: Sequence<V>): Element<V>[] {
  const waiting = [...sequence.runs.values()].flatMap((run) => run.extra?.waiting ?? [])
  return [...sequence.order, ...waiting]
}

/** Makes their run known here, unless it was known and swept. */
function graft<V>(into: Sequence<V>, intoSeen: Clock, theirs: Run<V>): void {
  if (!into.runs.has(theirs.id) && covers(intoSeen, theirs.replica, dotOfRun(theirs.id))) return
  const mine = into.runOf(theirs.id)
  if (mine.depth >= 0 || theirs.parent === null) return
  if (mine.parent !== null) {
    if (theirs.depth < 0) return
    const { extra } = mine.parent
    if (extra !== null) extra.dependents = extra.dependents.filter((run) => run !== mine)
  }
  const here: Anchor = { run: theirs.parent.id, at: theirs.at, right: theirs.right }
  const original = theirs.extra?.original ?? null
  // Where the run between is still known here, it hangs on that one, as its author said.
  if (original === null || (into.runs.get(original.run)?.depth ?? -1) >= 0) {
    into.define(mine, original ?? here, mine.id, null)
  } else {
    mine.more.original = original
    into.define(mine, here, theirs.rank, null)
  }
}

/** Of the extents, an end is further where more has been received. */
function joinExtents<V>(mine: Run<V> | undefined, theirs: Run<V>): void {
  if (mine === undefined || theirs.min > theirs.max) return
  mine.max = Math.max(mine.max, theirs.max)
  mine.min = Math.min(mine.min, theirs.min)
  const { extra } = mine
  if (extra !== null) extra.early = extra.early.filter(({ from, to }) => from < mine.min || to > mine.max)
}

/** What waits for a run that will not come any more, because the other side had swept it, is dead too. */
function forgetOrphans<V>(into: Sequence<V>, intoSeen: Clock, fromSeen: Clock): void {
  for (const run of into.runs.values()) {
    if (run.depth >= 0 || run.live > 0) continue
    let top = run
    while (top.parent !== null) top = top.parent
    const dot = dotOfRun(top.id)
    if (covers(intoSeen, top.replica, dot) || covers(fromSeen, top.replica, dot)) into.runs.delete(run.id)
  }
}
