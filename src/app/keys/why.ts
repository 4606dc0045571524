/**
 * Why a key reads as it does, in plain words: from what regions hold of it (contending assignments, increments, lifetimes), from the decisions in the journal, and
 * from the writes that are still on their way. Each reason has the name of its rule.
 */
import { ruleOf, type KeyInside, type Part, type Resolution, type RuleId, type Section } from '../../engine/index.ts'
import type { ReplicaId } from '../../replication/index.ts'
import { quoteArgument, safeBytes } from '../../terminal/index.ts'
import { eventDetails, laneName, type Decision, type Timeline, type TimelineEvent } from '../timeline/index.ts'
import { bytesOfLabel, missingIn, type Clocks } from './unsettled.ts'

export interface Reason {
  readonly rule: string
  readonly title: string
  readonly explanation: string
  /** Field, member or path that it is about; null: the key. */
  readonly element: string | null
  /** What happened here, a sentence each. */
  readonly texts: readonly string[]
  /** The writes that it is about, and what became of them. */
  readonly writes: readonly { readonly event: TimelineEvent; readonly role: 'kept' | 'lost' | 'joined' | 'missing' }[]
}

export type Insides = ReadonlyMap<ReplicaId, KeyInside | null>

/** Decisions told of; the latest count. */
const MOST_DECISIONS = 4
/** Of one key in one arrival, such as the fields of a hash. */
const MOST_AT_ONCE = 20
/** So many events are gone through to find them. */
const MOST_EVENTS = 20_000

export function reasonsFor(timeline: Timeline, label: string, insides: Insides, clocks: Clocks): Reason[] {
  const reasons = new Reasons()
  for (const region of clocks.keys()) {
    const missing = missingIn(timeline, label, region, clocks)
    if (missing.length === 0) continue
    const count = missing.length === 1 ? 'a write' : `${missing.length} writes`
    const text = `${laneName(timeline, region)} has not got ${count} of this key yet.`
    for (const event of missing.slice(-3)) reasons.add('G1', null, text, [{ event, role: 'missing' }])
  }
  for (const [region, inside] of insides) {
    if (inside) for (const [rule, text] of statements(timeline, inside, region)) reasons.add(rule, null, text, [])
  }
  for (const decision of decisionsOn(timeline, label)) {
    const writes = (['kept', 'lost', 'between'] as const).flatMap((side) =>
      decision[side].flatMap(({ event }) => {
        return event ? [{ event, role: side === 'between' ? ('joined' as const) : side }] : []
      }),
    )
    reasons.add(decision.rule, decision.element, '', writes)
  }
  if (reasons.all.length > 0) return reasons.all
  const visible = [...insides.values()].some((inside) => inside?.row.state === 'visible')
  if (visible) reasons.add('G3', null, 'Every write of this key had seen the ones before it: the latest holds.', [])
  return reasons.all
}

/** Joins what is said under one rule about one thing. */
class Reasons {
  readonly all: Reason[] = []

  add(id: string, element: string | null, text: string, writes: Reason['writes']): void {
    const at = this.all.findIndex((one) => one.rule === id && one.element === element)
    const known = this.all[at]
    const rule = ruleOf(id)
    const fresh = { rule: id, title: rule?.title ?? 'Rule', explanation: rule?.explanation ?? '', element }
    const texts = text === '' || known?.texts.includes(text) ? [] : [text]
    const more = writes.filter(({ event }) => known?.writes.every((one) => one.event !== event) ?? true)
    const joined = {
      ...fresh,
      texts: [...(known?.texts ?? []), ...texts],
      writes: [...(known?.writes ?? []), ...more].sort((a, b) => a.event.id - b.event.id),
    }
    if (known === undefined) this.all.push(joined)
    else this.all[at] = joined
  }
}

