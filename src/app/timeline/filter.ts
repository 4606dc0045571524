/** Which events are asked for: by key, command, text, region and pattern, all of which must hold. */
import type { ReplicaId } from '../../replication/index.ts'
import { writesOfDots } from './causality.ts'
import type { Timeline, TimelineEvent } from './model.ts'
import { patternEvents, type PatternName } from './patterns.ts'
import { commandOf, keysRead } from './words.ts'

export interface TimelineFilter {
  /** A key as the timeline writes it. As long as no key is called that, all that contain it. Empty: any. */
  readonly key: string
  /** The name of a command, in any case. As long as none of that name ran, all that begin so. Empty: any. */
  readonly command: string
  /** Found in the command or in what came of it, in any case. Empty: any. */
  readonly text: string
  readonly pattern: PatternName | null
  /** Regions whose lanes are not shown. */
  readonly hidden: ReadonlySet<ReplicaId>
}

export const NO_FILTER: TimelineFilter = { key: '', command: '', text: '', pattern: null, hidden: new Set() }

/** Whether anything but hidden regions narrows the view. */
export function asksFor({ key, command, text, pattern }: TimelineFilter): boolean {
  return key.trim() !== '' || command.trim() !== '' || text.trim() !== '' || pattern !== null
}

/** In order. An arrival is asked for when any of the writes that it brought is. */
export function filteredEvents(timeline: Timeline, filter: TimelineFilter): readonly TimelineEvent[] {
  const { hidden, pattern } = filter
  const isShown = (event: TimelineEvent) => !hidden.has(event.region)
  if (!asksFor(filter)) return hidden.size === 0 ? timeline.events : timeline.events.filter(isShown)
  const inPattern = pattern && patternEvents(timeline, pattern)
  const matches = matcher(timeline, filter)
  return timeline.events.filter((event) => isShown(event) && (!inPattern || inPattern.has(event.id)) && matches(event))
}

function matcher(timeline: Timeline, { key, command, text }: TimelineFilter): (event: TimelineEvent) => boolean {
  const hasKey = keyTest(timeline, key.trim())
  const hasCommand = commandTest(timeline, command.trim().toUpperCase())
  const needle = text.trim().toLowerCase()
  const hasText = ({ label, outcome }: TimelineEvent) =>
    needle === '' || label.toLowerCase().includes(needle) || outcome.toLowerCase().includes(needle)
  const own = (event: TimelineEvent) => hasKey(event) && hasCommand(event) && hasText(event)
  return (event) =>
    own(event) ||
    event.arrived.some(({ origin, dots }) => writesOfDots(timeline, origin, dots).some((write) => own(write)))
}

function keyTest({ writesByKey, events }: Timeline, key: string): (event: TimelineEvent) => boolean {
  if (key === '') return () => true
  const isKnown = writesByKey.has(key) || events.some((event) => event.kind === 'read' && keysRead(event).includes(key))
  const test = isKnown ? (name: string) => name === key : (name: string) => name.includes(key)
  return (event) => (event.kind === 'read' ? keysRead(event) : event.keys).some(test)
}

function commandTest({ events }: Timeline, command: string): (event: TimelineEvent) => boolean {
  if (command === '') return () => true
  const isKnown = events.some((event) => commandOf(event) === command)
  return (event) => (isKnown ? commandOf(event) === command : commandOf(event).startsWith(command))
}

/** What there is to choose from, in alphabetical order, at most `most` of each. */
export function filterChoices(
  timeline: Timeline,
  most: number,
): { keys: readonly string[]; commands: readonly string[] } {
  const commands = new Set(timeline.events.map(commandOf).filter((name) => name !== ''))
  return { keys: [...timeline.writesByKey.keys()].sort().slice(0, most), commands: [...commands].sort().slice(0, most) }
}
