/**
 * A sequence: elements at dense positions (`run.ts`) with access by index (`ordered-list.ts`). Lists are one; so is each array in a JSON document. Changes are
 * prepared here from what can be seen (L2, L4: `prepareInsert`) and applied by the same functions at their origin and elsewhere.
 *
 * Sources are not ordered among each other, so a removal may come before the element (it stays in `early`), and a run before the one that it hangs on (it waits
 * in `dependents`). Elements of one run come from one source, in its order, without gaps: a removal of an index within the extents needs no tombstone.
 */
import { covers, coversAll, raise, setComponent, type Clock } from '../../causality/clock.ts'
import type { Stamp } from '../type.ts'
import { Places } from './places.ts'
import {
  attach,
  isLeftOf,
  isRightOf,
  ownRun,
  ROOT_ANCHOR,
  Run,
  runIdOf,
  withinReplica,
  type Anchor,
  type Element,
  type Range,
  type RunId,
} from './run.ts'
import { sweep } from './sweep.ts'

/** Values that one write inserts side by side. */
export interface Insert<V> {
  readonly kind: 'insert'
  /** Within the author's own: see `ownRun`. */
  readonly run: RunId
  /** Where a new run hangs; null: the run goes on. */
  readonly anchor: Anchor | null
  /** Goes on in front: each value before the one that it follows here. */
  readonly left: boolean
  readonly values: readonly V[]
}

/** Elements that one write removes: neighbours in a run. */
export interface Span extends Range {
  readonly run: RunId
}

/** What applying needs to know of a write. `leave` is handed names that `collect` understands. */
export type SequenceStamp = Pick<Stamp, 'origin' | 'n' | 'seen' | 'solo' | 'leave'>

/** Turns an arriving value into the element's, given what came before it (an update that overtook it). Called for dead ones too. */
export type Adopt<V> = (run: RunId, i: number, value: V) => V

export class Sequence<V> {
  readonly root = new Run<V>(0)
  readonly runs = new Map<RunId, Run<V>>()
  readonly places = new Places<V>(this.root)
  /** The elements that have their place, by index and in order. */
  readonly order = this.places.order
  /** Live elements that have no place yet: they have been observed, but nobody can see them. */
  waiting = 0
  /** Runs that became due since the last sweep. */
  fresh = 0
  /** The latest run that was made: its dot's number, and which of that dot's runs it is. */
  #dot = 0
  #nth = 0

  constructor() {
    this.root.depth = 0
  }

  get length(): number {
    return this.order.length
  }

  /** False when nothing is left of it, dead runs included. */
  get isNeeded(): boolean {
    return this.runs.size > 0
  }

  /** The live element at a position, placed or waiting. */
  find(id: RunId, i: number): Element<V> | undefined {
    const run = this.runs.get(id)
    if (run === undefined || run.live === 0 || !run.knows(i)) return undefined
    if (run.depth < 0) return run.extra?.waiting.find((element) => element.i === i)
    const leaf = this.places.locate(run, i)
    return leaf === undefined ? undefined : leaf.items[this.order.slot]
  }

  // Preparing (reads only)

  /**
   * Inserting values, in their order, so that the first gets this index (0 … length); `self` and `n` are the write's dot. Undefined when this write made too many
   * runs already.
   */
  prepareInsert(self: number, n: number, index: number, values: readonly V[]): Insert<V> | undefined {
    const { order } = this
    const leaf = this.places.seek(index)
    const { slot } = order
    const before = leaf.items[slot]
    const after = slot > 0 ? leaf.items[slot - 1] : leaf.previous?.items.at(-1)
    if (after !== undefined && after.run.replica === self && after.i >= 0) {
      if (before === undefined || !isRightOf(before, after)) return goOn(after.run.id, false, values)
    }
    if (before !== undefined && before.run.replica === self && before.i <= 0) {
      if (after === undefined || !isLeftOf(after, before)) {
        return goOn(before.run.id, true, values.length === 1 ? values : values.toReversed())
      }
    }
    const nth = this.#dot === n ? this.#nth + 1 : 0
    if (runIdOf(self, n, nth) === undefined) return undefined
    return { kind: 'insert', run: nth, anchor: anchorBetween(after, before), left: false, values }
  }

  /** Removing `count` elements from an index on; there must be as many. */
  prepareRemove(index: number, count: number): Span[] {
    const spans: Span[] = []
    this.order.each(index, (element) => {
      if (count-- <= 0) return false
      addToSpans(spans, element)
      return true
    })
    return spans
  }

