/** How long a session may be. */
import type { SessionInput, SessionLog } from '../../simulation/index.ts'

/** Longer sessions are neither kept nor opened: every replay would take minutes. */
export const MOST_INPUTS = 20_000
export const MOST_CHARACTERS = 20_000_000

/** How much text an input holds. */
export function charactersOf(input: SessionInput): number {
  if (input.kind === 'control') return input.line.length
  return input.kind === 'command' ? input.argv.reduce((sum, word) => sum + word.length, 0) : 0
}

export function isTooLong({ inputs }: SessionLog): boolean {
  return inputs.length > MOST_INPUTS || inputs.reduce((sum, input) => sum + charactersOf(input), 0) > MOST_CHARACTERS
}
