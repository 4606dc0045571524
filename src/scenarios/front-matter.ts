/** The settings between two `---` lines at the top of a file: `name: value` lines, and lists for `given` and `regions`. A small part of YAML. */
import { quoted } from './cell-commands.ts'
import type { Reader } from './reader.ts'
import type { PlacedLine } from './script.ts'

const NAMES = ['title', 'regions', 'causal', 'xadd-id', 'latency', 'seed', 'start', 'times', 'given'] as const
export type SettingName = (typeof NAMES)[number]

/** The lines of a setting: one for a plain value, one for each item of a list. */
export type Settings = ReadonlyMap<SettingName, readonly PlacedLine[]>

/** `next`: the index of the first line after the front matter. */
export function readFrontMatter(reader: Reader, lines: readonly string[]): { settings: Settings; next: number } {
  const settings = new Map<SettingName, PlacedLine[]>()
  if (lines[0]?.trim() !== '---') return { settings, next: 0 }
  const end = lines.findIndex((line, i) => i > 0 && line.trim() === '---')
  if (end < 0) {
    reader.problem({ line: 1, column: 1 }, 'expected a second line of --- to end the settings')
    return { settings, next: lines.length }
  }
  let current: PlacedLine[] | undefined
  for (let i = 1; i < end; i++) {
    const line = lines[i] ?? ''
    if (line.trim() === '' || line.trim().startsWith('#')) continue
    const indent = line.length - line.trimStart().length
    const item = /^\s+(?:- +)?(\S.*)$|^- +(\S.*)$/.exec(line)
    if (item) {
      const text = item[1] ?? item[2] ?? ''
      if (current) current.push({ text: text.trim(), place: { line: i + 1, column: line.indexOf(text) + 1 } })
      else reader.problem({ line: i + 1, column: indent + 1 }, `expected ‘name: value’, found ${quoted(line.trim())}`)
      continue
    }
    current = []
    const pair = /^([A-Za-z-]+)\s*:(?:\s+|$)(.*)$/.exec(line)
    const name = NAMES.find((known) => known === pair?.[1]?.toLowerCase())
    const place = { line: i + 1, column: 1 }
    if (!pair) reader.problem(place, `expected ‘name: value’, found ${quoted(line.trim())}`)
    else if (name === undefined)
      reader.problem(place, `unknown setting ‘${pair[1]}’: expected one of ${NAMES.join(', ')}`)
    else if (settings.has(name)) reader.problem(place, `expected ‘${name}’ once, found it again`)
    else {
      settings.set(name, current)
      const value = (pair[2] ?? '').trim()
      if (value !== '' && value !== '|')
        current.push({ text: value, place: { line: i + 1, column: line.length - (pair[2] ?? '').length + 1 } })
    }
  }
  return { settings, next: end + 1 }
}

/** The one value of a setting without its quotes; undefined when it is not set. */
export function plainValue(settings: Settings, name: SettingName): PlacedLine | undefined {
  const line = settings.get(name)?.[0]
  return line && { text: unquoted(line.text), place: line.place }
}

/** A setting's list, written on several lines or as `[a, b]` or `a, b`. */
export function listValue(settings: Settings, name: SettingName): readonly PlacedLine[] {
  const lines = settings.get(name) ?? []
  const [only] = lines
  if (lines.length !== 1 || only === undefined) return lines.map((line) => ({ ...line, text: unquoted(line.text) }))
  return only.text
    .replace(/^\[(.*)\]$/, '$1')
    .split(',')
    .map((text) => ({ text: unquoted(text.trim()), place: only.place }))
}

function unquoted(text: string): string {
  return /^(["'])(.*)\1$/.exec(text)?.[2] ?? text
}
