/** Where elements lie: the placed ones of a sequence in their order, and the ways to find one, or the place for one, in few steps. */
import { OrderedList, searchLeaf, type Leaf } from './ordered-list.ts'
import { compare, type Element, type Run } from './run.ts'

export class Places<V> {
  readonly order = new OrderedList<Element<V>>()
  /** Where an element is likely to be put next. */
  #near: Leaf<Element<V>> | null = null
  #nearSlot = 0
  /** The position that is looked for. */
  #run: Run<V>
  #i = 0
  readonly #probe = (item: Element<V>): number => compare(item.run, item.i, this.#run, this.#i)

  constructor(root: Run<V>) {
    this.#run = root
  }

  /** The leaf and slot of an index, 0 … length; the next element is likely to be put there. */
  seek(index: number): Leaf<Element<V>> {
    this.#near = this.order.seek(index)
    this.#nearSlot = this.order.slot
    return this.#near
  }

  /** Takes out everything; runs are told by the caller. */
  clear(): void {
    this.order.clear()
    this.#near = null
  }

  /** Puts an element behind all others, where it belongs. */
  append(element: Element<V>): void {
    element.run.leaf = this.order.push(element)
    if (element.i === 0) element.run.zero = element
  }

  place(element: Element<V>, left: boolean): void {
    const { order } = this
    const { run, i } = element
    const leaf = order.insert(this.#spot(run, i, left), order.slot, element)
    run.leaf = leaf
    if (i === 0) run.zero = element
    this.#near = leaf
    this.#nearSlot = left ? order.slot : order.slot + 1
  }

  /** The leaf and slot where a position belongs: at an end, or near the last one, or beside its anchor, or near its run; or searched for. */
  #spot(run: Run<V>, i: number, left: boolean): Leaf<Element<V>> {
    const { order } = this
    this.#run = run
    this.#i = i
    const edge = left ? order.first : order.last
    if (edge === undefined || (left ? this.#probe(edge) > 0 : this.#probe(edge) < 0)) {
      const leaf = left ? order.firstLeaf : order.lastLeaf
      order.slot = left ? 0 : leaf.items.length
      return leaf
    }
    const near = this.#near
    if (near !== null && this.#fits(near, this.#nearSlot)) return near
    const { zero, leaf } = run.parent as Run<V>
    if (zero !== null && leaf !== null && i === 0 && run.at === 0) {
      const slot = leaf.items.indexOf(zero)
      if (slot >= 0 && this.#fits(leaf, run.right ? slot + 1 : slot)) return leaf
    }
    return this.#within(run.leaf) ?? this.#within(leaf) ?? order.search(this.#probe)
  }

  /** Does the position belong between what is before and at this slot? */
  #fits(leaf: Leaf<Element<V>>, slot: number): boolean {
    const { items } = leaf
    if (items.length === 0 || slot > items.length) return false
    const before = slot > 0 ? items[slot - 1] : leaf.previous?.items.at(-1)
    if (before !== undefined && this.#probe(before) > 0) return false
    const after = slot < items.length ? items[slot] : leaf.next?.items[0]
    if (after !== undefined && this.#probe(after) < 0) return false
    this.order.slot = slot
    return true
  }

  #within(leaf: Leaf<Element<V>> | null): Leaf<Element<V>> | null {
    if (leaf === null || leaf.items.length === 0) return null
    const { items } = leaf
    if (this.#probe(items[0] as Element<V>) > 0 || this.#probe(items[items.length - 1] as Element<V>) < 0) return null
    this.order.slot = searchLeaf(leaf, this.#probe)
    return leaf
  }

  /** The leaf that holds a position, its slot in `order.slot`; undefined when no element lives there. */
  locate(run: Run<V>, i: number): Leaf<Element<V>> | undefined {
    const { order } = this
    if (isAt(order.first, run, i)) {
      order.slot = 0
      return order.firstLeaf
    }
    if (isAt(order.last, run, i)) {
      order.slot = order.lastLeaf.items.length - 1
      return order.lastLeaf
    }
    this.#run = run
    this.#i = i
    const leaf = this.#within(run.leaf) ?? order.search(this.#probe)
    return isAt(leaf.items[order.slot], run, i) ? leaf : undefined
  }
}

function isAt<V>(element: Element<V> | undefined, run: Run<V>, i: number): boolean {
  return element !== undefined && element.run === run && element.i === i
}
