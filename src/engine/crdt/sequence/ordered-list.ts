/**
 * A list with access by index: a counted B+-tree. Getting, inserting and removing anywhere take O(log n), at both ends O(1) amortised but for the counts
 * on the way to the root. It knows nothing of what it holds; whoever inserts says where.
 */
const LEAF_SIZE = 64
const BRANCH_SIZE = 32

export class Leaf<T> {
  parent: Branch<T> | null = null
  previous: Leaf<T> | null = null
  next: Leaf<T> | null = null
  items: T[] = []

  get size(): number {
    return this.items.length
  }
}

class Branch<T> {
  parent: Branch<T> | null = null
  size = 0
  children: Node<T>[] = []
}

type Node<T> = Leaf<T> | Branch<T>

export class OrderedList<T> {
  #root: Node<T> = new Leaf<T>()
  #first: Leaf<T> = this.#root as Leaf<T>
  #last: Leaf<T> = this.#first
  /** Where `seek`, `search` and `insert` ended, within the leaf that they gave. */
  slot = 0

  get length(): number {
    return this.#root.size
  }

  get first(): T | undefined {
    return this.#first.items[0]
  }

  get last(): T | undefined {
    return this.#last.items.at(-1)
  }

  get firstLeaf(): Leaf<T> {
    return this.#first
  }

  get lastLeaf(): Leaf<T> {
    return this.#last
  }

  /** The item at an index, 0 … length−1; undefined elsewhere. */
  at(index: number): T | undefined {
    return index < 0 || index >= this.length ? undefined : this.seek(index).items[this.slot]
  }

  /** The leaf with the place of an index, 0 … length, and the `slot` in it. */
  seek(index: number): Leaf<T> {
    let node = this.#root
    while (node instanceof Branch) {
      const { children }: Branch<T> = node
      let child = 0
      for (; child < children.length - 1; child++) {
        const { size } = children[child] as Node<T>
        if (index < size) break
        index -= size
      }
      node = children[child] as Node<T>
    }
    this.slot = index
    return node
  }

