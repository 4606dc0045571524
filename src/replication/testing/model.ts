/**
 * An independent model of strings, counters, hashes, sets and sorted sets: slow and obviously right. A history is a list of elementary writes, each with the clock that its
 * author had observed; what everyone shows in the end follows from "who had observed whom" alone. It shares no code with the engine.
 *
 * Read from commands and their replies: SET, GETEX, EXPIRE, PERSIST, INCRBY, DEL, SADD, SREM, SPOP, HSET, HDEL, HINCRBY, PFADD, ZADD, ZREM, ZPOPMIN, ZINCRBY on keys
 * that keep one type.
 */
import { isError } from '../../engine/index.ts'
import type { Step } from './history.ts'

interface Write {
  readonly origin: number
  readonly n: number
  readonly seen: readonly number[]
  readonly wall: number
  readonly key: string
  /** Field or member; '' for a string; EXPIRY; null: the whole key. */
  readonly element: string | null
  readonly kind: 'assign' | 'increment' | 'add' | 'remove' | 'count'
  readonly value: string
}

/** The element that stands for when the key expires: of concurrent times the longest wins, and to stay for ever is the longest (X1). */
export const EXPIRY = '\0expiry'

function writesOf(step: Step): Write[] {
  if (step.dots === null || isError(step.reply)) return []
  const [name, key = '', ...rest] = step.argv
  const base = { origin: step.replica, n: step.dots[1], seen: step.seen, wall: step.wall, key }
  const one = (kind: Write['kind'], element: string | null, value = ''): Write => ({ ...base, kind, element, value })
  const expiry = (at: number): Write => ({ ...one('assign', EXPIRY, at === Infinity ? '-1' : String(at)), wall: at })
  const within = (seconds: string | undefined) => expiry(step.wall + Number(seconds) * 1000)
  switch (name) {
    case 'SET': {
      const [value, option, seconds] = rest
      const written = one('assign', '', value)
      if (option === 'KEEPTTL') return [written]
      // A new value takes out the expiry that it had observed (X4).
      return [written, option === 'EX' ? within(seconds) : one('remove', EXPIRY)]
    }
    case 'GETEX':
      return [within(rest[1])]
    case 'EXPIRE':
      return [within(rest[0])]
    case 'PERSIST':
      return [expiry(Infinity)]
    case 'INCRBY':
      return [one('increment', '', rest[0])]
    case 'DEL':
      return [one('remove', null)]
    case 'SADD':
      return rest.map((member) => one('add', member))
    case 'SREM':
      return rest.map((member) => one('remove', member))
    case 'SPOP':
      return [one('remove', step.reply as string)]
    case 'HSET':
      return rest.flatMap((field, i) => (i % 2 === 0 ? [one('assign', field, rest[i + 1])] : []))
    case 'HDEL':
      return rest.map((field) => one('remove', field))
    case 'PFADD':
      return rest.map((element) => one('count', element))
    case 'HINCRBY':
      return [one('increment', rest[0] ?? '', rest[1])]
    case 'ZADD':
      return [one('assign', rest[1] ?? '', rest[0])]
    case 'ZREM':
      return rest.map((member) => one('remove', member))
    case 'ZPOPMIN':
      return [one('remove', (step.reply as string[])[0] as string)]
    case 'ZINCRBY':
      return [one('increment', rest[1] ?? '', rest[0])]
    default:
      throw new Error(`the model does not know ${name}`)
  }
}

/** Had the author of `later` observed `earlier`? */
function observed(later: Write, earlier: Write): boolean {
  if (later.origin === earlier.origin) return later.n > earlier.n
  return (later.seen[earlier.origin] ?? 0) >= earlier.n
}

/** The writes whose authors had observed `earlier`, or a write of the key whose author knew it. What is counted survives only deletions that it knew (P1). */
function knowing(earlier: Write, ofKey: readonly Write[]): ReadonlySet<Write> {
  const knew = new Set<Write>()
  // Writes stand in the order in which they happened, so what one had observed comes before it.
  for (const write of ofKey)
    if (observed(write, earlier) || [...knew].some((one) => observed(write, one))) knew.add(write)
  return knew
}

/** What every region shows once all has been delivered: element → value ('' for set members), per key. Keys without content are absent. */
export function modelState(steps: readonly Step[]): Map<string, Map<string, string>> {
  const writes = steps.flatMap(writesOf)
  const out = new Map<string, Map<string, string>>()
  for (const key of new Set(writes.map((w) => w.key))) {
    const ofKey = writes.filter((w) => w.key === key)
    const content = new Map<string, string>()
    const known = ofKey.filter((w) => w.element === null).map((deletion) => knowing(deletion, ofKey))
    for (const element of new Set(ofKey.flatMap((w) => w.element ?? []))) {
      const about = ofKey.filter((w) => w.element === element || w.element === null)
      const live = about.filter((w) =>
        w.kind === 'count'
          ? known.every((knew) => knew.has(w))
          : w.kind !== 'remove' && !about.some((x) => removes(x) && observed(x, w)),
      )
      const value = visible(live)
      if (value !== undefined) content.set(element, value)
    }
    if (content.size > 0) out.set(key, content)
  }
  return out
}

/** Assignments take out what they had observed, just as removals do; adding a member and incrementing take out nothing. */
function removes(write: Write): boolean {
  return write.kind === 'remove' || write.kind === 'assign'
}

function visible(live: readonly Write[]): string | undefined {
  if (live.length === 0) return undefined
  if (live.some((w) => w.kind === 'add' || w.kind === 'count')) return ''
  const [winner] = live.filter((w) => w.kind === 'assign').sort((a, b) => b.wall - a.wall || a.origin - b.origin)
  const increments = live.filter((w) => w.kind === 'increment')
  const sum = increments.reduce((total, w) => total + Number(w.value), 0)
  return winner === undefined
    ? String(sum)
    : increments.length === 0
      ? winner.value
      : String(Number(winner.value) + sum)
}
