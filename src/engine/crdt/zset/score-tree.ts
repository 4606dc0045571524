/**
 * Members in the order of (score, bytes of the name): a counted B+-tree. Adding, removing and ranks are O(log n), a range of m entries O(log n + m). An entry is two
 * plain values, so nothing here can go stale when a member changes: whoever changes one removes the old entry and adds the new one.
 */
import { assert, type Bytes } from '../../../lib/index.ts'

const MOST = 64
const LEAST = MOST / 4
/** How full a node is made when the tree is built from sorted entries. */
const BUILT = 48

export interface Entry {
  readonly score: number
  readonly name: Bytes
}

/** Sorts entries in place, as the tree has them. */
export function inOrder(entries: Entry[]): Entry[] {
  return entries.sort((a, b) => (a.score === b.score ? (a.name < b.name ? -1 : 1) : a.score < b.score ? -1 : 1))
}

/** Holds entries; in a branch, entry i is no greater than anything below child i and greater than anything below child i−1 (entry 0 means nothing). */
class Node {
  scores: number[]
  names: Bytes[]
  /** Null in a leaf. */
  children: Node[] | null
  /** Entries below. */
  size: number

  constructor(scores: number[], names: Bytes[], children: Node[] | null) {
    this.scores = scores
    this.names = names
    this.children = children
    this.size = children === null ? names.length : sizeOf(children)
  }
}

export class ScoreTree {
  #root = new Node([], [], null)

  /** From entries in order, none twice. */
  static from(entries: readonly Entry[]): ScoreTree {
    const tree = new ScoreTree()
    let level = chunks(entries).map((some) => new Node(scoresOf(some), namesOf(some), null))
    while (level.length > 1) {
      level = chunks(level).map((some) => {
        const firsts = some.map((node): Entry => ({ score: node.scores[0] as number, name: node.names[0] as Bytes }))
        return new Node(scoresOf(firsts), namesOf(firsts), some)
      })
    }
    tree.#root = level[0] ?? tree.#root
    return tree
  }

  get size(): number {
    return this.#root.size
  }

  /** Adds an entry that is not there. */
  add(score: number, name: Bytes): void {
    const root = this.#root
    const right = add(root, score, name)
    if (right === null) return
    const scores = [root.scores[0] as number, right.scores[0] as number]
    this.#root = new Node(scores, [root.names[0] as Bytes, right.names[0] as Bytes], [root, right])
  }

