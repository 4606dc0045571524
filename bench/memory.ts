/**
 * Memory of every type: what the engine's own accounting (MEMORY USAGE) says beside what the process takes, and what of both is left after 100,000 elements were
 * added and removed ten times in two synced regions (R4, R8, W6).
 */
import { loadParts } from '../src/engine/index.ts'
import { createReplica, type Replica } from '../src/replication/index.ts'
import { pad, type Figure } from './measure.ts'

const NOW = 1_700_000_000_000
const ELEMENTS = 100_000
/** Elements per command. */
const CHUNK = 100

interface Subject {
  readonly name: string
  /** Command lines that add, and that remove, the elements from `i` to `i + CHUNK − 1`. */
  readonly add: (i: number) => string[][]
  readonly remove: (i: number) => string[][]
}

const each = (i: number, make: (i: number) => readonly string[]) => Array.from({ length: CHUNK }, (_, k) => make(i + k))
const one = (head: readonly string[], i: number, make: (i: number) => readonly string[]) => [
  [...head, ...each(i, make).flat()],
]

const SUBJECTS: readonly Subject[] = [
  {
    name: 'strings',
    add: (i) => each(i, (n) => ['SET', `key:${pad(n)}`, `val:${pad(n)}`]).map((line) => [...line]),
    remove: (i) => one(['DEL'], i, (n) => [`key:${pad(n)}`]),
  },
  {
    name: 'counters',
    add: (i) => each(i, (n) => ['INCR', `key:${pad(n)}`]).map((line) => [...line]),
    remove: (i) => one(['DEL'], i, (n) => [`key:${pad(n)}`]),
  },
  {
    name: 'hash',
    add: (i) => one(['HSET', 'h'], i, (n) => [`fld:${pad(n)}`, `val:${pad(n)}`]),
    remove: (i) => one(['HDEL', 'h'], i, (n) => [`fld:${pad(n)}`]),
  },
  {
    name: 'set',
    add: (i) => one(['SADD', 's'], i, (n) => [`mem:${pad(n)}`]),
    remove: (i) => one(['SREM', 's'], i, (n) => [`mem:${pad(n)}`]),
  },
  {
    name: 'zset',
    add: (i) => one(['ZADD', 'z'], i, (n) => [String(n % 1000), `mem:${pad(n)}`]),
    remove: (i) => one(['ZREM', 'z'], i, (n) => [`mem:${pad(n)}`]),
  },
  {
    name: 'list',
    add: (i) => one(['RPUSH', 'l'], i, (n) => [`val:${pad(n)}`]),
    remove: () => [['LPOP', 'l', String(CHUNK)]],
  },
  {
    name: 'stream',
    add: (i) => each(i, (n) => ['XADD', 'x', '*', 'f', `val:${pad(n)}`]).map((line) => [...line]),
    remove: (i) => [['XTRIM', 'x', 'MAXLEN', String(ELEMENTS - i - CHUNK)]],
  },
  {
    name: 'json',
    add: (i) => each(i, (n) => ['JSON.SET', 'j', `$.m${pad(n)}`, `"val:${pad(n)}"`]).map((line) => [...line]),
    remove: (i) => each(i, (n) => ['JSON.DEL', 'j', `$.m${pad(n)}`]).map((line) => [...line]),
  },
  {
    name: 'hll',
    add: (i) => each(i, (n) => ['PFADD', `key:${pad(n)}`, 'a', 'b', 'c']).map((line) => [...line]),
    remove: (i) => one(['DEL'], i, (n) => [`key:${pad(n)}`]),
  },
]

/** Decoded from bytes, as a gateway would: without this, V8 keeps a string made of parts. */
const flat = (argv: readonly string[]) => argv.map((word) => Buffer.from(word, 'latin1').toString('latin1'))

export function heapBytes(): number {
  if (globalThis.gc === undefined) throw new Error('memory needs node --expose-gc (npm run bench sets it)')
  for (let i = 0; i < 3; i++) globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Two regions that always have each other's writes. */
class Pair {
  readonly #replicas: readonly [Replica, Replica]
  now = NOW

  constructor() {
    const replica = (id: number) => createReplica({ id, name: `r${id}`, members: [1, 2], joining: false, seed: id })
    this.#replicas = [replica(1), replica(2)]
  }

  run(argv: readonly string[]): void {
    this.#pass(1, { kind: 'command', session: 1, argv: flat(argv), now: this.now })
  }

  /** Acknowledged and collected. */
  settle(): void {
    for (const ms of [5000, 2000, 2000]) {
      this.now += ms
      for (const id of [1, 2]) this.#pass(id, { kind: 'tick', now: this.now })
    }
  }

  /** Bytes in region 1 by its own account. */
  accounted(): number {
    const output = this.#replicas[0].submit({ kind: 'command', session: 1, argv: ['INFO', 'memory'], now: this.now })
    return Number(/used_memory_dataset:(\d+)/.exec(JSON.stringify(output.replies[0]))?.[1] ?? Number.NaN)
  }

  #pass(id: number, input: Parameters<Replica['submit']>[0]): void {
    const [from, to] = id === 1 ? this.#replicas : [this.#replicas[1], this.#replicas[0]]
    for (const { bytes } of from.submit(input).messages) {
      for (const back of to.submit({ kind: 'deliver', from: id, bytes, now: input.now }).messages)
        from.submit({ kind: 'deliver', from: 3 - id, bytes: back.bytes, now: input.now })
    }
  }
}

function measure({ name, add, remove }: Subject): Figure[] {
  const pair = new Pair()
  if (name === 'json') pair.run(['JSON.SET', 'j', '$', '{}'])
  pair.accounted()
  pair.settle()
  const heapAtStart = heapBytes()
  const accountedAtStart = pair.accounted()
  let heapPeak = 0
  let accountedPeak = 0
  for (let cycle = 0; cycle < 10; cycle++) {
    for (let i = 0; i < ELEMENTS; i += CHUNK) for (const argv of add(i)) pair.run(argv)
    if (cycle === 0) {
      pair.settle()
      heapPeak = heapBytes() - heapAtStart
      accountedPeak = pair.accounted() - accountedAtStart
    }
    for (let i = 0; i < ELEMENTS; i += CHUNK) for (const argv of remove(i)) pair.run(argv)
    pair.settle()
  }
  const accountedKept = pair.accounted() - accountedAtStart
  const heapKept = heapBytes() - heapAtStart
  return [
    // Two regions hold what one accounts for.
    { name: `MEMORY USAGE of the process, ${name}`, value: (accountedPeak / (heapPeak / 2)) * 100, unit: '%' },
    { name: `heap kept after 10 × (add, remove), ${name}`, value: (heapKept / heapPeak) * 100, unit: '% of live peak' },
    {
      name: `accounted kept after 10 × (add, remove), ${name}`,
      value: (accountedKept / accountedPeak) * 100,
      unit: '% of live peak',
    },
  ]
}

export async function memoryOfTypes(): Promise<Figure[]> {
  await loadParts()
  // Code is compiled, and what is made once is made, before anything is measured.
  for (const subject of SUBJECTS.slice(0, 1)) measure(subject)
  return SUBJECTS.flatMap(measure)
}