/** What the inside of a key alone tells. */
function statements(timeline: Timeline, { row, sections }: KeyInside, region: ReplicaId): [RuleId, string][] {
  const out: [RuleId, string][] = []
  const nameOf = (part: Part | undefined) => laneName(timeline, part?.by[0]?.replica ?? 0)
  const partsOf = (kind: Section['kind']) => sections.find((each) => each.kind === kind && !each.hidden)?.parts ?? []
  const [winner, ...losers] = partsOf('register')
  if (winner !== undefined) {
    for (const loser of losers) {
      const sides = [winner, loser].map(
        (part) => `${shortValue(part)} of ${nameOf(part)} (${clockText(part.wall ?? 0)})`,
      )
      if (loser.wall === winner.wall) {
        out.push(['G5', `${sides.join(' and ')} bear the same time; the region with the smaller number wins.`])
      } else
        out.push(['S1', `${sides[0]} is later than ${sides[1]}. Neither had seen the other, so the later one shows.`])
    }
  }
  const increments = partsOf('counter')
  if (increments.length > 0 && winner !== undefined && !/^[-+]?\d/.test(winner.value)) {
    out.push(['C4', `${shortValue(winner)} is no number, so what was added to it does not show.`])
  } else if (increments.length > 0) {
    const terms = increments.map((part) => `${signed(part.value)} from ${nameOf(part)}`)
    const sum = winner === undefined ? terms : [`${safeBytes(winner.value)} set by ${nameOf(winner)}`, ...terms]
    out.push([winner === undefined ? 'C1' : 'C3', `${safeBytes(row.preview)} is made of ${sum.join(', ')}.`])
  }
  const hidden = sections.find((each) => each.hidden)
  if (hidden) {
    out.push(['G10', `A value of type ${hidden.type} is kept as well, and does not show while the ${row.type} lives.`])
  }
  const [lifetime, ...shorter] = partsOf('expiry')
  if (lifetime && shorter.length > 0) {
    const others = shorter.map((part) => `${momentText(part.value)} of ${nameOf(part)}`).join(', ')
    out.push(['X1', `${momentText(lifetime.value)} of ${nameOf(lifetime)} outlasts ${others}.`])
  }
  if (lifetime && lifetime.note === 'owner' && row.state !== 'removed') {
    const done = row.state === 'expired' ? `${laneName(timeline, region)} hides the key already: its time is up. ` : ''
    out.push([
      'X2',
      `${done}${nameOf(lifetime)} set the lifetime in force, so it will remove the key and tell the others.`,
    ])
  }
  if (row.state === 'removed') {
    out.push(['R4', 'The key is deleted. Its marks stay until every region is known to have seen the deletion.'])
  }
  return out
}

function signed(value: string): string {
  return value.startsWith('-') ? `−${value.slice(1)}` : `+${value}`
}

function shortValue({ value }: Part): string {
  const text = safeBytes(value)
  return `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`
}

/** A moment as an expiry names it (ISO 8601, or PERSIST), to the second; UTC like all clocks here. */
export function momentText(iso: string): string {
  return iso.replace('T', ' ').replace(/\.\d+Z$/, '')
}

/** A wall clock's time of day, to the millisecond, UTC. */
export function clockText(ms: number): string {
  return new Date(ms).toISOString().slice(11, 23)
}

/** The latest different decisions about a key. */
function decisionsOn(timeline: Timeline, label: string): Decision[] {
  const found = new Map<string, Decision>()
  const { events } = timeline
  const name = bytesOfLabel(label)
  for (let i = events.length - 1; i >= Math.max(0, events.length - MOST_EVENTS); i--) {
    const event = events[i] as TimelineEvent
    if (!event.conflict) continue
    // Details are costly, and a sync may bring decisions about very many keys; of those alike the latest tells all.
    const about = event.resolutions
      .filter((one) => one.key === name && !found.has(subjectOf(one)))
      .slice(0, MOST_AT_ONCE)
    if (about.length === 0) continue
    const { decisions } = eventDetails(timeline, { ...event, resolutions: about })
    for (const decision of decisions) {
      const subject = `${decision.rule} ${decision.element}`
      if (!found.has(subject)) found.set(subject, decision)
    }
    if (found.size >= MOST_DECISIONS) break
  }
  return [...found.values()].slice(0, MOST_DECISIONS)
}

/** What a resolution is about, under which rule. */
function subjectOf({ rule, element }: Resolution): string {
  return `${rule} ${element === undefined ? null : quoteArgument(element)}`
}
