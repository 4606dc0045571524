/** What every part of the parser shares: the list of problems found so far, and how commands and control lines are checked. */
import { parseControlLine } from '../simulation/index.ts'
import { tokenize } from '../terminal/index.ts'
import type { Command, Place, Problem } from './scenario.ts'
import { quoted } from './cell-commands.ts'

export interface Reader {
  readonly problems: Problem[]
  problem(place: Place, message: string): void
  /** A tokenised command; a problem is noted, and undefined given, when it cannot be split into words. */
  command(text: string, expected: string | undefined, place: Place): Command | undefined
}

export function createReader(file: string): Reader {
  const problems: Problem[] = []
  const problem = (place: Place, message: string) => {
    problems.push({ file, line: place.line, column: place.column, message })
  }
  return {
    problems,
    problem,
    command(text, expected, place) {
      const words = tokenize(text)
      if ('error' in words) problem(place, `${quoted(text)}: ${words.error}`)
      else if (words.argv.length === 0) problem(place, `expected a command, found ${quoted(text)}`)
      else return { place, text, argv: words.argv, expected }
      return undefined
    },
  }
}

/** What is wrong with a control line, or undefined. */
export function controlMistake(line: string, regions: readonly string[]): string | undefined {
  const known = regions.map((name, i) => ({ id: i + 1, name }))
  const parsed = parseControlLine(line, known)
  return parsed.ok ? undefined : parsed.text
}