  // Applying

  /** `dead`: the removal of all that is around it has been observed by someone who had observed this too. */
  insert(op: Insert<V>, at: SequenceStamp, dead: boolean, adopt: Adopt<V> | null = null): void {
    const run = this.runOf(ownRun(op, at.origin, at.n))
    this.#revive(run)
    if (op.anchor !== null) {
      this.#dot = at.n
      this.#nth = op.run
      if (run.parent === null) this.define(run, op.anchor, run.id, at)
    }
    if (dead) raise((run.by ??= []), at.seen)
    for (const given of op.values) {
      const i = op.left ? run.min - 1 : run.max + 1
      if (op.left) run.min = i
      else run.max = i
      const value = adopt === null ? given : adopt(run.id, i, given)
      if (takeEarly(run, i) || dead) continue
      const element: Element<V> = { run, i, n: at.n, value }
      run.live++
      if (run.depth < 0) this.wait(element)
      else this.places.place(element, op.left)
    }
    if (run.live === 0) this.#emptied(run, at)
  }

  /** How many of the elements were there. */
  remove(spans: readonly Span[], at: SequenceStamp): number {
    let removed = 0
    for (const { run: id, from, to } of spans) {
      const run = this.runOf(id)
      setComponent((run.by ??= []), at.origin, Math.max(at.n, run.by[at.origin] ?? 0))
      const before = run.live
      this.removeRange(run, from, to)
      removed += before - run.live
      if (run.live === 0 && before > 0) this.#emptied(run, at)
    }
    return removed
  }

  /** Indices whose insertion has not been received are noted, so that they are dead on arrival. */
  removeRange(run: Run<V>, from: number, to: number): void {
    for (let i = Math.max(from, run.min); i <= Math.min(to, run.max) && run.live > 0; i++) this.kill(run, i)
    if (from < run.min) run.more.early.push({ from, to: Math.min(to, run.min - 1) })
    if (to > run.max) run.more.early.push({ from: Math.max(from, run.max + 1), to })
  }

  /** Removes all that a clock covers. */
  removeAll(clock: Clock, at: SequenceStamp): void {
    if (coversAll(clock, at.seen)) {
      this.places.clear()
      this.waiting = 0
      for (const run of this.runs.values()) this.#clear(run, at)
      return
    }
    const isDead = (element: Element<V>) => covers(clock, element.run.replica, element.n)
    const touched = new Set<Run<V>>()
    const dies = (element: Element<V>): boolean => {
      if (!isDead(element)) return false
      if (element.i === 0) element.run.zero = null
      if (--element.run.live === 0) element.run.leaf = null
      touched.add(element.run)
      return true
    }
    const survivors = [...this.order].filter((element) => !dies(element))
    if (survivors.length < this.order.length) {
      this.places.clear()
      for (const element of survivors) this.places.append(element)
    }
    for (const run of this.runs.values()) {
      if (run.extra === null) continue
      const { waiting } = run.extra
      run.extra.waiting = waiting.filter((element) => !dies(element))
      this.waiting -= waiting.length - run.extra.waiting.length
    }
    for (const run of touched) {
      this.#removedBy(run, at)
      if (run.live === 0) this.#emptied(run, at)
    }
  }

  /** Takes out one live element. False when there is none. */
  kill(run: Run<V>, i: number): boolean {
    if (run.depth < 0) {
      const waiting = run.extra?.waiting ?? []
      const at = waiting.findIndex((element) => element.i === i)
      if (at < 0) return false
      waiting.splice(at, 1)
      this.waiting--
    } else {
      const leaf = this.places.locate(run, i)
      if (leaf === undefined) return false
      this.order.removeAt(leaf, this.order.slot)
    }
    if (i === 0) run.zero = null
    if (--run.live === 0) run.leaf = null
    return true
  }

  /** The run of an id, made if it is not known yet. */
  runOf(id: RunId): Run<V> {
    let run = this.runs.get(id)
    if (run === undefined) this.runs.set(id, (run = new Run<V>(id)))
    return run
  }

