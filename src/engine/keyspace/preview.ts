/** The beginning of a value on one line, in bytes of its own: for lists of keys. It takes the same short time whatever the size. */
import type { Bytes } from '../../lib/index.ts'
import { fieldAt, HashState } from '../crdt/hash/hash.ts'
import { HyperLogLogState } from '../crdt/hyperloglog/hyperloglog.ts'
import { estimate } from '../crdt/hyperloglog/estimate.ts'
import { fieldsOf, kindOfSlot } from '../crdt/json/document.ts'
import { JsonState } from '../crdt/json/json.ts'
import { codeAt, nodeAt, rootSlot, type Slot } from '../crdt/json/read.ts'
import { ListState } from '../crdt/list/list.ts'
import { Cell, valueOf } from '../crdt/parts/cell.ts'
import { SetState } from '../crdt/set/set.ts'
import { formatId } from '../crdt/stream/id.ts'
import { StreamState } from '../crdt/stream/state.ts'
import type { State } from '../crdt/type.ts'
import { textOfScore } from '../crdt/zset/score.ts'
import { ZSetState } from '../crdt/zset/zset.ts'

const MOST_ITEMS = 6
const MOST_BYTES = 80
const MOST_DEPTH = 3
const MOST_SORTED = 200

/** `now`: the region's wall clock, ms since 1970: fields that have expired are left out. */
export function previewOf(state: State, now: number): Bytes {
  if (state instanceof Cell) return cut(valueOf(state))
  if (state instanceof HashState) {
    const seen = inOrder(state.cells).filter(([name]) => fieldAt(state, name, now) !== undefined)
    return `{${list(seen, ([name, cell]) => `${cut(name)}: ${cut(valueOf(cell))}`)}}`
  }
  if (state instanceof SetState) return `{${list(inOrder(state.members), ([name]) => cut(name))}}`
  if (state instanceof ZSetState) {
    const byScore = inOrder(state.cells)
    if (byScore.length === state.cells.size) byScore.sort(([, a], [, b]) => a.score - b.score)
    return `{${list(byScore, ([name, { score }]) => `${cut(name)}: ${textOfScore(score)}`)}}`
  }
  if (state instanceof ListState) {
    const { order } = state.sequence
    return `[${list(order, ({ value }) => cut(typeof value === 'string' ? value : valueOf(value)))}]`
  }
  if (state instanceof StreamState) {
    const { last, size } = state.entries
    return `${size} ${size === 1 ? 'entry' : 'entries'}${last === undefined ? '' : `, the last ${formatId(last)}`}`
  }
  if (state instanceof HyperLogLogState) return `about ${estimate(state.registers.packed())} elements`
  if (state instanceof JsonState) return cut(previewOfSlot(state, rootSlot(state), 0))
  return ''
}

/** Of a small map the entries in the order of their names, as every region has it; of a large one some entries. */
function inOrder<T>(map: ReadonlyMap<Bytes, T>): [Bytes, T][] {
  if (map.size <= MOST_SORTED) return [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  const some: [Bytes, T][] = []
  for (const entry of map) {
    if (some.push(entry) > MOST_ITEMS) break
  }
  return some
}

/** Items up to a limit, and an ellipsis where there are more; at most a line of them. */
function list<T>(items: Iterable<T>, show: (item: T) => Bytes): Bytes {
  const shown: Bytes[] = []
  let length = 0
  for (const item of items) {
    if (shown.length === MOST_ITEMS || length > MOST_BYTES) return `${shown.join(', ')}, ...`
    const text = show(item)
    length += text.length
    shown.push(text)
  }
  return shown.join(', ')
}

function previewOfSlot(document: JsonState, slot: Slot, depth: number): Bytes {
  const { siblings } = slot.cell
  if (siblings === null) return 'null'
  const node = nodeAt(document, slot)
  if (node === undefined) return scalarText(codeAt(document, slot.place, siblings))
  if (depth === MOST_DEPTH) return kindOfSlot(slot.cell) === 'array' ? '[...]' : '{...}'
  if (node.kind === 'object') {
    return `{${list(fieldsOf(node), ([field, cell]) => {
      const child = { place: { node: node.id, field }, cell, parent: slot }
      return `${field}: ${previewOfSlot(document, child, depth + 1)}`
    })}}`
  }
  return `[${list(node.elements.order, ({ run, i, value }) => {
    const child = { place: { node: node.id, element: { run: run.id, i } }, cell: value, parent: slot }
    return previewOfSlot(document, child, depth + 1)
  })}]`
}

/** A scalar's code as JSON has it, strings not escaped: whoever shows it does that. */
export function scalarText(code: Bytes): Bytes {
  const first = code.charAt(0)
  if (first === '"') return `${code}"`
  return { n: 'null', t: 'true', f: 'false' }[first] ?? code
}

function cut(bytes: Bytes): Bytes {
  return bytes.length > MOST_BYTES ? `${beginning(bytes, MOST_BYTES)}...` : bytes
}

/** So many bytes of it, or a few less, so that no UTF-8 character is cut in two. */
export function beginning(bytes: Bytes, most: number): Bytes {
  if (bytes.length <= most) return bytes
  let end = most
  while (end > most - 3 && (bytes.charCodeAt(end) & 0xc0) === 0x80) end--
  return bytes.slice(0, end)
}
