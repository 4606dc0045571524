/** Rows of FT.AGGREGATE, and what its steps do to them. */
import { bytesOfText, textOfBytes, type Bytes } from '../../lib/index.ts'
import { fail } from '../commands/errors.ts'
import { numberOfBytes } from './documents.ts'
import { compareSortValues } from './order.ts'

export type Cell = Bytes | number | readonly Bytes[] | undefined
export type Row = Map<Bytes, Cell>

export interface Reducer {
  readonly name: string
  /** Properties without their `@`; what else the reducer takes, as typed. */
  readonly args: readonly Bytes[]
  readonly as: Bytes
}

const numbersOf = (rows: readonly Row[], property: Bytes): number[] =>
  rows.flatMap((row) => {
    const cell = row.get(property)
    const number = typeof cell === 'string' ? numberOfBytes(cell) : cell
    return typeof number === 'number' ? [number] : []
  })

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)

function deviation(numbers: readonly number[]): number {
  if (numbers.length < 2) return 0
  const mean = sum(numbers) / numbers.length
  return Math.sqrt(sum(numbers.map((n) => (n - mean) ** 2)) / (numbers.length - 1))
}

const distinct = (rows: readonly Row[], property: Bytes): Bytes[] => [
  ...new Set(rows.flatMap((row) => (row.get(property) === undefined ? [] : [cellText(row.get(property))]))),
]

/** By name: how many arguments, and the result. */
const REDUCERS: Readonly<
  Record<string, readonly [args: number, reduce: (rows: readonly Row[], property: Bytes) => Cell]>
> = {
  COUNT: [0, (rows) => rows.length],
  COUNT_DISTINCT: [1, (rows, property) => distinct(rows, property).length],
  COUNT_DISTINCTISH: [1, (rows, property) => distinct(rows, property).length],
  SUM: [1, (rows, property) => sum(numbersOf(rows, property))],
  MIN: [1, (rows, property) => numbersOf(rows, property).reduce((a, b) => Math.min(a, b), Infinity)],
  MAX: [1, (rows, property) => numbersOf(rows, property).reduce((a, b) => Math.max(a, b), -Infinity)],
  AVG: [
    1,
    (rows, property) => {
      const numbers = numbersOf(rows, property)
      return numbers.length === 0 ? NaN : sum(numbers) / numbers.length
    },
  ],
  STDDEV: [1, (rows, property) => deviation(numbersOf(rows, property))],
  TOLIST: [1, (rows, property) => distinct(rows, property)],
  FIRST_VALUE: [1, (rows, property) => rows[0]?.get(property)],
}

/** Ends the command when there is no such reducer, or it is given too much or too little. */
export function checkReducer({ name, args }: Reducer): void {
  const [count] = (Object.hasOwn(REDUCERS, name) ? REDUCERS[name] : undefined) ?? fail(`No such reducer: ${name}`)
  if (args.length !== count) fail(`Bad arguments for ${name}: it takes ${count} here`)
}

export function groupBy(rows: readonly Row[], properties: readonly Bytes[], reducers: readonly Reducer[]): Row[] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const id = JSON.stringify(properties.map((property) => row.get(property) ?? null))
    const group = groups.get(id)
    if (group === undefined) groups.set(id, [row])
    else group.push(row)
  }
  return [...groups.values()].map((group) => {
    const out: Row = new Map(properties.map((property) => [property, group[0]?.get(property)]))
    for (const { name, args, as } of reducers) out.set(as, REDUCERS[name]?.[1](group, args[0] ?? ''))
    return out
  })
}

export interface SortKey {
  readonly property: Bytes
  readonly descending: boolean
}

export function sortRows(rows: readonly Row[], keys: readonly SortKey[]): Row[] {
  const value = (row: Row, property: Bytes): number | Bytes | undefined => {
    const cell = row.get(property)
    if (typeof cell !== 'string') return typeof cell === 'number' ? cell : undefined
    return numberOfBytes(cell) ?? bytesOfText(textOfBytes(cell).toLowerCase())
  }
  return [...rows].sort((a, b) => {
    for (const { property, descending } of keys) {
      const order = compareSortValues(value(a, property), value(b, property), descending)
      if (order !== 0) return order
    }
    return 0
  })
}

/** As replies show it: numbers with up to 12 digits. */
export function cellText(cell: Cell): Bytes {
  if (typeof cell !== 'number') return typeof cell === 'string' ? cell : ''
  if (Number.isNaN(cell)) return 'nan'
  if (!Number.isFinite(cell)) return cell > 0 ? 'inf' : '-inf'
  return String(Number(cell.toPrecision(12)))
}
