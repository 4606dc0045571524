/** Lines that were submitted, oldest first. Blank lines and immediate repetitions are not kept. */

const HISTORY_LIMIT = 1000
const MAX_LINE_LENGTH = 10_000

export function remember(history: readonly string[], line: string): readonly string[] {
  if (line.trim() === '' || line === history.at(-1) || line.length > MAX_LINE_LENGTH) return history
  return [...history, line].slice(-HISTORY_LIMIT)
}

/** A history that was stored elsewhere: whatever is not a line that could have been typed is dropped. */
export function restoreHistory(stored: unknown): readonly string[] {
  if (!Array.isArray(stored)) return []
  return stored
    .filter(
      (line): line is string =>
        typeof line === 'string' && line.length <= MAX_LINE_LENGTH && !/[\p{Cc}\p{Cs}]/u.test(line),
    )
    .slice(-HISTORY_LIMIT)
}