  /** Hangs a run up. It gets its place, and what waited for it too, once all above it have theirs. */
  define(run: Run<V>, anchor: Anchor, rank: RunId, at: SequenceStamp | null): void {
    const parent = anchor.run === 0 ? this.root : this.runOf(anchor.run)
    run.parent = parent
    run.at = anchor.at
    run.right = anchor.right
    run.rank = rank
    this.#revive(parent)
    if (parent.depth < 0) {
      parent.more.dependents.push(run)
      return
    }
    const ready = [run]
    for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
      attach(next, next.parent as Run<V>)
      if (next.extra !== null) {
        const { waiting, dependents } = next.extra
        next.extra.waiting = []
        next.extra.dependents = []
        this.waiting -= waiting.length
        for (const element of waiting) this.places.place(element, false)
        ready.push(...dependents)
      }
      if (at !== null && next.live === 0 && next.max >= next.min) this.#emptied(next, at)
    }
  }

  /** Puts in an element that arrived with a whole state. */
  adopt(element: Element<V>): void {
    element.run.live++
    if (element.run.depth < 0) this.wait(element)
    else this.places.place(element, false)
  }

  /** Keeps an element until its run is placed. */
  wait(element: Element<V>): void {
    element.run.more.waiting.push(element)
    this.waiting++
  }

  // Collecting

  /** `name` is what was left (an id in decimal). Drops the run once nobody can refer to it any more; true when it must wait for that. */
  collect(name: string, stable: Clock): boolean {
    const run = this.runs.get(Number(name))
    if (run === undefined || run.live > 0 || run.due || run.depth < 0) return false
    if (run.by !== null && !coversAll(stable, run.by)) return true
    this.#due(run)
    return false
  }

  /** After a merge: every run without elements is left for collection, once all that is observed now is stable. */
  leaveEmptyRuns(at: SequenceStamp): void {
    for (const run of this.runs.values()) {
      if (run.live > 0 || run.due || run.depth < 0) continue
      raise((run.by ??= []), at.seen)
      at.leave(String(run.id))
    }
  }

  #clear(run: Run<V>, at: SequenceStamp): void {
    if (run.live === 0) return
    run.live = 0
    run.leaf = run.zero = null
    if (run.extra !== null) run.extra.waiting = []
    this.#removedBy(run, at)
    this.#emptied(run, at)
  }

  /** In a merge (origin 0) it is not known which write it was. */
  #removedBy(run: Run<V>, at: SequenceStamp): void {
    run.by ??= []
    if (at.origin === 0) raise(run.by, at.seen)
    else setComponent(run.by, at.origin, Math.max(at.n, run.by[at.origin] ?? 0))
  }

  #emptied(run: Run<V>, at: SequenceStamp): void {
    if (run.depth < 0) return
    if (at.solo && at.origin !== 0) this.#due(run)
    else at.leave(String(run.id))
  }

  #due(run: Run<V>): void {
    if (run.due) return
    run.due = true
    this.fresh++
    if (this.fresh * 2 > this.runs.size) sweep(this)
  }

  #revive(run: Run<V>): void {
    if (!run.due) return
    run.due = false
    this.fresh = Math.max(0, this.fresh - 1)
  }
}

function goOn<V>(run: RunId, left: boolean, values: readonly V[]): Insert<V> {
  return { kind: 'insert', run: withinReplica(run), anchor: null, left, values }
}

/** Where a new run hangs that comes between two visible neighbours. */
function anchorBetween<V>(after: Element<V> | undefined, before: Element<V> | undefined): Anchor {
  if (after === undefined) {
    return before === undefined ? ROOT_ANCHOR : { run: before.run.id, at: before.i, right: false }
  }
  if (before === undefined || !isRightOf(before, after)) return { run: after.run.id, at: after.i, right: true }
  // Before the next index of the run, whether an element still lives there or not: so concurrent removals do not change where it goes (J4).
  return { run: before.run.id, at: before.run === after.run ? after.i + 1 : before.i, right: false }
}

/** Adds an element to spans, which it prolongs when it is the neighbour of the last. */
export function addToSpans<V>(spans: Span[], { run, i }: Element<V>): void {
  const last = spans.at(-1)
  if (last !== undefined && last.run === run.id && last.to === i - 1) spans[spans.length - 1] = { ...last, to: i }
  else spans.push({ run: run.id, from: i, to: i })
}

/** Had the index been removed before it arrived? */
function takeEarly<V>(run: Run<V>, i: number): boolean {
  const { extra } = run
  if (extra === null || extra.early.length === 0) return false
  const dead = extra.early.some(({ from, to }) => i >= from && i <= to)
  if (dead) extra.early = extra.early.filter(({ from, to }) => from < run.min || to > run.max)
  return dead
}
