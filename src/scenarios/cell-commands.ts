/**
 * From the lines of a cell to its commands with their expected replies. A reply follows its command after an arrow or `Result:`, or on the next lines as
 * redis-cli prints it; which lines are commands is told by prompts where there are any, else by looks (see docs/scenario-format.md).
 */
import { atWordStart, closingQuote } from './cell-text.ts'

export interface DraftCommand {
  readonly text: string
  readonly expected: string | undefined
}
export type DraftCell =
  | { readonly ok: true; readonly commands: readonly DraftCommand[] }
  | { readonly ok: false; readonly error: string }

const PROMPT = /^(?:redis\s+[\w.-]+:\d+(?:\[\d+\])?>|[\w.-]+(?::\d+)?(?:\[\d+\])?(?:\(\w+\))?>|>|\$(?=\s))\s*/
const REDIS_CLI = /^(?:[$#]\s*)?redis-cli(?:\s+(?:-[hpanu]\s+\S+|--?[A-Za-z][\w-]*))*(?:\s+|$)/
const REPLY =
  /^(?:\((?:integer|nil|error|empty|double|true|false)\b|["'[{]|\d+\)|(?:OK|PONG|QUEUED)$|[-+]?\d+(?:\.\d+)?$|(?:ERR|WRONGTYPE|EXECABORT|NOAUTH|CROSSSLOT|OOM)\s)/
const ARROW = /^(?:→|⇒|➜|➔|[=–—]>|-->|(?:results?|reply):(?=\s|$))/i

/** `lines` are cleaned already (`cellLines`). */
export function parseCellLines(lines: readonly string[]): DraftCell {
  const commands: { text: string; expected: string | undefined }[] = []
  const stripped = lines.map(withoutPrompt)
  const prompted = stripped.some((line) => line.prompt)
  for (const { prompt, text } of stripped) {
    if (text === '') continue
    const { left, right } = splitExpectation(text)
    const last = commands.at(-1)
    if (
      left !== '' &&
      !REPLY.test(left) &&
      (last === undefined || prompt || (!prompted && looksLikeCommand(left, right, commands)))
    ) {
      commands.push({ text: left, expected: right })
    } else {
      if (last === undefined) return { ok: false, error: `expected a command before the reply ${quoted(text)}` }
      const more = left === '' ? (right ?? '') : text
      last.expected = last.expected === undefined || last.expected === '' ? more : `${last.expected}\n${more}`
    }
  }
  const unfinished = commands.find((command) => command.expected === '')
  if (unfinished) return { ok: false, error: `expected a reply after the arrow of ${quoted(unfinished.text)}` }
  return {
    ok: true,
    commands: commands.map(({ text, expected }) => ({ text, expected: expected && tidyReply(expected) })),
  }
}

export const quoted = (text: string): string => `‘${text.length > 60 ? `${text.slice(0, 57)}…` : text}’`

function withoutPrompt(line: string): { prompt: boolean; text: string } {
  let text = line.replace(REDIS_CLI, '')
  if (text === line) text = line.replace(PROMPT, '')
  return { prompt: text !== line, text }
}

/** An upper-case first word, or any word where the cell's author writes commands in lower case. */
function looksLikeCommand(left: string, right: string | undefined, before: readonly DraftCommand[]): boolean {
  if (/^[A-Z][A-Z0-9._-]+(?:\s|$)/.test(left)) return true
  return (right !== undefined || /^[a-z]/.test(before[0]?.text ?? '')) && /^[A-Za-z][\w.-]+(?:\s|$)/.test(left)
}

/** Splits at the first arrow outside quotes. */
export function splitExpectation(line: string): { left: string; right: string | undefined } {
  for (let i = 0; i < line.length; i++) {
    const char = line.charAt(i)
    if (char === '"' || (char === "'" && atWordStart(line, i))) {
      const end = closingQuote(line, i)
      if (end > 0) i = end
      continue
    }
    if (!/[→⇒➜➔]/.test(char) && !atWordStart(line, i)) continue
    const arrow = ARROW.exec(line.slice(i))
    if (arrow) return { left: line.slice(0, i).trim(), right: line.slice(i + arrow[0].length).trim() }
  }
  return { left: line.trim(), right: undefined }
}

/** Without a remark such as `(fields in any order)`, which goes without saying, and with one element of a list a line. */
function tidyReply(expected: string): string {
  return listLines(expected.replace(/\s+\((?:[a-z]+ )?in any order\)$/i, ''))
}

/** A numbered list written on one line, `1) "a" 2) "b"`, to one element a line. */
function listLines(expected: string): string {
  if (!expected.startsWith('1) ') || expected.includes('\n')) return expected
  let out = expected
  for (let n = 2, from = 0; ; n++) {
    const at = out.indexOf(` ${n}) `, from)
    if (at < 0) return out
    out = `${out.slice(0, at).trimEnd()}\n${out.slice(at + 1)}`
    from = at + 1
  }
}
