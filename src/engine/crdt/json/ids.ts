/** What containers and elements are known by, and where fields stand among their fellows. */
import type { Sibling } from '../parts/cell.ts'
import type { RunId } from '../sequence/run.ts'

/** The `index`-th container of write (origin, n), in the order of its text. */
export interface NodeId {
  readonly origin: number
  readonly n: number
  readonly index: number
}

/** An element by its place in the array's sequence, which never changes. */
export interface ElementId {
  readonly run: RunId
  readonly i: number
}

export function nodeKey(id: NodeId): string {
  return `${id.origin}.${id.n}.${id.index}`
}

export function elementKey(id: ElementId): string {
  return `${id.run}.${id.i}`
}

// Ranks: where a field stands among its fellows

/**
 * A cell chooses the sibling with the latest wall clock, then the smaller replica id. Here the replica id decides alone (J1): what stands in for the wall
 * clock is larger for smaller ids, and carries the field's rank below that.
 */
const RANKS = 2 ** 40

export function priorityOf(origin: number, rank: number): number {
  return (256 - origin) * RANKS + rank
}

export function rankOf(sibling: Sibling): number {
  return sibling.wall % RANKS
}

/** The rank after `last` of a field that `replica` adds: fields added at once in several regions get different ones. */
export function rankAfter(last: number, replica: number): number {
  return (Math.floor(last / 256) + 1) * 256 + replica
}
