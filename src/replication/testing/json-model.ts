/**
 * An independent model of one document of objects and numbers: slow and obviously right. For every moment and every set of writes it can say what is shown, from
 * "who had observed whom" alone: values at one place are those that no write which had observed them took out; the smallest region's is shown (J1); a
 * change belongs to the object, or the number, that its author saw there, and is lost with it (J2).
 *
 * Read from commands: JSON.SET, JSON.DEL, JSON.NUMINCRBY, JSON.CLEAR on paths of field names, and DEL.
 */
import type { Random } from '../../lib/index.ts'
import { isError } from '../../engine/index.ts'
import { History, type Step } from './history.ts'

interface Dot {
  readonly replica: number
  readonly n: number
  readonly seen: readonly number[]
}

type Plain = number | { readonly [field: string]: Plain }

/** A slot: the object that its field is in (by identity), and the field; the root is a field of nothing. */
interface Slot {
  readonly within: object | null
  readonly field: string
}

/** A value that was put somewhere. An object among them is its own identity. */
interface Assignment {
  readonly slot: Slot
  readonly dot: Dot
  readonly number: number | null
  readonly increments: { readonly dot: Dot; readonly by: number }[]
}

interface Removal {
  readonly slot: Slot
  readonly dot: Dot
}

const FIELDS = ['a', 'b']
/** Never deleted, so that a document is never left empty and its key stays. */
const KEPT = 'k'
const DOCUMENTS = [
  `{"${KEPT}":0,"a":1}`,
  `{"${KEPT}":1,"a":{"a":1},"b":2}`,
  `{"${KEPT}":2,"b":{"a":3,"b":{"a":5}},"a":4}`,
]

export function drawJsonModelled(random: Random): string[][] {
  const path = `$.${random.pick(FIELDS)}${random.chance(0.4) ? `.${random.pick(FIELDS)}` : ''}`
  switch (random.below(20)) {
    case 0:
    case 1:
    case 2:
      return [['JSON.SET', 'json', '$', random.pick(DOCUMENTS)]]
    case 3:
      return [
        random.pick([
          ['DEL', 'json'],
          ['JSON.DEL', 'json', '$'],
          ['JSON.CLEAR', 'json', path],
        ]),
      ]
    case 4:
    case 5:
      return [['JSON.SET', 'json', path, '{}']]
    case 6:
    case 7:
    case 8:
    case 9:
      return [['JSON.SET', 'json', path, random.pick(['1', '2', '{"a":5}'])]]
    case 10:
    case 11:
      return [['JSON.DEL', 'json', path]]
    case 12:
      return [['JSON.CLEAR', 'json', path]]
    default:
      return [['JSON.NUMINCRBY', 'json', path, String(random.below(9) + 1)]]
  }
}

export class DocumentModel {
  readonly #assignments: Assignment[] = []
  readonly #removals: Removal[] = []

  take({ replica, argv, seen, dots, reply }: Step): void {
    if (dots === null || isError(reply)) return
    const dot: Dot = { replica, n: dots[1], seen }
    const known = (other: Dot) => observed(dot, other)
    const [name, , path = '$', operand = ''] = argv
    const fields = path.split('.').slice(1)
    const slot = name === 'DEL' ? ROOT : this.#slotAt(fields, known)
    if (slot === undefined) return
    if (name === 'JSON.SET') this.#assign(slot, dot, JSON.parse(operand) as Plain)
    else if (name === 'JSON.NUMINCRBY') this.#shown(slot, known)?.increments.push({ dot, by: Number(operand) })
    else if (name === 'JSON.CLEAR') this.#clear(slot, dot, known)
    else this.#removals.push({ slot, dot })
  }

  #assign(slot: Slot, dot: Dot, value: Plain): void {
    const number = typeof value === 'number' ? value : null
    const assignment = { slot, dot, number, increments: [] }
    this.#assignments.push(assignment)
    if (typeof value === 'number') return
    for (const [field, inner] of Object.entries(value)) this.#assign({ within: assignment, field }, dot, inner)
  }

  #clear(slot: Slot, dot: Dot, known: (dot: Dot) => boolean): void {
    const shown = this.#shown(slot, known)
    if (shown === undefined) return
    if (shown.number !== null) this.#assign(slot, dot, 0)
    else for (const inner of this.#slotsIn(shown)) this.#removals.push({ slot: inner, dot })
  }

  #slotsIn(within: object): Slot[] {
    const slots = this.#assignments.filter((one) => one.slot.within === within).map((one) => one.slot)
    return slots.filter((slot, i) => slots.findIndex((other) => other.field === slot.field) === i)
  }

  /** What is shown in a slot to someone who knows these writes. */
  #shown(slot: Slot, known: (dot: Dot) => boolean): Assignment | undefined {
    const here = (one: { slot: Slot; dot: Dot }) =>
      one.slot.within === slot.within && one.slot.field === slot.field && known(one.dot)
    const takers = [...this.#assignments.filter(here), ...this.#removals.filter(here)]
    const live = this.#assignments
      .filter(here)
      .filter((one) => !takers.some((other) => other !== one && observed(other.dot, one.dot)))
    return live.sort((a, b) => a.dot.replica - b.dot.replica)[0]
  }

  #slotAt(fields: readonly string[], known: (dot: Dot) => boolean): Slot | undefined {
    let slot = ROOT
    for (const field of fields) {
      const within = this.#shown(slot, known)
      if (within === undefined || within.number !== null) return undefined
      slot = { within, field }
    }
    return slot
  }

  /** The document that someone sees who knows everything. */
  final(slot: Slot = ROOT): Plain | undefined {
    const shown = this.#shown(slot, () => true)
    if (shown === undefined) return undefined
    if (shown.number !== null) return shown.increments.reduce((sum, { by }) => sum + by, shown.number)
    const fields: Record<string, Plain> = {}
    for (const inner of this.#slotsIn(shown)) {
      const value = this.final(inner)
      if (value !== undefined) fields[inner.field] = value
    }
    return fields
  }
}

const ROOT: Slot = { within: null, field: '' }

/** Had the author of `later` observed `earlier`? */
function observed(later: Dot, earlier: Dot): boolean {
  if (later.replica === earlier.replica) return later.n > earlier.n
  return (later.seen[earlier.replica] ?? 0) >= earlier.n
}

/** Do all regions show the document that the model says? What is wrong, or undefined. */
export function departureOfJson(seed: number): string | undefined {
  const history = new History(seed, { replicas: 3 + (seed % 3), steps: 50, draw: drawJsonModelled }).run().settle()
  const model = new DocumentModel()
  for (const step of history.steps) model.take(step)
  const want = canonical(model.final())
  for (const text of history.everywhere(['JSON.GET', 'json'])) {
    const got = text === 'null' ? canonical(undefined) : canonical(JSON.parse(text.slice(1, -1)) as Plain)
    if (got !== want) return `JSON.GET json: ${text}, the model says ${want}`
  }
  return undefined
}

/** Fields in the order of their names. */
export function canonical(value: Plain | undefined): string {
  if (value === undefined || typeof value === 'number') return String(value)
  return `{${Object.keys(value)
    .sort()
    .map((field) => `${field}:${canonical(value[field])}`)
    .join()}}`
}
