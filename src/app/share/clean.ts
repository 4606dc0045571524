/**
 * A session's log as it comes from outside: a link, a file, what an earlier version saved. It is built anew, field by field, so that nothing unlooked-at
 * gets into a session; what does not fit is refused with words for the visitor.
 */
import type { SessionInput, SessionLog, SessionSettings } from '../../simulation/index.ts'
import { charactersOf, MOST_CHARACTERS, MOST_INPUTS } from './limits.ts'

/** G7. */
const MOST_REGIONS = 10
const LONGEST_NAME = 100
const LONGEST_LINE = 10_000
/** What the control language allows for a delay: 30 days. */
const LONGEST_LATENCY_MS = 720 * 3_600_000
/** About a thousand years: together they stay below the latest time that a key can expire at (X3). */
const LATEST_MS = 2 ** 45
const MOST_NUMBER = 2 ** 32 - 1
/** They would act on the terminal, or turn the text around them. */
const UNFIT_FOR_NAMES = /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u
/** Tabs are not: they are blanks. */
const CONTROL_CHARACTER = /(?!\t)\p{Cc}/u
const NO_BYTES = /[^\0-\xff]/

/** The one error of everything that reads foreign sessions; its message is for the visitor. */
export class UnfitSession extends Error {
  override name = 'UnfitSession'
}

/** Throws `UnfitSession`. */
export function cleanedLog(value: unknown): SessionLog {
  const { settings, inputs, until } = record(value, 'the session')
  if (!Array.isArray(inputs)) throw new UnfitSession('inputs: expected a list')
  return collectLog(settings, until, (inputs as unknown[]).values())
}

/** The same for inputs that come one by one. */
export function collectLog(givenSettings: unknown, givenUntil: unknown, given: Iterable<unknown>): SessionLog {
  const settings = cleanedSettings(givenSettings)
  const until = whole(givenUntil, 'until', 0, LATEST_MS)
  const inputs: SessionInput[] = []
  let at = 0
  let characters = 0
  for (const each of given) {
    if (inputs.length === MOST_INPUTS) throw new UnfitSession(`a session has at most ${MOST_INPUTS} inputs`)
    const input = cleanedInput(each, at, until)
    at = input.at
    characters += charactersOf(input)
    if (characters > MOST_CHARACTERS) throw new UnfitSession('the session is too large')
    inputs.push(input)
  }
  return { settings, inputs, until }
}

/** Without `testMode`, which is for tests of our own. */
function cleanedSettings(value: unknown): SessionSettings {
  const { seed, regions, epochMs, latencyMs, held } = record(value, 'settings')
  if (!Array.isArray(regions) || regions.length < 1 || regions.length > MOST_REGIONS)
    throw new UnfitSession(`regions: expected one to ${MOST_REGIONS} names`)
  const names = (regions as unknown[]).map(cleanedName)
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length)
    throw new UnfitSession('regions: expected names that differ')
  if (typeof held !== 'boolean') throw new UnfitSession('held: expected true or false')
  return {
    seed: whole(seed, 'seed', 0, MOST_NUMBER),
    regions: names,
    epochMs: whole(epochMs, 'epochMs', 0, LATEST_MS),
    latencyMs: whole(latencyMs, 'latencyMs', 0, LONGEST_LATENCY_MS),
    held,
  }
}

function cleanedName(value: unknown): string {
  if (typeof value !== 'string' || value === '' || value.length > LONGEST_NAME || UNFIT_FOR_NAMES.test(value))
    throw new UnfitSession(`regions: expected names of 1 to ${LONGEST_NAME} characters that can be shown`)
  return value
}

function cleanedInput(value: unknown, notBefore: number, until: number): SessionInput {
  const { at: time, kind, line, region: place, session: number, argv } = record(value, 'an input')
  const at = whole(time, 'at', notBefore, until)
  if (kind === 'control') {
    if (typeof line !== 'string' || line.length > LONGEST_LINE || CONTROL_CHARACTER.test(line))
      throw new UnfitSession('line: expected a control line')
    return { at, kind, line }
  }
  if (kind !== 'command' && kind !== 'close') throw new UnfitSession('kind: expected command, control or close')
  const region = whole(place, 'region', 1, MOST_NUMBER)
  const session = whole(number, 'session', 0, MOST_NUMBER)
  if (kind === 'close') return { at, kind, region, session }
  if (!Array.isArray(argv) || argv.length === 0) throw new UnfitSession('argv: expected the words of a command')
  return { at, kind, region, session, argv: (argv as unknown[]).map(cleanedWord) }
}

function cleanedWord(value: unknown): string {
  if (typeof value !== 'string' || NO_BYTES.test(value)) throw new UnfitSession('argv: expected words made of bytes')
  return value
}

function whole(value: unknown, what: string, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
  throw new UnfitSession(`${what}: expected a whole number from ${least} to ${most}`)
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  throw new UnfitSession(`${what}: expected an object`)
}
