/**
 * How the cost of one operation grows with the size of one collection, 10³ to 10⁶ elements, and what a DEL of it weighs on the wire. `npm run bench -- --only growth` also draws
 * docs/growth.svg.
 */
import { writeFileSync } from 'node:fs'
import { Random } from '../src/lib/index.ts'
import { listType } from '../src/engine/crdt/list/list.ts'
import { Instance } from '../src/engine/instance.ts'
import { createReplica, type Replica } from '../src/replication/index.ts'
import { drawGrowth } from './growth-picture.ts'
import { median, time, type Figure } from './measure.ts'

const SIZES = [1e3, 1e4, 1e5, 1e6]
const OPERATIONS = 2000
const ROUNDS = 9
/** Rounds that do not count: the compiler warms up. */
const WARM_UP = 5
const NOW = 1_700_000_000_000
/** Elements of one command while a collection is filled. */
const LOT = 1000

type Run = (...argv: string[]) => unknown

interface Operation {
  readonly name: string
  /** One command that adds elements `from` … `to` − 1. */
  readonly fill: (from: number, to: number) => string[]
  /** One operation in the filled collection; `i` is different each time, `at` a random index. */
  readonly run: (run: Run, at: number, i: number) => void
}

const range = (from: number, to: number, of: (i: number) => string[]) =>
  Array.from({ length: to - from }, (_, i) => of(from + i)).flat()
const list = (from: number, to: number) => ['RPUSH', 'k', ...range(from, to, (i) => [`v${i}`])]
const zset = (from: number, to: number) => ['ZADD', 'k', ...range(from, to, (i) => [String((i * 7919) % 1e6), `m${i}`])]

const OPERATIONS_BY_NAME: readonly Operation[] = [
  { name: 'LINDEX', fill: list, run: (run, at) => run('LINDEX', 'k', String(at)) },
  {
    name: 'LPUSH, RPOP',
    fill: list,
    run(run, _at, i) {
      run('LPUSH', 'k', `n${i}`)
      run('RPOP', 'k')
    },
  },
  { name: 'ZADD', fill: zset, run: (run, at, i) => run('ZADD', 'k', String(at), `n${i}`) },
  { name: 'ZRANK', fill: zset, run: (run, at) => run('ZRANK', 'k', `m${at}`) },
  {
    name: 'SADD',
    fill: (from, to) => ['SADD', 'k', ...range(from, to, (i) => [`m${i}`])],
    run: (run, _at, i) => run('SADD', 'k', `n${i}`),
  },
  {
    name: 'HSET',
    fill: (from, to) => ['HSET', 'k', ...range(from, to, (i) => [`f${i}`, 'v'])],
    run: (run, _at, i) => run('HSET', 'k', `n${i}`, 'v'),
  },
  { name: 'XADD', fill: () => ['XADD', 'k', '*', 'f', 'v'], run: (run) => run('XADD', 'k', '*', 'f', 'v') },
]

function filled(operation: Operation, size: number): Replica {
  const replica = createReplica({ id: 1, name: 'one', members: [1, 2], joining: false, seed: 1 })
  const lot = operation.name === 'XADD' ? 1 : LOT
  for (let from = 0; from < size; from += lot) {
    replica.submit({ kind: 'command', session: 1, argv: operation.fill(from, Math.min(size, from + lot)), now: NOW })
  }
  return replica
}

function microseconds(size: number, perform: (at: number, i: number) => void): number {
  const random = new Random(size)
  const rounds: number[] = []
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const ms = time(() => {
      for (let i = 0; i < OPERATIONS; i++) perform(random.below(size), (round + WARM_UP) * OPERATIONS + i)
    })
    if (round >= 0) rounds.push((ms * 1000) / OPERATIONS)
  }
  return median(rounds)
}

/** Insertions in the middle: no command of Redis inserts at an index, so the engine is asked directly. */
function middleInserts(size: number): number {
  const instance = new Instance({ id: 1, name: 'one', solo: false, seed: 1, replicationInfo: () => [] })
  for (let from = 0; from < size; from += LOT) instance.execute(1, list(from, Math.min(size, from + LOT)), NOW)
  const { context } = instance
  return microseconds(size, (at, i) => {
    context.begin(instance.session(1, NOW), NOW)
    const state = context.read(listType, 'k')
    const op = state?.sequence.prepareInsert(1, context.dot, at, [`n${i}`])
    if (op !== undefined) context.update(listType, 'k', op, 'linsert')
    context.end()
    instance.take()
  })
}

export function growth(): Figure[] {
  const figures: Figure[] = []
  const lines: { name: string; points: number[] }[] = []
  const note = (name: string, points: number[]) => {
    lines.push({ name, points })
    SIZES.forEach((size, i) => figures.push({ name: `growth ${name} at ${size}`, value: points[i] ?? 0, unit: 'µs' }))
  }
  for (const operation of OPERATIONS_BY_NAME) {
    const points = SIZES.map((size) => {
      const replica = filled(operation, size)
      const run: Run = (...argv) => replica.submit({ kind: 'command', session: 1, argv, now: NOW })
      run('ZRANK', 'k', 'm0') // a sorted set makes its order when it is first asked for
      const value = microseconds(size, (at, i) => operation.run(run, at, i))
      const { messages } = replica.submit({ kind: 'command', session: 1, argv: ['DEL', 'k'], now: NOW })
      const bytes = messages.reduce((sum, message) => sum + message.bytes.length, 0)
      if (size === 1e6) figures.push({ name: `DEL of 1,000,000 (${operation.name})`, value: bytes, unit: 'bytes' })
      return value
    })
    note(operation.name, points)
  }
  note('list, middle insert', SIZES.map(middleInserts))
  writeFileSync(new URL('../docs/growth.svg', import.meta.url), drawGrowth(SIZES, lines))
  return figures
}
