/** What the front matter's values mean. Absent ones have the defaults of a scenario: held links, seed 1. */
import { quoted } from './cell-commands.ts'
import { numberedRegions } from './columns.ts'
import { listValue, plainValue, type Settings } from './front-matter.ts'
import { controlMistake, type Reader } from './reader.ts'
import type { ScriptLine } from './scenario.ts'

const MOST_REGIONS = 10
const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** The regions that the front matter names, or undefined when it says nothing about them. */
export function readRegions(reader: Reader, settings: Settings): string[] | undefined {
  const items = listValue(settings, 'regions')
  const [first] = items
  if (first === undefined) {
    if (settings.has('regions'))
      reader.problem({ line: 1, column: 1 }, 'regions: expected a number or names, found nothing')
    return undefined
  }
  const isNumber = items.length === 1 && /^\d+$/.test(first.text)
  const names = isNumber
    ? numberedRegions(Math.min(Number(first.text), MOST_REGIONS + 1))
    : items.map((item) => item.text)
  if (names.length < 2 || names.length > MOST_REGIONS) {
    reader.problem(
      first.place,
      `regions: expected two to ten, as a number or as names, found ${quoted(items.map((i) => i.text).join(', '))}`,
    )
    return undefined
  }
  const odd = names.findIndex(
    (name, i) => name === '' || names.findIndex((n) => n.toLowerCase() === name.toLowerCase()) !== i,
  )
  if (odd >= 0)
    reader.problem(
      items[odd]?.place ?? first.place,
      `regions: expected different names, found ${quoted(names[odd] ?? '')} again or empty`,
    )
  return names
}

/** Virtual ms, or undefined when the links are held. */
export function readLatency(reader: Reader, settings: Settings): number | undefined {
  const value = plainValue(settings, 'latency')
  if (value === undefined) return undefined
  const parts = /^(\d{1,6}(?:\.\d+)?)\s*(ms|s)$/.exec(value.text)
  if (!parts)
    reader.problem(value.place, `latency: expected a duration such as 80ms or 1s, found ${quoted(value.text)}`)
  return Math.round(Number(parts?.[1] ?? 0) * (parts?.[2] === 's' ? 1000 : 1))
}

export function readSeed(reader: Reader, settings: Settings): number {
  const value = plainValue(settings, 'seed')
  if (value === undefined) return 1
  if (!/^\d{1,10}$/.test(value.text))
    reader.problem(value.place, `seed: expected a whole number of at most ten digits, found ${quoted(value.text)}`)
  return Number(value.text) || 0
}

/** Wall-clock ms since 1970, or undefined when nothing is said. */
export function readStart(reader: Reader, settings: Settings): number | undefined {
  const value = plainValue(settings, 'start')
  if (value === undefined) return undefined
  const startMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z$/.test(value.text)
    ? Date.parse(value.text)
    : Number.NaN
  if (startMs >= 0) return startMs
  reader.problem(value.place, `start: expected a time such as 2025-01-01T00:00:00Z, found ${quoted(value.text)}`)
  return undefined
}

/** Whether the tables' first column says when each row begins. */
export function readTimes(reader: Reader, settings: Settings): boolean {
  const value = plainValue(settings, 'times')
  if (value === undefined) return false
  if (value.text.toLowerCase() !== 'exact')
    reader.problem(value.place, `times: expected exact, found ${quoted(value.text)}`)
  return true
}

/** `2.5s`, `80ms`, `1m`, as whole ms; undefined when it is none. */
export function rowTime(text: string): number | undefined {
  const parts = /^(\d{1,12}(?:\.\d{1,3})?)\s*(ms|s|m|h)$/.exec(text)
  return parts === null ? undefined : Math.round(Number(parts[1]) * UNIT_MS[parts[2] as keyof typeof UNIT_MS])
}

/** The control lines for the database settings; those that ask for the default are not needed. */
export function setupLines(reader: Reader, settings: Settings, regions: readonly string[]): ScriptLine[] {
  return [
    ...setupLine(reader, settings, 'causal', ['off', 'on'], regions),
    ...setupLine(reader, settings, 'xadd-id', ['strict', 'semi-strict', 'liberal'], regions),
  ]
}

/** `words`: the values that a setting knows, its default first. */
function setupLine(
  reader: Reader,
  settings: Settings,
  name: 'causal' | 'xadd-id',
  words: readonly string[],
  regions: readonly string[],
): ScriptLine[] {
  const value = plainValue(settings, name)
  const word = value?.text.toLowerCase()
  if (value === undefined || word === words[0]) return []
  const line = `${name} ${word}`
  const wrong = words.includes(word ?? '')
    ? controlMistake(line, regions)
    : `expected ${words.join(', ')}, found ${quoted(value.text)}`
  if (wrong === undefined) return [{ kind: 'control', place: value.place, line }]
  reader.problem(value.place, `${name}: ${wrong}`)
  return []
}
