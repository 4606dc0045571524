/** How text becomes terms, in documents and queries alike. Texts are Unicode here; bytes that are not UTF-8 show as U+FFFD. */
import { stem } from './stemmer.ts'

/** Default list of Redis's query engine. */
export const STOP_WORDS: readonly string[] =
  'a is the an and are as at be but by for if in into it no not of on or such that their then there these they this to was will with'.split(
    ' ',
  )

/** What stands between terms: white space and punctuation but the underscore; a backslash before one makes it part of a term. */
export const SEPARATOR = /[\s\x00-\x1f,./(){}[\]:;~!@#$%^&*\-=+|'`"<>?\\]/

export interface Token {
  readonly term: string
  /** Where it stands in the text, for highlighting. */
  readonly start: number
  readonly end: number
}

export function tokens(text: string): Token[] {
  const out: Token[] = []
  let at = 0
  while (at < text.length) {
    const { term, end } = readTerm(text, at)
    if (end === at) at++
    else {
      out.push({ term, start: at, end })
      at = end
    }
  }
  return out
}

/** The term that begins at a place, folded to lower case and unescaped; `end` is `at` when none does. */
export function readTerm(text: string, at: number): { term: string; end: number } {
  let term = ''
  let end = at
  while (end < text.length) {
    const char = text[end] as string
    const next = text[end + 1]
    if (char === '\\' && next !== undefined && SEPARATOR.test(next)) {
      term += next
      end += 2
    } else if (SEPARATOR.test(char)) break
    else {
      term += char
      end++
    }
  }
  return { term: term.toLowerCase(), end }
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