  /** Removes an entry that is there. */
  delete(score: number, name: Bytes): void {
    remove(this.#root, score, name)
    const { children } = this.#root
    if (children !== null && children.length === 1) this.#root = children[0] as Node
  }

  /** How many entries come before this one. */
  rank(score: number, name: Bytes): number {
    let node = this.#root
    let before = 0
    while (node.children !== null) {
      const i = childFor(node, score, name)
      for (let c = 0; c < i; c++) before += (node.children[c] as Node).size
      node = node.children[i] as Node
    }
    return before + lowerBound(node, score, name)
  }

  /** How many entries at the beginning `comes` says yes to; once it says no it must go on doing so. */
  countWhile(comes: (score: number, name: Bytes) => boolean): number {
    let node = this.#root
    let before = 0
    for (;;) {
      const { scores, names, children } = node
      let low = children === null ? 0 : 1
      let high = names.length
      while (low < high) {
        const middle = (low + high) >> 1
        if (comes(scores[middle] as number, names[middle] as Bytes)) low = middle + 1
        else high = middle
      }
      if (children === null) return before + low
      for (let c = 0; c < low - 1; c++) before += (children[c] as Node).size
      node = children[low - 1] as Node
    }
  }

  /** Names of the entries from place `from` to before `to`, both within 0 … size; an array of one's own. */
  names(from: number, to: number): Bytes[] {
    return gather(this.#root, from, to, (leaf) => leaf.names)
  }

  scores(from: number, to: number): number[] {
    return gather(this.#root, from, to, (leaf) => leaf.scores)
  }
}

/** Reads places `from` to before `to`: most ranges lie in one leaf. */
function gather<T>(root: Node, from: number, to: number, read: (leaf: Node) => T[]): T[] {
  if (from >= to) return []
  let node = root
  while (node.children !== null) {
    let i = 0
    let child = node.children[0] as Node
    while (from >= child.size) {
      from -= child.size
      to -= child.size
      child = node.children[++i] as Node
    }
    if (to > child.size) {
      const out: T[] = []
      append(node.children, i, from, to, read, out)
      return out
    }
    node = child
  }
  return read(node).slice(from, to)
}

/** `from` and `to` count from the beginning of child `i`. */
function append<T>(
  children: readonly Node[],
  i: number,
  from: number,
  to: number,
  read: (leaf: Node) => T[],
  out: T[],
): void {
  for (; to > 0 && i < children.length; i++) {
    const child = children[i] as Node
    if (from < child.size) {
      if (child.children !== null) append(child.children, 0, from, to, read, out)
      else for (const item of read(child).slice(from, to)) out.push(item)
    }
    from = Math.max(0, from - child.size)
    to -= child.size
  }
}

/** The first place whose entry is not before this one. */
function lowerBound(node: Node, score: number, name: Bytes): number {
  const { scores, names } = node
  let low = 0
  let high = names.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = scores[middle] as number
    if (other < score || (other === score && (names[middle] as Bytes) < name)) low = middle + 1
    else high = middle
  }
  return low
}

/** Below which child an entry belongs. */
function childFor(node: Node, score: number, name: Bytes): number {
  const at = lowerBound(node, score, name)
  if (at < node.names.length && node.scores[at] === score && node.names[at] === name) return at
  return at === 0 ? 0 : at - 1
}

/** The new right neighbour if the node had to be split. */
function add(node: Node, score: number, name: Bytes): Node | null {
  node.size++
  if (node.children === null) {
    const at = lowerBound(node, score, name)
    node.scores.splice(at, 0, score)
    node.names.splice(at, 0, name)
  } else {
    const at = childFor(node, score, name)
    const right = add(node.children[at] as Node, score, name)
    if (right === null) return null
    insertChild(node, at + 1, right)
  }
  return node.names.length > MOST ? split(node) : null
}

function insertChild(node: Node, at: number, child: Node): void {
  node.scores.splice(at, 0, child.scores[0] as number)
  node.names.splice(at, 0, child.names[0] as Bytes)
  node.children?.splice(at, 0, child)
}

function split(node: Node): Node {
  const middle = node.names.length >> 1
  const right = new Node(
    node.scores.splice(middle),
    node.names.splice(middle),
    node.children === null ? null : node.children.splice(middle),
  )
  node.size -= right.size
  return right
}

function remove(node: Node, score: number, name: Bytes): void {
  node.size--
  if (node.children === null) {
    const at = lowerBound(node, score, name)
    assert(node.names[at] === name, 'a member stands in the order under its score')
    node.scores.splice(at, 1)
    node.names.splice(at, 1)
    return
  }
  const at = childFor(node, score, name)
  const child = node.children[at] as Node
  remove(child, score, name)
  if (child.names.length < LEAST && node.children.length > 1) refill(node, node.children, at)
}

/** Joins a child that has become small with a neighbour, and splits them anew if that is too much for one. */
function refill(node: Node, children: Node[], at: number): void {
  const second = Math.max(at, 1)
  const left = children[second - 1] as Node
  const right = children[second] as Node
  if (left.children !== null && right.children !== null) {
    // Entry 0 of a branch means nothing until the branch stands behind another: the parent knows what it must be.
    right.scores[0] = node.scores[second] as number
    right.names[0] = node.names[second] as Bytes
    left.children.push(...right.children)
  }
  left.scores.push(...right.scores)
  left.names.push(...right.names)
  left.size += right.size
  node.scores.splice(second, 1)
  node.names.splice(second, 1)
  children.splice(second, 1)
  if (left.names.length > MOST) insertChild(node, second, split(left))
}

const scoresOf = (entries: readonly Entry[]): number[] => entries.map((entry) => entry.score)
const namesOf = (entries: readonly Entry[]): Bytes[] => entries.map((entry) => entry.name)

const sizeOf = (children: readonly Node[]): number => children.reduce((sum, child) => sum + child.size, 0)

function chunks<T>(items: readonly T[]): T[][] {
  const out: T[][] = []
  for (let at = 0; at < items.length; at += BUILT) out.push(items.slice(at, at + BUILT))
  return out
}
