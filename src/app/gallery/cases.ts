/** The gallery's list: what each case is about, and which ones a search finds. Reads the texts as they are; no scenario is parsed for it. */
import { ruleOf, RULES, type RuleId } from '../../engine/index.ts'
import type { CatalogueEntry } from '../../scenarios/index.ts'

export interface Case {
  readonly entry: CatalogueEntry
  /** The title without the group's name before it. */
  readonly name: string
  /** The rules that its words name, in that order. */
  readonly rules: readonly RuleId[]
  /** Its commands, sentences and remarks. */
  readonly pieces: readonly string[]
}

export interface FoundCase {
  readonly found: Case
  /** What made it a hit where the title does not show it: a command or a sentence, cut to a readable length. Null where nothing needs saying. */
  readonly excerpt: string | null
}

const EXCERPT_CHARACTERS = 90

export function readCases(catalogue: readonly CatalogueEntry[]): readonly Case[] {
  return catalogue.map((entry) => {
    const prefix = `${entry.group}: `
    return {
      entry,
      name: entry.title.startsWith(prefix) ? entry.title.slice(prefix.length) : entry.title,
      rules: rulesNamed(entry.text),
      pieces: piecesOf(entry.text),
    }
  })
}

/** The rules that a text names, each once, in the order of the text. */
export function rulesNamed(text: string): readonly RuleId[] {
  const names = text.match(/\b[A-Z]\d{1,2}\b/g) ?? []
  return [...new Set(names as RuleId[])].filter((name) => ruleOf(name) !== undefined)
}

/**
 * Cases with every word of the query: in the title, the group, a rule's name or title, a command or the prose. Words may be cut short at their end.
 * `group`: only those of one group.
 */
export function findCases(cases: readonly Case[], query: string, group: string | null): readonly FoundCase[] {
  const words = query.split(/\s+/).filter(Boolean)
  return cases.flatMap((found) => {
    if (group !== null && found.entry.group !== group) return []
    const head = [found.entry.group, found.entry.title, ...found.rules.map((rule) => RULES[rule].title)].join('\n')
    const hidden: RegExp[] = []
    for (const word of words) {
      const rule = word.toUpperCase()
      // Of a rule's name only the rule is meant, not the `e1` in `SADD s e1`.
      if (ruleOf(rule) !== undefined) {
        if (!found.rules.includes(rule as RuleId)) return []
      } else if (!beginningOf(word).test(head)) hidden.push(beginningOf(word))
    }
    if (!hidden.every((word) => found.pieces.some((piece) => word.test(piece)))) return []
    return [{ found, excerpt: hidden.length === 0 ? null : excerptOf(found.pieces, hidden) }]
  })
}

/** Where a word begins with this. */
function beginningOf(word: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\d])${word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}`, 'iu')
}

/** The piece with most of the words; the earliest of those. */
function excerptOf(pieces: readonly string[], words: readonly RegExp[]): string {
  const hits = (piece: string) => words.filter((word) => word.test(piece)).length
  const best = pieces.reduce((before, piece) => (hits(piece) > hits(before) ? piece : before))
  if (best.length <= EXCERPT_CHARACTERS) return best
  const at = Math.min(...words.map((word) => best.search(word)).filter((index) => index >= 0))
  const start = Math.max(0, Math.min(at - EXCERPT_CHARACTERS / 3, best.length - EXCERPT_CHARACTERS))
  const from = start === 0 ? 0 : best.indexOf(' ', start) + 1
  const cut = best.slice(from, from + EXCERPT_CHARACTERS)
  return `${from > 0 ? '… ' : ''}${cut}${from + EXCERPT_CHARACTERS < best.length ? ' …' : ''}`
}

/** Table rows by their cells, `given` lines, and prose by its sentences; marks of Markdown left out. */
function piecesOf(text: string): readonly string[] {
  const [, settings = '', body = text] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? []
  const given = settings.split('\n').filter((line) => /^\s*- |^given:\s*\S/.test(line))
  const isRow = (line: string) => line.startsWith('|')
  const lines = body.split('\n')
  const cells = lines.filter(isRow).flatMap((line) => line.split(/(?<!\\)\|/))
  const sentences = lines
    .filter((line) => !isRow(line))
    .join('\n')
    .split(/\n\s*\n|(?<=[.?!])\s+/)
  const pieces = [...sentences, ...given.map((line) => line.replace(/^\s*(?:- |given:\s*)/, '')), ...cells]
  return pieces
    .map((piece) => piece.replace(/\s+/g, ' ').replace(/[`*]/g, '').trim())
    .filter((piece) => /\w/.test(piece))
}
