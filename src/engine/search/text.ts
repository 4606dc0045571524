/** How text becomes terms, in documents and queries alike. Texts are Unicode here; bytes that are not UTF-8 show as U+FFFD. */
import { stem } from './stemmer.ts'

/** Default list of Redis's query engine. */
export const STOP_WORDS: readonly string[] =
  'a is the an and are as at be but by for if in into it no not of on or such that their then there these they this to was will with'.split(
    ' ',
  )

/** What stands between terms: white space and punctuation but the underscore; a backslash before one makes it part of a term. */
const SEPARATORS = '\\s\\x00-\\x1f,./(){}[\\]:;~!@#$%^&*\\-=+|\'`"<>?\\\\'
const TERM = `(?:\\\\[${SEPARATORS}]|[^${SEPARATORS}])+`
const ESCAPED = new RegExp(`\\\\([${SEPARATORS}])`, 'g')

export interface Token {
  readonly term: string
  /** Where it stands in the text, for highlighting. */
  readonly start: number
  readonly end: number
}

export function tokens(text: string): Token[] {
  const out: Token[] = []
  for (const { 0: raw, index: start } of text.matchAll(new RegExp(TERM, 'g'))) {
    out.push({ term: fold(raw), start, end: start + raw.length })
  }
  return out
}

/** The term that begins at a place, folded to lower case and unescaped; `end` is `at` when none does. */
export function readTerm(text: string, at: number): { term: string; end: number } {
  const found = new RegExp(TERM, 'y')
  found.lastIndex = at
  const raw = found.exec(text)?.[0] ?? ''
  return { term: fold(raw), end: at + raw.length }
}

function fold(raw: string): string {
  return (raw.includes('\\') ? raw.replace(ESCAPED, '$1') : raw).toLowerCase()
}

/** How stems are told from words in an index. */
export const STEM_MARK = '+'

/** The stem of a term as it stands in an index; undefined when the term is its own stem. */
export function stemTerm(term: string): string | undefined {
  const stemmed = stem(term)
  return stemmed === term ? undefined : STEM_MARK + stemmed
}

/** Every form under which a query looks for a term. */
export function expansions(term: string): string[] {
  const stemmed = stem(term)
  return stemmed === term ? [term, STEM_MARK + term] : [term, STEM_MARK + stemmed, stemmed]
}
