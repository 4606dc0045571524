/**
 * Draws prompt, line and hint as one ANSI string for an xterm-like screen, over what was drawn before. Long lines wrap by the
 * screen's own wrapping (so that copying joins them again); only lines taller than the screen are shown in part, around the cursor.
 * Correct only if the screen counts cells as `cellWidth` does (see `unicodeProvider`).
 */
import type { LineState } from './line-editor.ts'
import { safeText } from './quoting.ts'
import { cellWidth } from './width.ts'

export interface LineView {
  readonly prompt: string
  /** Screen size in cells. */
  readonly columns: number
  readonly rows: number
  /** Grey text after the line; see `hintFor`. Not shown during a search. */
  readonly hint?: string
}

/** What the screen shows of a line, needed to draw over it. Rows count from the first drawn one. */
export interface DrawnLine {
  readonly cursorRow: number
}

/** For Ctrl-L and `clear`; the next `renderLine` starts afresh, without `previous`. What has scrolled away stays. */
export const CLEAR_SCREEN = '\x1b[H\x1b[2J'

const GREY = '\x1b[90m'
const PLAIN = '\x1b[0m'
/** A hint may go on for so many rows below the line; then it is cut, so that typing does not push the screen about. */
const HINT_ROWS = 2

/** Redraws the line; `previous` is what the last call returned, undefined when the cursor stands at the start of a fresh row. */
export function renderLine(
  state: LineState,
  view: LineView,
  previous?: DrawnLine,
): { readonly output: string; readonly drawn: DrawnLine } {
  const columns = Math.max(2, view.columns)
  const lead = safeText(promptOf(state, view.prompt))
  const page = new Page(columns)
  page.write(lead + state.text.slice(0, state.cursor))
  const rest = state.text.slice(state.cursor)
  let cursor = page.place(rest)
  page.write(rest)
  const hint = state.search === undefined ? safeText(view.hint ?? '') : ''
  if (hint !== '' && page.rowCount + HINT_ROWS <= view.rows) {
    const room = columns - page.column + HINT_ROWS * columns
    const shown = cut(/\s$/.test(state.text) || state.text === '' ? hint : ` ${hint}`, room)
    if (rest === '') cursor = page.place(shown)
    page.raw(GREY)
    page.write(shown)
    page.raw(PLAIN)
  } else if (rest === '') page.openNextRow()
  const first = Math.max(0, Math.min(cursor.row - (view.rows >> 1), page.rowCount - view.rows))
  const lines = page.rows.slice(first, first + view.rows)
  const cursorRow = cursor.row - first
  const output = eraseLine(previous) + lines.join('') + up(lines.length - 1 - cursorRow) + toColumn(cursor.column)
  return { output, drawn: { cursorRow } }
}

/** A submitted or dropped line, whole and without hint, and the cursor on a fresh row below. `note` follows the line, e.g. `^C`. */
export function finishLine(line: string, view: LineView, previous?: DrawnLine, note = ''): string {
  return `${eraseLine(previous)}${safeText(view.prompt)}${safeText(line)}${note}\r\n`
}

/** Wipes the drawn line, for something else to be printed in its place. */
export function eraseLine(previous: DrawnLine | undefined): string {
  return previous === undefined ? '' : `${up(previous.cursorRow)}\r\x1b[J`
}

/** Lines of text (`formatReply`) as a screen wants them, with a final line break. Empty text gives nothing. */
export function screenText(text: string): string {
  return text === '' ? '' : `${text.replaceAll('\n', '\r\n')}\r\n`
}

function promptOf({ search }: LineState, prompt: string): string {
  if (search === undefined) return prompt
  return `(${search.failed ? 'failed ' : ''}reverse-i-search)\`${search.query}': `
}

/** Rows of cells filled as the screen fills them: what does not fit into the rest of a row goes to the next. */
class Page {
  readonly rows: string[] = ['']
  readonly #columns: number
  column = 0

  constructor(columns: number) {
    this.#columns = columns
  }

  get rowCount(): number {
    return this.rows.length
  }

  write(text: string): void {
    for (const character of text) {
      const width = cellWidth(character.codePointAt(0) as number)
      if (this.column + width > this.#columns) {
        this.rows.push('')
        this.column = 0
      }
      this.column += width
      this.raw(character)
    }
  }

  /** Adds what takes no cells. */
  raw(text: string): void {
    this.rows[this.rows.length - 1] += text
  }

  /** Where the first character of `next` would stand. */
  place(next: string): { readonly row: number; readonly column: number } {
    const width = Math.max(1, cellWidth(next.codePointAt(0) ?? 0))
    const row = this.rows.length - 1
    return this.column + width > this.#columns ? { row: row + 1, column: 0 } : { row, column: this.column }
  }

  /** After a full row the screen's cursor hangs at its end; a space and a return take it to the next, as a part of the same line. */
  openNextRow(): void {
    if (this.column < this.#columns) return
    this.rows.push(' \r')
    this.column = 0
  }
}

function cut(hint: string, room: number): string {
  let width = 0
  let out = ''
  for (const character of hint) {
    width += cellWidth(character.codePointAt(0) as number)
    if (width > room - 1 && out.length + character.length < hint.length) return `${out}…`
    out += character
  }
  return out
}

function up(rows: number): string {
  return rows > 0 ? `\x1b[${rows}A` : ''
}

function toColumn(column: number): string {
  return column > 0 ? `\r\x1b[${column}C` : '\r'
}
