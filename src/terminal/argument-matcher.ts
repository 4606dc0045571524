/**
 * Follows the words typed so far through a command's argument tree and says what may still come. Consecutive optional arguments may be typed
 * in any order, each once unless it is `multiple`; words that fit nothing leave nothing to say.
 */
import type { ArgumentDoc } from '../engine/index.ts'
import { formatArgument, formatRepetition, formatValue, joinArguments } from './syntax.ts'

/** One thing that may or must still be typed. */
export interface Expected {
  /** As shown in the hint; brackets included. */
  readonly text: string
  /** The literal words with which it can begin. */
  readonly tokens: readonly string[]
  readonly required: boolean
  /** The name of a key stands here. */
  readonly isKey: boolean
}

/** How far the words went, and, when they went to the end, what is expected next. */
interface Match {
  readonly end: number
  readonly expected: readonly Expected[]
}

/** What may follow `words`, in the order of the syntax line; undefined when the words do not fit the command. */
export function expectedAfter(list: readonly ArgumentDoc[], words: readonly string[]): readonly Expected[] | undefined {
  const match = matchSequence(list, words, 0, [])
  return match !== undefined && match.end === words.length ? match.expected : undefined
}

/** `following` are the tokens that end a repetition: in `key [key ...] [LIMIT n]`, LIMIT is not a key. */
function matchSequence(
  list: readonly ArgumentDoc[],
  words: readonly string[],
  start: number,
  following: readonly string[],
): Match | undefined {
  let end = start
  let at = 0
  while (at < list.length) {
    const argument = list[at] as ArgumentDoc
    if (end === words.length) return { end, expected: list.slice(at).map(expectation) }
    if (argument.optional) {
      const run = optionalRun(list, at)
      at += run.length
      const match = matchOptions(run, words, end, [...firstTokens(list.slice(at)), ...following])
      end = match.end
      if (end === words.length) return { end, expected: [...match.expected, ...list.slice(at).map(expectation)] }
    } else {
      at++
      const match = matchRepeated(argument, words, end, [...firstTokens(list.slice(at)), ...following])
      if (match === undefined) return undefined
      end = match.end
      if (end === words.length) return { end, expected: [...match.expected, ...list.slice(at).map(expectation)] }
    }
  }
  return { end, expected: [] }
}

function optionalRun(list: readonly ArgumentDoc[], from: number): readonly ArgumentDoc[] {
  const next = list.findIndex((argument, i) => i >= from && !argument.optional)
  return list.slice(from, next === -1 ? list.length : next)
}

/** Always matches; `expected` begins with the option being typed and goes on with the unused ones. */
function matchOptions(
  run: readonly ArgumentDoc[],
  words: readonly string[],
  start: number,
  following: readonly string[],
): Match {
  // An option without a token fits any word, so those with one have the first say.
  const unused = [...run]
  let end = start
  let open: readonly Expected[] = []
  while (end < words.length) {
    const ordered = [...unused].sort((a, b) => Number(beginsFree(a)) - Number(beginsFree(b)))
    const found = ordered
      .map((option) => {
        const others = firstTokens(unused.filter((other) => other !== option))
        return { option, match: matchRepeated(option, words, end, [...others, ...following]) }
      })
      .find(({ option, match }) => match !== undefined && !(beginsFree(option) && isToken(words[end], following)))
    if (found?.match === undefined) break
    end = found.match.end
    open = found.match.expected
    unused.splice(unused.indexOf(found.option), 1)
  }
  return { end, expected: [...(end === words.length ? open : []), ...unused.map(expectation)] }
}

function matchRepeated(
  argument: ArgumentDoc,
  words: readonly string[],
  start: number,
  following: readonly string[],
): Match | undefined {
  let match = matchOnce(argument, words, start, following, true)
  if (match === undefined || !argument.multiple) return match
  const again: Expected = {
    text: formatRepetition(argument),
    tokens: argument.multipleToken && argument.token !== undefined ? [argument.token] : [],
    required: false,
    isKey: argument.type === 'key',
  }
  while (match.end < words.length && !isToken(words[match.end], following)) {
    const next = matchOnce(argument, words, match.end, following, argument.multipleToken === true)
    if (next === undefined || next.end === match.end) break
    match = next
  }
  return match.end === words.length ? { end: match.end, expected: [...match.expected, again] } : match
}

function matchOnce(
  argument: ArgumentDoc,
  words: readonly string[],
  start: number,
  following: readonly string[],
  tokenDue: boolean,
): Match | undefined {
  if (argument.type === 'pure-token') {
    return isToken(words[start], [argument.token ?? argument.name]) ? { end: start + 1, expected: [] } : undefined
  }
  let end = start
  if (argument.token !== undefined && tokenDue) {
    if (!isToken(words[start], [argument.token])) return undefined
    end++
    if (end === words.length) return { end, expected: [valueExpectation(argument)] }
  }
  if (argument.type === 'oneof') {
    for (const choice of [...(argument.arguments ?? [])].sort(
      (a, b) => Number(beginsFree(a)) - Number(beginsFree(b)),
    )) {
      const match = matchRepeated(choice, words, end, following)
      if (match !== undefined) return match
    }
    return undefined
  }
  if (argument.type === 'block') {
    const match = matchSequence(argument.arguments ?? [], words, end, following)
    return match === undefined || match.end === start ? undefined : match
  }
  return fits(argument, words[end] ?? '') ? { end: end + 1, expected: [] } : undefined
}

function fits(argument: ArgumentDoc, word: string): boolean {
  switch (argument.type) {
    case 'integer':
    case 'unix-time':
      return /^[+-]?\d+$/.test(word)
    case 'double':
      return /^[+-]?(inf|infinity|(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)$/i.test(word)
    default:
      return true
  }
}

function expectation(argument: ArgumentDoc): Expected {
  return {
    text: formatArgument(argument),
    tokens: tokensOf(argument),
    required: !argument.optional,
    isKey: argument.type === 'key',
  }
}

/** What follows a token that stands alone at the end. */
function valueExpectation(argument: ArgumentDoc): Expected {
  const children = argument.arguments ?? []
  const text = argument.type === 'block' ? joinArguments(children) : formatValue(argument)
  const tokens = argument.type === 'oneof' ? children.flatMap(tokensOf) : firstTokens(children)
  return { text, tokens, required: true, isKey: argument.type === 'key' }
}

/** The tokens that can come first, up to and including the first argument that must come. */
function firstTokens(list: readonly ArgumentDoc[]): readonly string[] {
  const required = list.findIndex((argument) => !argument.optional)
  return list.slice(0, required === -1 ? list.length : required + 1).flatMap(tokensOf)
}

function tokensOf(argument: ArgumentDoc): readonly string[] {
  if (argument.token !== undefined) return [argument.token]
  if (argument.type === 'pure-token') return [argument.name]
  if (argument.type === 'oneof') return (argument.arguments ?? []).flatMap(tokensOf)
  return argument.type === 'block' ? firstTokens(argument.arguments ?? []) : []
}

/** Whether an argument can begin with a word that is no token. */
function beginsFree(argument: ArgumentDoc): boolean {
  if (argument.token !== undefined || argument.type === 'pure-token') return false
  if (argument.type === 'oneof') return (argument.arguments ?? []).some(beginsFree)
  if (argument.type === 'block') return (argument.arguments ?? []).slice(0, 1).some(beginsFree)
  return true
}

function isToken(word: string | undefined, tokens: readonly string[]): boolean {
  return word !== undefined && tokens.some((token) => token.toUpperCase() === word.toUpperCase())
}
