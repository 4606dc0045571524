/** Ranges of a sorted set: how they are written, and which places of the order they mean. */
import type { Bytes } from '../../../lib/index.ts'
import type { ScoreTree } from '../../crdt/zset/score-tree.ts'
import { fail, NOT_AN_INTEGER } from '../errors.ts'
import { parseDouble, parseIndex } from '../numbers.ts'

export type RangeKind = 'rank' | 'score' | 'lex'

interface ScoreBound {
  readonly score: number
  readonly excluded: boolean
}

/** `edge`: before (−) or behind (+) every name. */
type LexBound = { readonly edge: '-' | '+' } | { readonly edge: null; readonly name: Bytes; readonly excluded: boolean }

export type Range =
  | { readonly kind: 'rank'; readonly start: number; readonly stop: number }
  | { readonly kind: 'score'; readonly min: ScoreBound; readonly max: ScoreBound }
  | { readonly kind: 'lex'; readonly min: LexBound; readonly max: LexBound }

/** Places `from` to before `to` of the ascending order. */
export interface Places {
  readonly from: number
  readonly to: number
}

const NOWHERE: Places = { from: 0, to: 0 }

/** Reads the two ends of a range, the lower first; ends the command when they are none. */
export function parseRange(kind: RangeKind, min: Bytes, max: Bytes): Range {
  if (kind === 'rank') {
    const start = parseIndex(min) ?? fail(NOT_AN_INTEGER)
    return { kind, start, stop: parseIndex(max) ?? fail(NOT_AN_INTEGER) }
  }
  if (kind === 'score') return { kind, min: scoreBound(min), max: scoreBound(max) }
  return { kind, min: lexBound(min), max: lexBound(max) }
}

/** As C's strtod reads: spaces before are skipped, nothing at all is 0, a zero byte ends the text. */
function scoreBound(text: Bytes): ScoreBound {
  const excluded = text.startsWith('(')
  const digits = text.slice(excluded ? 1 : 0).replace(/\0[^]*$/, '')
  const score = digits === '' ? 0 : parseDouble(digits.replace(/^[ \t\n\v\f\r]+/, ''))
  return { score: score ?? fail('ERR min or max is not a float'), excluded }
}

function lexBound(text: Bytes): LexBound {
  const first = text[0]
  if (first === '(' || first === '[') return { edge: null, name: text.slice(1), excluded: first === '(' }
  if (text === '-' || text === '+') return { edge: text }
  return fail('ERR min or max not valid string range item')
}

/** `descending`: ranks count from the greatest. */
export function placesOf(order: ScoreTree, range: Range, descending: boolean): Places {
  if (range.kind === 'rank') return placesByRank(order.size, range.start, range.stop, descending)
  if (range.kind === 'lex') return placesByName(order, range.min, range.max, descending)
  const { min, max } = range
  const from = order.countWhile(min.excluded ? (score) => score <= min.score : (score) => score < min.score)
  const to = order.countWhile(max.excluded ? (score) => score < max.score : (score) => score <= max.score)
  return from < to ? { from, to } : NOWHERE
}

function placesByRank(size: number, start: number, stop: number, descending: boolean): Places {
  const first = Math.max(0, start < 0 ? size + start : start)
  const last = Math.min(size - 1, stop < 0 ? size + stop : stop)
  if (first > last) return NOWHERE
  return descending ? { from: size - 1 - last, to: size - first } : { from: first, to: last + 1 }
}

function reaches(name: Bytes, min: LexBound): boolean {
  if (min.edge !== null) return min.edge === '-'
  return min.excluded ? name > min.name : name >= min.name
}

function within(name: Bytes, max: LexBound): boolean {
  if (max.edge !== null) return max.edge === '+'
  return max.excluded ? name < max.name : name <= max.name
}

function placesByName(order: ScoreTree, min: LexBound, max: LexBound, descending: boolean): Places {
  const { size } = order
  if (order.scores(0, 1)[0] !== order.scores(size - 1, size)[0]) {
    return placesInMixedScores(order.names(0, size), min, max, descending)
  }
  const from = order.countWhile((_score, name) => !reaches(name, min))
  const to = order.countWhile((_score, name) => within(name, max))
  return from < to ? { from, to } : NOWHERE
}

/** By names where scores differ is not specified; this is what a small sorted set of Redis gives: it walks from the end where the reply begins. */
function placesInMixedScores(names: readonly Bytes[], min: LexBound, max: LexBound, descending: boolean): Places {
  const { length } = names
  if (!reaches(names[length - 1] as Bytes, min) || !within(names[0] as Bytes, max)) return NOWHERE
  let from = 0
  let to = length
  if (descending) {
    while (to > 0 && !within(names[to - 1] as Bytes, max)) to--
    from = to
    while (from > 0 && reaches(names[from - 1] as Bytes, min)) from--
  } else {
    while (from < length && !reaches(names[from] as Bytes, min)) from++
    to = from
    while (to < length && within(names[to] as Bytes, max)) to++
  }
  return { from, to }
}
