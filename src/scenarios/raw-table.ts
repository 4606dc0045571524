/** Tables before anyone has asked what they mean: cells of markup, each with its place in the file. Two readers: Markdown's pipes and HTML. */
import type { Place } from './scenario.ts'

export interface RawCell {
  readonly text: string
  readonly place: Place
}
export interface RawTable {
  readonly place: Place
  readonly header: readonly RawCell[]
  readonly rows: readonly (readonly RawCell[])[]
}

/** Is this the line of dashes below a pipe table's header? */
function isDelimiterRow(line: string): boolean {
  return /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/.test(line) && line.includes('-')
}

/** Does a pipe table begin at `lines[at]`? Then header and delimiter agree in their number of cells. */
export function pipeTableStarts(lines: readonly string[], at: number): boolean {
  const header = lines[at]
  const delimiter = lines[at + 1]
  if (header === undefined || delimiter === undefined || !header.includes('|') || !isDelimiterRow(delimiter))
    return false
  return splitPipeRow(header, 1).length === splitPipeRow(delimiter, 1).length
}

/** Reads the pipe table at `lines[at]`; `firstLine` is the file's line number of `lines[0]`. A line without any pipe ends it. */
export function readPipeTable(
  lines: readonly string[],
  at: number,
  firstLine: number,
): { table: RawTable; next: number } {
  const header = splitPipeRow(lines[at] ?? '', firstLine + at)
  const rows: RawCell[][] = []
  let next = at + 2
  for (; next < lines.length; next++) {
    const line = lines[next] ?? ''
    if (!line.includes('|')) break
    rows.push(splitPipeRow(line, firstLine + next))
  }
  return { table: { place: { line: firstLine + at, column: 1 }, header, rows }, next }
}

/** The cells of one row. Escaped pipes are text; so are pipes in a code span, which authors expect though Markdown says otherwise. */
export function splitPipeRow(row: string, line: number): RawCell[] {
  const cells: RawCell[] = []
  const start = /^\s*\|?/.exec(row)?.[0].length ?? 0
  const end = /(?<!\\)\|\s*$/.test(row.slice(start)) ? row.lastIndexOf('|') : row.length
  let from = start
  let i = start
  const push = (to: number) => {
    const text = row.slice(from, to)
    const indent = text.length - text.trimStart().length
    cells.push({ text: text.trim().replaceAll('\\|', '|'), place: { line, column: from + indent + 1 } })
  }
  while (i < end) {
    const char = row.charAt(i)
    if (char === '\\') i += 2
    else if (char === '`') {
      const fence = /^`+/.exec(row.slice(i))?.[0] ?? '`'
      const close = row.slice(0, end).indexOf(fence, i + fence.length)
      i = close < 0 ? i + fence.length : close + fence.length
    } else if (char === '|') {
      push(i)
      from = ++i
    } else i++
  }
  push(end)
  return cells
}

/** Reads `<table>…</table>` text that starts at line `firstLine` of the file. Attributes are ignored but for `colspan`. */
export function readHtmlTable(html: string, firstLine: number): RawTable {
  let line = firstLine
  let lineStart = 0
  const rows = [...html.matchAll(/<tr\b[^>]*>([\s\S]*?)(?=<tr\b|<\/tr\s*>|<\/table\s*>|$)/gi)].map((row) =>
    [...(row[1] ?? '').matchAll(/<t[dh]\b([^>]*)>([\s\S]*?)(?=<t[dh]\b|<\/t[dh]\s*>|$)/gi)].flatMap((cell) => {
      const offset = row.index + row[0].length - (row[1] ?? '').length + cell.index
      while (lineEnd(html, lineStart) < offset) {
        lineStart = lineEnd(html, lineStart) + 1
        line++
      }
      const place = { line, column: offset - lineStart + 1 }
      const span = Number(/\bcolspan\s*=\s*["']?(\d{1,2})/i.exec(cell[1] ?? '')?.[1] ?? 1)
      return Array.from({ length: Math.max(1, span) }, () => ({ text: flowText(cell[2] ?? ''), place }))
    }),
  )
  const [header = [], ...body] = rows.filter((row) => row.length > 0)
  return { place: { line: firstLine, column: 1 }, header, rows: body }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** Line ends are spaces in HTML, but for those in `<pre>`. */
function flowText(html: string): string {
  return html
    .split(/(<pre\b[\s\S]*?<\/pre\s*>)/i)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/\s*\n\s*/g, ' ')))
    .join('')
    .trim()
}