  /** The leaf and `slot` of the first item for which `compare` is not negative (the end when there is none). Items are in the order of `compare`. */
  search(compare: (item: T) => number): Leaf<T> {
    let node = this.#root
    while (node instanceof Branch) {
      const { children }: Branch<T> = node
      let low = 0
      let high = children.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (compare(firstOf(children[middle] as Node<T>)) <= 0) low = middle
        else high = middle - 1
      }
      node = children[low] as Node<T>
    }
    this.slot = searchLeaf(node, compare)
    return node
  }

  /** Inserts before the item at `slot` of a leaf of this list; gives the leaf in which it came to lie. */
  insert(leaf: Leaf<T>, slot: number, item: T): Leaf<T> {
    if (leaf.items.length >= LEAF_SIZE) {
      // What grows at an end leaves full leaves behind.
      const at =
        slot === leaf.items.length && leaf.next === null ? slot : slot === 0 && !leaf.previous ? 0 : LEAF_SIZE / 2
      const split = this.#split(leaf, at)
      if (slot > at || slot === LEAF_SIZE) {
        leaf = split
        slot -= at
      }
    }
    const { items } = leaf
    if (slot === items.length) items.push(item)
    else if (slot === 0) items.unshift(item)
    else items.splice(slot, 0, item)
    this.slot = slot
    for (let up = leaf.parent; up !== null; up = up.parent) up.size++
    return leaf
  }

  /** Adds behind all others. */
  push(item: T): Leaf<T> {
    return this.insert(this.#last, this.#last.items.length, item)
  }

  removeAt(leaf: Leaf<T>, slot: number): void {
    const { items } = leaf
    if (slot === 0) items.shift()
    else if (slot === items.length - 1) items.pop()
    else items.splice(slot, 1)
    for (let up = leaf.parent; up !== null; up = up.parent) up.size--
    const { next } = leaf
    if (items.length === 0) this.#drop(leaf)
    else if (items.length < LEAF_SIZE / 4 && next !== null && items.length + next.items.length < LEAF_SIZE / 2) {
      this.#mergeNext(leaf, next)
    }
  }

  /** Calls for each item from an index on, until `visit` gives false or the end is reached. */
  each(from: number, visit: (item: T, index: number) => unknown): void {
    if (from >= this.length) return
    let index = from
    let leaf: Leaf<T> | null = this.seek(from)
    let { slot } = this
    for (; leaf !== null; leaf = leaf.next, slot = 0) {
      for (const { items } = leaf; slot < items.length; slot++) {
        if (visit(items[slot] as T, index++) === false) return
      }
    }
  }

  /** Like `each`, from an index down to 0. */
  eachBack(from: number, visit: (item: T, index: number) => unknown): void {
    if (from < 0) return
    let index = from
    let leaf: Leaf<T> | null = this.seek(from)
    let { slot } = this
    for (; leaf !== null; leaf = leaf.previous, slot = leaf === null ? 0 : leaf.items.length - 1) {
      for (; slot >= 0; slot--) if (visit(leaf.items[slot] as T, index--) === false) return
    }
  }

  *[Symbol.iterator](): Generator<T> {
    for (let leaf: Leaf<T> | null = this.#first; leaf !== null; leaf = leaf.next) yield* leaf.items
  }

  clear(): void {
    this.#root = this.#first = this.#last = new Leaf<T>()
  }

  /** Moves the items from `at` on to a new leaf behind; or, when `at` is 0 or the end, makes room there. Gives the leaf behind. */
  #split(leaf: Leaf<T>, at: number): Leaf<T> {
    const behind = new Leaf<T>()
    behind.items = leaf.items.splice(at)
    behind.next = leaf.next
    behind.previous = leaf
    if (leaf.next === null) this.#last = behind
    else leaf.next.previous = behind
    leaf.next = behind
    for (let up = leaf.parent; up !== null; up = up.parent) up.size -= behind.items.length
    this.#addBehind(leaf, behind)
    return behind
  }

  #addBehind(node: Node<T>, behind: Node<T>): void {
    let { parent } = node
    if (parent === null) {
      this.#root = parent = new Branch<T>()
      parent.children.push(node)
      parent.size = node.size
      node.parent = parent
    }
    const { children } = parent
    children.splice(children.indexOf(node) + 1, 0, behind)
    behind.parent = parent
    for (let up: Branch<T> | null = parent; up !== null; up = up.parent) up.size += behind.size
    if (children.length <= BRANCH_SIZE) return
    const half = new Branch<T>()
    half.children = children.splice(children.length >> 1)
    for (const child of half.children) {
      child.parent = half
      half.size += child.size
    }
    for (let up: Branch<T> | null = parent; up !== null; up = up.parent) up.size -= half.size
    this.#addBehind(parent, half)
  }

  /** Takes an empty leaf out, unless it is the only one. */
  #drop(leaf: Leaf<T>): void {
    if (leaf.parent === null) return
    if (leaf.previous === null) this.#first = leaf.next as Leaf<T>
    else leaf.previous.next = leaf.next
    if (leaf.next === null) this.#last = leaf.previous as Leaf<T>
    else leaf.next.previous = leaf.previous
    // Who still points here must not keep its neighbours.
    leaf.previous = leaf.next = null
    let node: Node<T> = leaf
    for (;;) {
      const parent: Branch<T> = node.parent as Branch<T>
      parent.children.splice(parent.children.indexOf(node), 1)
      node.parent = null
      if (parent.children.length > 0) break
      node = parent
    }
    while (this.#root instanceof Branch && this.#root.children.length === 1) {
      this.#root = this.#root.children[0] as Node<T>
      this.#root.parent = null
    }
  }

  #mergeNext(leaf: Leaf<T>, next: Leaf<T>): void {
    const { items } = next
    for (let up = next.parent; up !== null; up = up.parent) up.size -= items.length
    for (let up = leaf.parent; up !== null; up = up.parent) up.size += items.length
    for (const item of items) leaf.items.push(item)
    next.items = []
    this.#drop(next)
  }
}

function firstOf<T>(node: Node<T>): T {
  while (node instanceof Branch) node = node.children[0] as Node<T>
  return node.items[0] as T
}

/** The first slot of a leaf whose item does not compare negative; its length when all do. */
export function searchLeaf<T>(leaf: Leaf<T>, compare: (item: T) => number): number {
  const { items } = leaf
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(items[middle] as T) < 0) low = middle + 1
    else high = middle
  }
  return low
}
