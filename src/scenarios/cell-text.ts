/**
 * From the markup of one table cell to the plain lines that its author meant. Code spans are literal, as in Markdown; elsewhere line
 * breaks, tags, entities, emphasis, links and typographic characters are undone. Straight quotes always protect what they enclose from the typographic
 * clean-up, so that any character can be stored.
 */

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', mdash: '—', ndash: '–', minus: '−', horbar: '―', rarr: '→', rArr: '⇒',
  ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', bdquo: '„', sbquo: '‚', plusmn: '±', hellip: '…', vert: '|', verbar: '|', NewLine: '\n',
  ast: '*', lbrack: '[', rbrack: ']', lbrace: '{', rbrace: '}', grave: '`', Tab: ' ', colon: ':', num: '#', dollar: '$', lowbar: '_',
} // prettier-ignore

const BREAKS = /<br\s*\/?>|<\/(?:p|li|div|pre)\s*>|[⏎↵]/gi
const TAGS =
  /<!--[\s\S]*?-->|<\/?(?:nobr|code|b|strong|em|i|u|pre|p|span|tt|kbd|samp|div|small|font|a|ul|ol|li|wbr)(?:\s[^<>]*)?\/?>/gi
const SPACES = /[\u00a0\u2007\u2009\u200a\u202f\t\r]/
const INVISIBLE = /[\u00ad\u200b\ufeff]/
export const DASHES = /[–—−―‒‐‑]/
const DOUBLE_QUOTES = '“”„‟'
const SINGLE_QUOTES = '‘’‚‛'

/** The lines of a cell, trimmed, empty ones left out. */
export function cellLines(raw: string): string[] {
  let joined = ''
  let end = 0
  for (const span of raw.matchAll(/(?<!`)(`+)(?!`)([\s\S]*?)(?<!`)\1(?!`)/g)) {
    joined += plainText(raw.slice(end, span.index)) + (span[2] ?? '').replace(/^ ([\s\S]*\S[\s\S]*) $/, '$1')
    end = span.index + span[0].length
  }
  joined += plainText(raw.slice(end))
  return joined
    .split('\n')
    .map((line) => straighten(withoutEmphasis(line.trim())).trim())
    .filter((line) => line !== '')
}

function plainText(markup: string): string {
  const text = markup
    .replace(BREAKS, '\n')
    .replace(TAGS, '')
    .replace(/\[([^\]]{1,200})\]\((?:https?:|\/|\.|#|\{\{)[^)]*\)/g, '$1')
    .replace(/\*\*(\S(?:[^*\n]*\S)?)\*\*/g, '$1')
    .replace(/\\([*_[\]<>`#-])/g, '$1')
  return decodeEntities(text)
}

/** HTML's character references; unknown ones stay as they are. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]+));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name as string] ?? whole
    const code = decimal === undefined ? parseInt(hex as string, 16) : parseInt(decimal as string, 10)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

function withoutEmphasis(line: string): string {
  return /^(\*\*|__|\*|_)(?=\S)([^*_]*\S)\1$/.exec(line)?.[2] ?? line
}

/** Typographic quotes, dashes and spaces to those that redis-cli knows, outside straight quotes. */
export function straighten(line: string): string {
  let out = ''
  for (let i = 0; i < line.length; i++) {
    const char = line.charAt(i)
    const quote = quoteOpening(line, i)
    if (quote !== undefined) {
      const end = closingQuote(line, i)
      if (end < 0) out += quote
      else {
        out += quote + line.slice(i + 1, end) + quote
        i = end
      }
    } else if (SPACES.test(char)) out += ' '
    else if (INVISIBLE.test(char)) continue
    else if (DASHES.test(char) && atWordStart(line, i) && /^(?:[\d.(]|\s|$)/.test(line.slice(i + 1))) out += '-'
    else out += char
  }
  return out
}

/** The straight form of a quote that opens at `i`, or undefined. Apostrophes inside words open nothing. */
function quoteOpening(line: string, i: number): '"' | "'" | undefined {
  const char = line.charAt(i)
  if (char === '') return undefined
  if (char === '"' || DOUBLE_QUOTES.includes(char)) return '"'
  if ((char === "'" || SINGLE_QUOTES.includes(char)) && atWordStart(line, i)) return "'"
  return undefined
}

/** Where the quote that opens at `i` ends, or −1. A typographic one may close a straight one only where no straight one follows. */
export function closingQuote(line: string, i: number): number {
  const opener = line.charAt(i)
  const single = opener === "'" || SINGLE_QUOTES.includes(opener)
  const straight = single ? "'" : '"'
  const curly = single ? SINGLE_QUOTES : DOUBLE_QUOTES
  const openedStraight = opener === straight
  let mixed = -1
  for (let j = i + 1; j < line.length; j++) {
    const char = line.charAt(j)
    if (char === '\\') j++
    else if (char === straight) return openedStraight || mixed < 0 ? j : mixed
    else if (curly.includes(char)) {
      if (!openedStraight) return j
      if (mixed < 0) mixed = j
    }
  }
  return mixed
}

export function atWordStart(line: string, i: number): boolean {
  return i === 0 || /[\s\u200b\ufeff]/.test(line.charAt(i - 1))
}
