/** Finds commands in the catalogue by what was typed: one word, or two for a subcommand; letter case does not matter. */
import type { CommandDoc } from '../engine/index.ts'

export interface CommandIndex {
  /** Sorted by name. */
  readonly docs: readonly CommandDoc[]
  readonly byName: ReadonlyMap<string, CommandDoc>
  /** Container → its subcommands' second words, e.g. `CONFIG` → `GET`, `SET`. */
  readonly subcommands: ReadonlyMap<string, readonly string[]>
  /** First words of all commands, sorted. */
  readonly firstWords: readonly string[]
  readonly groups: readonly string[]
}

export function indexCommands(catalogue: readonly CommandDoc[]): CommandIndex {
  const docs = [...catalogue].sort((a, b) => (a.name < b.name ? -1 : 1))
  const subcommands = new Map<string, string[]>()
  for (const { name } of docs) {
    const [container, second] = name.split(' ')
    if (container !== undefined && second !== undefined) {
      subcommands.set(container, [...(subcommands.get(container) ?? []), second])
    }
  }
  return {
    docs,
    byName: new Map(docs.map((doc) => [doc.name, doc])),
    subcommands,
    firstWords: distinct(docs.map((doc) => doc.name.split(' ')[0] as string)),
    groups: distinct(docs.map((doc) => doc.group)),
  }
}

/** The command that `words` begin with, and how many of them are its name. A subcommand wins over its container. */
export function findCommand(
  index: CommandIndex,
  words: readonly string[],
): { readonly doc: CommandDoc; readonly nameWords: number } | undefined {
  for (const nameWords of [2, 1]) {
    if (words.length < nameWords) continue
    const doc = index.byName.get(words.slice(0, nameWords).join(' ').toUpperCase())
    if (doc !== undefined) return { doc, nameWords }
  }
  return undefined
}

function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort()
}
