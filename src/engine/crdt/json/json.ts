/** JSON documents (J1–J6): `document.ts` says how they are kept. */
import { covers } from '../../causality/clock.ts'
import { applyRemoveAll, contestOf } from '../parts/cell.ts'
import type { CrdtType } from '../type.ts'
import { leaveEmptyRuns } from './array.ts'
import { applyJson } from './apply.ts'
import { decodeDocument, encodeDocument } from './codec.ts'
import { collectFromDocument } from './collect.ts'
import { describeDocument } from './describe.ts'
import { JsonDocument } from './document.ts'
import { mergeDocuments } from './merge.ts'
import { decodeJsonOp, encodeJsonOp, type JsonOp } from './op.ts'
import { rootSlot, smallestWriterOf, valueAt } from './read.ts'
import { dropGone, dropLostCounters, heldBy, leaveSlot, peekSlot } from './slots.ts'
import type { Json } from './value.ts'

export class JsonState extends JsonDocument {
  get type(): CrdtType {
    return jsonType
  }
}

/** What a change made elsewhere is called here. */
const EVENTS = {
  assign: 'json.set',
  increment: 'json.numincrby',
  remove: 'json.del',
  insert: 'json.arrinsert',
  erase: 'json.arrpop',
} as const

/** The whole document anew: what replaces a key's content. */
export function createDocument(value: Json): JsonOp {
  return { first: 0, changes: [{ kind: 'assign', place: null, value, rank: 0, observed: null }] }
}

export const jsonType: CrdtType<JsonState, JsonOp> = {
  name: 'ReJSON-RL',
  code: 7,
  empty: () => new JsonState(),
  isLive: (state) => state.root.siblings !== null,
  isNeeded: ({ root, nodes, counters }) =>
    root.siblings !== null || root.removals !== null || nodes.size > 0 || counters.size > 0,
  smallestWriter: smallestWriterOf,
  apply: applyJson,
  eventOf: (op) => EVENTS[op.changes[0]?.kind ?? 'assign'],
  removeAll(state, clock, _residues, at) {
    const before = heldBy(state.root)
    applyRemoveAll(state.root, clock, null, at)
    dropGone(state, null, before, state.root)
    dropLostCounters(state, (origin, n) => covers(at.seen, origin, n))
    leaveSlot(null, state.root, at)
  },
  residuesOf: () => null,
  merge: mergeDocuments,
  collect: collectFromDocument,
  encode: encodeDocument,
  decode(reader) {
    const state = new JsonState()
    decodeDocument(reader, state)
    return state
  },
  encodeOp: encodeJsonOp,
  decodeOp: decodeJsonOp,
  describe: describeDocument,
  reschedule(state, at) {
    for (const node of state.nodes.values()) if (node.kind === 'array') leaveEmptyRuns(node, at)
  },
  recreate: (state) => createDocument(valueAt(state, rootSlot(state))),
  contest(state, op) {
    for (const change of op.changes) {
      const cell = change.kind === 'assign' ? peekSlot(state, change.place) : undefined
      const contest = cell === undefined ? undefined : contestOf(cell)
      if (contest !== undefined && change.kind === 'assign') {
        const { place } = change
        return { element: place !== null && 'field' in place ? place.field : '', ...contest }
      }
    }
    return undefined
  },
}
