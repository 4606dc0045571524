/** How sequences grow under patterns that are hard on positions: counted in steps and bytes, never in time. */
import { describe, expect, test } from 'vitest'
import { ByteReader, ByteWriter, Random } from '../../../lib/index.ts'
import { setComponent, type Clock } from '../../causality/clock.ts'
import { decodeInsert, encodeInsert } from './op-codec.ts'
import { compare } from './run.ts'
import { Sequence, type Insert } from './sequence.ts'

const write = (writer: ByteWriter, value: string) => writer.string(value)

/** Several replicas that get every insertion at once. */
class Synced {
  readonly all: Sequence<string>[]
  readonly #clock: Clock = []
  bytes = 0

  constructor(replicas: number) {
    this.all = Array.from({ length: replicas }, () => new Sequence<string>())
  }

  /** Each of these replicas inserts at the index given by the length; then all get all. */
  insert(indices: readonly (readonly [replica: number, index: (length: number) => number])[]): void {
    const made = indices.map(([replica, index]) => {
      const n = (this.#clock[replica] ?? 0) + 1
      setComponent(this.#clock, replica, n)
      const sequence = this.all[replica - 1] as Sequence<string>
      const op = sequence.prepareInsert(replica, n, index(sequence.length), ['x']) as Insert<string>
      return { replica, n, op }
    })
    for (const { replica, n, op } of made) {
      const writer = new ByteWriter()
      encodeInsert(writer, op, write)
      const bytes = writer.take()
      this.bytes = Math.max(this.bytes, bytes.length)
      for (const sequence of this.all) {
        const reader = new ByteReader(bytes)
        const arrived = decodeInsert(reader, reader.byte(), (from) => from.string())
        sequence.insert(arrived, { origin: replica, n, seen: [], solo: false, leave() {} }, false)
      }
    }
  }

  order(): string[] {
    return this.all.map((sequence) => [...sequence.order].map(({ run, i }) => `${run.id}.${i}`).join())
  }
}

const end = (length: number) => length
const front = () => 0
const middle = (length: number) => length >> 1

const ROUNDS = 3000

const PATTERNS: readonly (readonly [string, number, (k: number) => Parameters<Synced['insert']>[0]])[] = [
  ['always in the middle', 1, () => [[1, middle]]],
  ['at the end, two regions in turn', 2, (k) => [[1 + (k % 2), end]]],
  ['at both ends in turn', 1, (k) => [[1, k % 2 === 0 ? front : end]]],
  ['at both ends in turn, two regions in turn', 2, (k) => [[1 + (k % 2), k % 4 < 2 ? front : end]]],
  ['in the middle, three regions at once', 3, () => [1, 2, 3].map((replica) => [replica, middle] as const)],
]

/** How often comparing reads a way up the tree, over random pairs: the most. A few times for each step. */
function mostSteps(sequence: Sequence<string>): number {
  let steps = 0
  for (const run of sequence.runs.values()) {
    for (const name of ['jump', 'parent'] as const) {
      const to = run[name]
      Object.defineProperty(run, name, { get: () => (steps++, to) })
    }
  }
  const random = new Random(1)
  let most = 0
  for (let k = 0; k < 300; k++) {
    const [a, b] = [sequence.order.at(random.below(sequence.length)), sequence.order.at(random.below(sequence.length))]
    if (a === undefined || b === undefined) continue
    steps = 0
    compare(a.run, a.i, b.run, b.i)
    most = Math.max(most, steps)
  }
  return most
}

describe.each(PATTERNS)('inserting %s', (_name, replicas, draw) => {
  const synced = new Synced(replicas)
  for (let k = 0; k < ROUNDS; k++) synced.insert(draw(k))
  const [first] = synced.all as [Sequence<string>]

  test('every replica has the same order, and positions are in it', () => {
    const orders = synced.order()
    for (const order of orders) expect(order).toBe(orders[0])
    const elements = [...first.order]
    const wrong = elements.slice(1).filter(({ run, i }, k) => {
      const before = elements[k] as (typeof elements)[number]
      return compare(before.run, before.i, run, i) >= 0
    })
    expect(wrong).toEqual([])
  })

  test('an insertion stays small on the wire', () => {
    expect(synced.bytes).toBeLessThanOrEqual(10)
  })

  test('comparing takes logarithmic steps, however deep the tree', () => {
    expect(mostSteps(first)).toBeLessThanOrEqual(20 * Math.log2(ROUNDS * replicas))
  })
})

test('pushing at one end makes one run, whatever the number of elements', () => {
  const synced = new Synced(2)
  for (let k = 0; k < 2000; k++) synced.insert([[1, k < 1000 ? end : front]])
  for (const sequence of synced.all) expect(sequence.runs.size).toBe(1)
})
