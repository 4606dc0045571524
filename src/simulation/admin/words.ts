/** A line as a shell would split it, and what its words mean. */
import { problem } from './types.ts'

/**
 * Words end at blanks; quotes of either kind hold blanks and are taken off; a backslash keeps the next character, and a lone one at the end of a line is dropped.
 * A word that begins with a brace goes to its partner, quotes and all: JSON whose outer quotes a shell has already taken.
 */
export function shellWords(line: string): readonly string[] {
  const words: string[] = []
  let rest = line.replaceAll(/\\\r?\n/g, ' ').trim()
  while (rest !== '') {
    const length = rest.startsWith('{') ? braceLength(rest) : wordLength(rest)
    const raw = rest.slice(0, length)
    if (raw !== '\\') words.push(raw.startsWith('{') ? raw : unquoted(raw))
    rest = rest.slice(length).trimStart()
  }
  return words
}

function wordLength(text: string): number {
  return /^(?:"(?:[^"\\]|\\[\s\S])*"|'[^']*'|\\[\s\S]|[^\s"'\\])+|^["'\\]\S*/.exec(text)?.[0].length ?? text.length
}

function unquoted(raw: string): string {
  return raw.replaceAll(/"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|\\([\s\S])/g, (_, double, single, escaped) =>
    double === undefined ? (single ?? escaped ?? '') : (double as string).replaceAll(/\\(["\\])/g, '$1'),
  )
}

function braceLength(text: string): number {
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    if (quoted) {
      if (text[i] === '\\') i++
      else if (text[i] === '"') quoted = false
    } else if (text[i] === '"') quoted = true
    else if (text[i] === '{') depth++
    else if (text[i] === '}' && --depth === 0) return i + 1
  }
  return text.length
}

/** What may follow the option: a value, or nothing. */
export type OptionKind = 'value' | 'flag'

/** `--name value` and `--name=value`. Every word must be understood; options may be given once, except those in `repeated`. */
export function readOptions(
  tool: string,
  words: readonly string[],
  known: Readonly<Record<string, OptionKind>>,
  repeated: readonly string[] = [],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (let i = 0; i < words.length; i++) {
    const [name = '', ...inline] = (words[i] ?? '').split('=')
    const kind = name.startsWith('--') ? known[name.slice(2)] : undefined
    if (kind === undefined) problem(`${tool}: ${words[i]} is no option of it; it has ${optionList(known)}`)
    const key = name.slice(2)
    if (found.has(key) && !repeated.includes(key)) problem(`${tool}: ${name} is given twice`)
    const values = found.get(key) ?? []
    found.set(key, values)
    if (kind === 'flag') {
      if (inline.length > 0) problem(`${tool}: ${name} takes no value`)
      continue
    }
    const value = inline.length > 0 ? inline.join('=') : words[++i]
    if (value === undefined || (inline.length === 0 && value.startsWith('--')))
      problem(`${tool}: ${name} needs a value`)
    values.push(value)
  }
  return found
}

const optionList = (known: Readonly<Record<string, OptionKind>>) =>
  Object.keys(known)
    .map((name) => `--${name}`)
    .join(', ')

export function readBoolean(option: string, text: string): boolean {
  const value = text.toLowerCase()
  if (value === 'true' || value === 'yes') return true
  if (value === 'false' || value === 'no') return false
  return problem(`${option}: "${text}" is neither true nor false`)
}

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

/** `1073741824`, `100mb`, `10g`, `2GB`. */
export function readSize(option: string, text: string): number {
  const match = /^(\d{1,15}(?:\.\d{1,3})?)([kmg]?)b?$/i.exec(text)
  if (!match) problem(`${option}: "${text}" is no size such as 1073741824, 100mb or 2GB`)
  return Math.round(Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1))
}

export function readOneOf<T extends string>(option: string, text: string, choices: readonly T[]): T {
  return choices.find((choice) => choice === text) ?? problem(`${option}: "${text}" is none of ${choices.join(', ')}`)
}

export function readWhole(option: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most
    ? value
    : problem(`${option}: "${text}" is no whole number from ${least} to ${most}`)
}
