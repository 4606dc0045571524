/** What a line could go on with, as things to tap: for whoever has no Tab key and no keyboard worth the name. */
import { expectedAfter } from './argument-matcher.ts'
import { type CommandIndex, findCommand } from './command-index.ts'
import { complete } from './completion.ts'
import { finishedWords } from './hints.ts'
import { quoteArgument } from './quoting.ts'

export interface Suggestion {
  readonly label: string
  /** The whole line, were it taken. */
  readonly line: string
}

/** What people try first, in about that order. */
const USUAL = 'SET GET INCR DEL KEYS HSET HGETALL SADD SMEMBERS RPUSH LRANGE ZADD ZRANGE XADD EXPIRE TTL'.split(' ')
const MOST_COMMANDS = 16
const MOST_RECENT = 3
const LONGEST_RECENT = 28

/**
 * `history`: oldest first. `keys`: names worth offering where a key is due. A suggestion that is one more word ends with a space; a recent line
 * is taken as it is.
 */
export function suggest(
  index: CommandIndex,
  line: string,
  history: readonly string[],
  keys: readonly string[],
): readonly Suggestion[] {
  const words = finishedWords(line)
  if (words === undefined) return []
  const stem = line.replace(/\S*$/, '')
  const begun = line.slice(stem.length)
  const next = (label: string): Suggestion => ({ label, line: `${stem}${label} ` })
  if (words.length === 0) {
    const known = USUAL.filter((name) => index.byName.has(name))
    const recent = line === '' ? recentLines(history).map((label) => ({ label, line: label })) : []
    const fits = (name: string) => name.startsWith(begun.toUpperCase()) && name !== begun.toUpperCase()
    const rest = begun === '' ? [] : complete(index, line).map((name) => name.toUpperCase())
    return [...recent, ...[...new Set([...known, ...rest])].filter(fits).slice(0, MOST_COMMANDS).map(next)]
  }
  const found = findCommand(index, words)
  const expected = (found && expectedAfter(found.doc.arguments, words.slice(found.nameWords))) ?? []
  const required = expected.findIndex((each) => each.required)
  const due = required === -1 ? expected : expected.slice(0, required + 1)
  const names = due.some(({ isKey }) => isKey) ? keys.map(quoteArgument) : []
  const fitting = names.filter((name) => name.startsWith(begun) && name !== begun)
  return [...fitting, ...complete(index, line).filter((word) => word !== begun)].slice(0, MOST_COMMANDS).map(next)
}

function recentLines(history: readonly string[]): readonly string[] {
  const short = history.filter((line) => line.length <= LONGEST_RECENT)
  return [...new Set(short.toReversed())].slice(0, MOST_RECENT)
}
