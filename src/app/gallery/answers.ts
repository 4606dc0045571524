/** Is what a learner wrote the reply that came? Written as redis-cli shows it, or more loosely. */
import type { Reply } from '../../engine/index.ts'
import type { Command } from '../../scenarios/index.ts'
import { matchesExpectation } from '../../simulation/index.ts'

/** Nothing at all, in the words that people have for it. */
const NOTHING = /^\(?(?:empty(?: (?:array|list|set|hash|list or set))?|nothing|none)\)?$/i

/** An empty answer is wrong. Where the case expects a time to live of about 50, an answer is as good as that. */
export function isRight(answer: string, { argv, expected }: Command, reply: Reply): boolean {
  const written = answer.trim()
  if (written === '') return false
  return readingsOf(written, argv[0]?.toUpperCase() ?? '', expected ?? '').some(
    (reading) => matchesExpectation(reply, reading, argv) || isSameJson(reading, reply),
  )
}

/** What may have been meant, as expectations. */
function readingsOf(written: string, command: string, expected: string): readonly string[] {
  const bare = written.replace(/^\(integer\)\s*/i, '')
  const unquoted = /^(["'])(.*)\1$/s.exec(bare)?.[2]
  const lines = written
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return [
    written,
    bare,
    ...(unquoted === undefined ? [] : [unquoted]),
    ...(NOTHING.test(written) ? ['(empty array)', '(nil)'] : []),
    ...(lines.length > 1 ? [lines.map((line) => (/^\d+\)/.test(line) ? line : `1) ${line}`)).join('\n')] : []),
    ...(command === 'HGETALL' ? [written.replace(/[{}]/g, ' ').replace(/\s*(?:=>|->|[:=,\n])\s*/g, ' ')] : []),
    ...(/\babout\b/.test(expected) && /^-?\d+$/.test(bare) ? [`about ${bare}`] : []),
  ]
}

/** Blanks and the order of fields do not count in JSON. */
function isSameJson(written: string, reply: Reply): boolean {
  if (typeof reply !== 'string' || !/^[[{]/.test(written)) return false
  const [left, right] = [parsed(written), parsed(reply)]
  return left !== undefined && right !== undefined && canonical(left) === canonical(right)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
