/**
 * Positions: where an element stands, as a value of its own, so that a removed element leaves nothing behind. A position is a run and an index in it.
 * A run belongs to the replica that started it, and only that replica extends it: behind (1, 2, 3 …) or in front (−1, −2 …) of its element 0.
 *
 * Runs form a tree. A run hangs on a position of another (its anchor), to the left or right of it, whether or not an element lives there. The order is
 * Fugue's: left children of an element, the element, its right children; children of one side by the replica that made them, then by age. Continuing
 * a run is being a child whose rank is the run's own id. Of runs that no longer have elements the tree keeps what it needs (`sweep.ts`): a run's `rank` is
 * the id of the topmost of those that stood between it and its anchor.
 *
 * Trees get deep (two regions that push in turn make a chain), so every run knows an ancestor far above it (`jump`, as in skew-binary lists): comparing two
 * positions takes O(log depth).
 */
import type { Clock } from '../../causality/clock.ts'
import type { Leaf } from './ordered-list.ts'

/** A run's id as one number, in the order of replicas, then of age: replica (8 bits), the dot that made it (32), which of that dot's runs (13). */
export type RunId = number

const PER_DOT = 2 ** 13
const PER_REPLICA = 2 ** 45

/** `nth`: 0 for the first run that a dot makes in a sequence. Undefined when a dot makes too many. */
export function runIdOf(replica: number, n: number, nth: number): RunId | undefined {
  return nth < PER_DOT ? replica * PER_REPLICA + n * PER_DOT + nth : undefined
}

/** What a change says of a run of its author's: its id, less the replica; for a new one, less the dot. */
export function ownRun(op: { readonly run: RunId; readonly anchor: Anchor | null }, replica: number, n: number): RunId {
  return replica * PER_REPLICA + (op.anchor === null ? op.run : n * PER_DOT + op.run)
}

export const withinReplica = (id: RunId): RunId => id % PER_REPLICA
export const replicaOfRun = (id: RunId): number => Math.floor(id / PER_REPLICA)
export const dotOfRun = (id: RunId): number => Math.floor((id % PER_REPLICA) / PER_DOT)
export const nthOfRun = (id: RunId): number => id % PER_DOT

/** Where a run hangs. `run` 0 is the root: the sequence itself. */
export interface Anchor {
  readonly run: RunId
  readonly at: number
  readonly right: boolean
}

export const ROOT_ANCHOR: Anchor = { run: 0, at: 0, right: true }

export interface Element<V> {
  readonly run: Run<V>
  readonly i: number
  /** Number of the dot that inserted it; the author is the run's replica. */
  readonly n: number
  value: V
}

/** Indices `from` … `to`. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** What few runs have. */
interface Extra<V> {
  /** Removed here before they arrived: indices beyond the extents. */
  early: Range[]
  /** Elements that wait for the run to be placed. */
  waiting: Element<V>[]
  /** Runs that wait for this one to be placed. */
  dependents: Run<V>[]
  /** The anchor as the author gave it, when the tree has changed it since. */
  original: Anchor | null
}

export class Run<V> {
  readonly id: RunId
  readonly replica: number
  /** Null: not known yet (or the root). */
  parent: Run<V> | null = null
  at = 0
  right = true
  rank: RunId
  /** −1 while not placed: this run, or one above it, has not arrived. */
  depth = -1
  jump: Run<V> = this
  /** Elements that live, waiting ones too. */
  live = 0
  /** The extents: which indices have been used, as far as is known here; none when `min` > `max`. Each was received, alive or not. */
  min = 0
  max = -1
  /** The writes that removed elements; joined with more where it is not known exactly. */
  by: Clock | null = null
  /** Nobody can refer to it any more: to be swept. */
  due = false
  /** A leaf where elements of it may lie: one of the list, or empty. Null while none lives. */
  leaf: Leaf<Element<V>> | null = null
  /** Element 0, while it lives and has its place. */
  zero: Element<V> | null = null
  extra: Extra<V> | null = null

  constructor(id: RunId) {
    this.id = id
    this.rank = id
    this.replica = replicaOfRun(id)
  }

  get more(): Extra<V> {
    return (this.extra ??= { early: [], waiting: [], dependents: [], original: null })
  }

  /** Has the insertion of this index been received? */
  knows(i: number): boolean {
    return i >= this.min && i <= this.max
  }
}

/** Takes its place below its parent, which has one. */
export function attach<V>(run: Run<V>, parent: Run<V>): void {
  run.depth = parent.depth + 1
  const { jump } = parent
  run.jump = parent.depth - jump.depth === jump.depth - jump.jump.depth ? jump.jump : parent
}

function ancestor<V>(run: Run<V>, depth: number): Run<V> {
  while (run.depth > depth) run = run.jump.depth >= depth ? run.jump : (run.parent as Run<V>)
  return run
}

/** Negative when position (a, i) comes before (b, j), positive when after. Both runs are placed. */
export function compare<V>(a: Run<V>, i: number, b: Run<V>, j: number): number {
  if (a === b) return i - j
  let x = a
  let y = b
  if (a.depth > b.depth) {
    const child = ancestor(a, b.depth + 1)
    if (child.parent === b) return compareWithin(b, child.at, child, j, null)
    x = child.parent as Run<V>
  } else if (b.depth > a.depth) {
    const child = ancestor(b, a.depth + 1)
    if (child.parent === a) return compareWithin(a, i, null, child.at, child)
    y = child.parent as Run<V>
  }
  while (x.parent !== y.parent) {
    const far = x.jump !== y.jump
    x = far ? x.jump : (x.parent as Run<V>)
    y = far ? y.jump : (y.parent as Run<V>)
  }
  return compareWithin(x.parent as Run<V>, x.at, x, y.at, y)
}

/** Two paths part in a run: at indices i and j, each going on through a child, or ending at the element itself (null). */
function compareWithin<V>(run: Run<V>, i: number, a: Run<V> | null, j: number, b: Run<V> | null): number {
  if (i > j) return -compareWithin(run, j, b, i, a)
  if (i === j) {
    if (a === null) return (b as Run<V>).right ? -1 : 1
    if (b === null) return a.right ? 1 : -1
    return a.right === b.right ? a.rank - b.rank : a.right ? 1 : -1
  }
  // The index nearer to 0 is the ancestor; the other lies in its continuation, which ranks among its children by the run's own id.
  if (i >= 0) return a === null || !a.right || a.rank < run.id ? -1 : 1
  if (j <= 0) return b === null || b.right || b.rank > run.id ? -1 : 1
  return -1
}

/** The index at which the path to (run, i) passes through `through`, and the child by which it goes on; undefined when it does not. */
function passage<V>(run: Run<V>, i: number, through: Run<V>): { at: number; child: Run<V> | null } | undefined {
  if (run === through) return { at: i, child: null }
  if (run.depth <= through.depth) return undefined
  const child = ancestor(run, through.depth + 1)
  return child.parent === through ? { at: child.at, child } : undefined
}

/** Is position b among the right descendants of a? */
export function isRightOf<V>(b: Element<V>, a: Element<V>): boolean {
  const way = passage(b.run, b.i, a.run)
  if (way === undefined) return false
  if (way.at === a.i) return way.child !== null && way.child.right
  return a.i >= 0 && way.at > a.i
}

/** Is position a among the left descendants of b? */
export function isLeftOf<V>(a: Element<V>, b: Element<V>): boolean {
  const way = passage(a.run, a.i, b.run)
  if (way === undefined) return false
  if (way.at === b.i) return way.child !== null && !way.child.right
  return b.i <= 0 && way.at < b.i
}
