/**
 * The grey text after the cursor: the arguments still to come. As in redis-cli 7.2 the word being typed is not counted until a
 * space ends it. Brackets always balance (redis-cli's own do not within repetitions).
 */
import { expectedAfter } from './argument-matcher.ts'
import { type CommandIndex, findCommand } from './command-index.ts'
import { tokenize } from './tokenizer.ts'

/** The hint for a line whose cursor is at its end; `''` when there is nothing to say. Without the space that separates it from the line. */
export function hintFor(index: CommandIndex, line: string): string {
  const words = finishedWords(line)
  if (words === undefined) return ''
  const found = findCommand(index, words)
  if (found === undefined) return ''
  const expected = expectedAfter(found.doc.arguments, words.slice(found.nameWords)) ?? []
  return expected.map(({ text }) => text).join(' ')
}

/** The words that a space has ended, without a leading repeat count; undefined within an unclosed quote. */
export function finishedWords(line: string): readonly string[] | undefined {
  const tokens = tokenize(line)
  if ('error' in tokens) return undefined
  const words = /\s$/.test(line) ? tokens.argv : tokens.argv.slice(0, -1)
  return /^\d+$/.test(words[0] ?? '') ? words.slice(1) : words
}
