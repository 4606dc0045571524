/**
 * What Tab offers: command names, subcommands, help topics, and the option words that may come next. Candidates keep the letter
 * case in which the word was begun.
 */
import { expectedAfter } from './argument-matcher.ts'
import { type CommandIndex, findCommand } from './command-index.ts'
import { CLIENT_COMMANDS, PREFERENCES } from './client-commands.ts'
import { finishedWords } from './hints.ts'

/** Whole words that could stand in place of the last, unfinished word of `before` (the line up to the cursor); none on an empty line. */
export function complete(index: CommandIndex, before: string): readonly string[] {
  const words = finishedWords(before)
  if (words === undefined || before.trim() === '') return []
  const begun = /\S*$/.exec(before)?.[0] ?? ''
  const lower = begun !== '' && begun === begun.toLowerCase()
  return candidates(index, words)
    .filter((candidate) => candidate.toUpperCase().startsWith(begun.toUpperCase()))
    .map((candidate) => (lower ? candidate.toLowerCase() : candidate))
}

function candidates(index: CommandIndex, words: readonly string[]): readonly string[] {
  const first = words[0]?.toUpperCase()
  if (first === undefined) return [...index.firstWords, ...CLIENT_COMMANDS]
  if (first === 'HELP' || first === '?') return helpTopics(index, words.slice(1))
  if (first === ':SET') return words.length === 1 ? PREFERENCES : []
  const found = findCommand(index, words)
  const subcommands = words.length === 1 ? (index.subcommands.get(first) ?? []) : []
  if (found === undefined) return subcommands
  const expected = expectedAfter(found.doc.arguments, words.slice(found.nameWords)) ?? []
  const required = expected.findIndex((next) => next.required)
  const open = required === -1 ? expected : expected.slice(0, required + 1)
  return [...subcommands, ...open.flatMap(({ tokens }) => tokens)]
}

function helpTopics(index: CommandIndex, words: readonly string[]): readonly string[] {
  const [container] = words
  if (container === undefined) return [...index.firstWords, ...index.groups.map((group) => `@${group}`)]
  return words.length === 1 ? (index.subcommands.get(container.toUpperCase()) ?? []) : []
}
