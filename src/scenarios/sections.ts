/** A file's body cut into headings, paragraphs, tables and fenced blocks, each with its place. A table inside a fence is text, as in Markdown. */
import { pipeTableStarts, type RawTable, readHtmlTable, readPipeTable } from './raw-table.ts'
import type { Reader } from './reader.ts'
import type { Place } from './scenario.ts'
import type { PlacedLine } from './script.ts'

export type Section =
  | { readonly kind: 'heading'; readonly place: Place; readonly level: number; readonly title: string }
  | { readonly kind: 'text'; readonly place: Place; readonly text: string }
  | { readonly kind: 'table'; readonly place: Place; readonly table: RawTable; readonly source: string }
  /** `info` is the first word after the fence, in lower case. */
  | {
      readonly kind: 'fence'
      readonly place: Place
      readonly info: string
      readonly lines: readonly PlacedLine[]
      readonly source: string
    }

/** `from` is the index of the body's first line. */
export function readSections(reader: Reader, lines: readonly string[], from: number): Section[] {
  const sections: Section[] = []
  let text: string[] = []
  let textLine = from
  const flush = (next: number) => {
    const joined = text.join('\n').trim()
    if (joined !== '') sections.push({ kind: 'text', place: { line: textLine + 1, column: 1 }, text: joined })
    text = []
    textLine = next
  }
  for (let i = from; i < lines.length;) {
    const line = lines[i] ?? ''
    const place = { line: i + 1, column: 1 }
    const fence = /^ {0,3}(`{3,}|~{3,})\s*([\w-]*)/.exec(line)
    const heading = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line)
    const html = line.search(/<table\b/i)
    let next = i + 1
    if (fence) {
      const marker = fence[1] ?? ''
      let end = i + 1
      while (end < lines.length && !isClosing(lines[end] ?? '', marker)) end++
      if (end === lines.length) reader.problem(place, `expected a line of ${marker} to end the block that begins here`)
      flush((next = end + 1))
      const inner = lines
        .slice(i + 1, end)
        .map((l, n) => ({ text: l, place: { line: i + 2 + n, column: 1 + l.length - l.trimStart().length } }))
      sections.push({
        kind: 'fence',
        place,
        info: (fence[2] ?? '').toLowerCase(),
        lines: inner,
        source: lines.slice(i, next).join('\n'),
      })
    } else if (heading) {
      flush(next)
      sections.push({ kind: 'heading', place, level: heading[1]?.length ?? 1, title: heading[2] ?? '' })
    } else if (pipeTableStarts(lines, i)) {
      const read = readPipeTable(lines, i, 1)
      flush((next = read.next))
      sections.push({ kind: 'table', place, table: read.table, source: lines.slice(i, next).join('\n') })
    } else if (html >= 0) {
      let end = i
      while (end < lines.length && !/<\/table\s*>/i.test(lines[end] ?? '')) end++
      if (end === lines.length)
        reader.problem({ line: i + 1, column: html + 1 }, 'expected </table> after this <table>')
      flush((next = end + 1))
      const source = lines.slice(i, next).join('\n')
      sections.push({ kind: 'table', place, table: readHtmlTable(source, i + 1), source })
    } else text.push(line)
    i = next
  }
  flush(lines.length)
  return sections
}

function isClosing(line: string, marker: string): boolean {
  const run = /^ {0,3}(`{3,}|~{3,})\s*$/.exec(line)?.[1]
  return run !== undefined && run.length >= marker.length && run[0] === marker[0]
}
