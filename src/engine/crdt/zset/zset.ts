/** Sorted sets (Z1–Z3): an observed-remove map of cells whose visible value is a score, and the members in the order of scores. Geo positions are scores too (Z4). */
import { type Bytes, type ByteReader, type ByteWriter } from '../../../lib/index.ts'
import { covers, type Clock } from '../../causality/clock.ts'
import { Cell, contestOf, describeCell, isLive } from '../parts/cell.ts'
import { CellMap } from '../parts/cell-map.ts'
import {
  assignElement,
  decodeCellOp,
  decodeEach,
  encodeCellOp,
  encodeCount,
  incrementElement,
  type CellOp,
} from '../parts/cell-ops.ts'
import { ruleOfCell } from '../parts/cell-rules.ts'
import type { CrdtType, Residue, RuleId, Stamp } from '../type.ts'
import { scoreOf, stepTo, textOfScore } from './score.ts'
import { inOrder, ScoreTree, type Entry } from './score-tree.ts'

/** A member: its cell, and what that amounts to. */
export class Member extends Cell {
  score = 0
}

export class ZSetState extends CellMap<Member> {
  /** Built when ranks or ranges are first asked for; dropped when much changes at once. */
  #order: ScoreTree | null = null

  constructor() {
    super(() => new Member())
  }

  get type(): CrdtType {
    return zsetType
  }

  /** Live members in the order of (score, bytes of the name). */
  get order(): ScoreTree {
    return (this.#order ??= ScoreTree.from(sortedEntries(this)))
  }

  scoreOf(name: Bytes): number | undefined {
    return this.cells.get(name)?.score
  }

  override place(name: Bytes, member: Member, at: Stamp | null): void {
    const order = this.#order
    const was = order !== null && this.cells.get(name) === member
    super.place(name, member, at)
    const live = isLive(member)
    const score = live ? scoreOf(member) : 0
    if (order !== null && (!was || !live || score !== member.score)) {
      if (was) order.delete(member.score, name)
      if (live) order.add(score, name)
    }
    member.score = score
  }

  override removeAll(clock: Clock, residues: readonly Residue[] | null, at: Stamp): void {
    this.#order = null
    super.removeAll(clock, residues, at)
  }

  override merge(intoSeen: Clock, from: ZSetState, fromSeen: Clock): void {
    this.#order = null
    super.merge(intoSeen, from, fromSeen)
  }
}

/** Several member changes of one write. */
export type ZSetOp = readonly CellOp[]

export function assignScore(state: ZSetState | undefined, self: number, member: Bytes, score: number): CellOp {
  return assignElement(state, self, member, textOfScore(score))
}

/** Adds `by` to what the member shows, so that it shows `wanted`. */
export function incrementScore(
  state: ZSetState | undefined,
  self: number,
  n: number,
  member: Bytes,
  by: number,
  wanted: number,
): CellOp {
  const step = stepTo(state?.cells.get(member) ?? new Member(), by, wanted)
  return step === undefined ? assignScore(state, self, member, wanted) : incrementElement(state, self, n, member, step)
}

/** The change that gives an empty sorted set these members. */
export function scoresAnew(entries: Iterable<Entry>): ZSetOp {
  const op: CellOp[] = []
  for (const { name, score } of entries) {
    op.push({ kind: 'assign', element: name, value: textOfScore(score), observed: null })
  }
  return op
}

export const zsetType: CrdtType<ZSetState, ZSetOp> = {
  name: 'zset',
  code: 4,
  empty: () => new ZSetState(),
  isLive: (state) => state.cells.size > 0,
  isNeeded: (state) => state.cells.size > 0 || state.tombstones !== null,
  smallestWriter: (state) => state.smallestWriter,
  apply(state, op, at, removed) {
    const dead = removed !== null && covers(removed, at.origin, at.n)
    let rule: RuleId = 'Z1'
    for (const one of op) rule = ruleOfCell(state.change(one, at, dead), one.kind, 'Z1')
    return RULES_OF_SCORES[rule] ?? rule
  },
  eventOf(op) {
    const kind = op[0]?.kind
    return kind === 'increment' ? 'zincr' : kind === 'remove' ? 'zrem' : 'zadd'
  },
  removeAll: (state, clock, residues, at) => state.removeAll(clock, residues, at),
  residuesOf: (state, self) => state.residuesOf(self),
  merge: (into, intoSeen, from, fromSeen) => into.merge(intoSeen, from, fromSeen),
  collect: (state, member, stable) => state.collect(member, stable),
  encode: (writer, state) => state.encode(writer),
  decode(reader) {
    const state = new ZSetState()
    state.decode(reader)
    return state
  },
  encodeOp(writer: ByteWriter, op: ZSetOp) {
    encodeCount(writer, op.length)
    for (const one of op) encodeCellOp(writer, one)
  },
  decodeOp: (reader: ByteReader): ZSetOp => decodeEach(reader, decodeCellOp),
  describe: (state) =>
    [...state.cells.keys()].sort().map((name) => {
      const member = state.cells.get(name) as Member
      return `${name}=${textOfScore(member.score)} ${describeCell(member)}`
    }),
  recreate: (state) => scoresAnew(sortedEntries(state)),
  contest(state, op) {
    for (const { kind, element } of op) {
      const cell = kind === 'assign' ? state.cells.get(element) : undefined
      const contest = cell === undefined ? undefined : contestOf(cell)
      if (contest !== undefined) return { element, ...contest }
    }
    return undefined
  },
}

function sortedEntries(state: ZSetState): Entry[] {
  const entries: Entry[] = []
  for (const [name, { score }] of state.cells) entries.push({ name, score })
  return inOrder(entries)
}

/** What a cell's rules are called for scores. */
const RULES_OF_SCORES: Readonly<Record<RuleId, RuleId>> = { S1: 'Z2', C1: 'Z3', C4: 'Z3' }
