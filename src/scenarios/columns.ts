/** What the columns of a table mean: the time, a region, or text beside the steps. */
import { cellLines } from './cell-text.ts'
import type { RawTable } from './raw-table.ts'
import type { Column } from './scenario.ts'

const TIME = /^(?:time|t|step|when|#)$/i
const NUMBERED =
  /^(?:(?:active-active|crdb|crdt|region|instance|member|replica|participating|cluster|database|db|site|data ?cent(?:er|re))[\s#:_-]*)+(\d{1,3})$/i
const NOTE = /^(?:descriptions?|explanations?|notes?|comments?|remarks?|meaning|why|what happens|details?|results?)$/i

/** The heading's words, without markup. */
export function columnTitles(table: RawTable): string[] {
  return table.header.map((cell) => cellLines(cell.text).join(' '))
}

/**
 * The region names that a table's header tells, when no front matter does: `Region 1`, `Region 2` … up to the highest number, or, beside a
 * time column, every heading that is neither the time nor a usual heading of remarks. Undefined: the table holds no steps.
 */
export function regionsOfHeader(titles: readonly string[]): string[] | undefined {
  const numbers = titles.map((title) => Number(NUMBERED.exec(title)?.[1] ?? 0))
  const highest = Math.max(0, ...numbers)
  if (highest > 0) return numberedRegions(highest)
  if (!TIME.test(titles[0] ?? '')) return undefined
  const names = titles.slice(1).filter((title) => title !== '' && !NOTE.test(title))
  return names.length > 0 ? names : undefined
}

export function numberedRegions(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `Region ${i + 1}`)
}

/** Columns of a table of steps, given the scenario's regions; undefined when no column is a region's, so that the table is prose. */
export function readColumns(titles: readonly string[], regions: readonly string[]): Column[] | undefined {
  let time = false
  const columns = titles.map((title, i): Column => {
    const region = regionNumber(title, regions) ?? Number(NUMBERED.exec(title)?.[1] ?? 0)
    if (region > 0) return { kind: 'region', title, region }
    if (!time && (TIME.test(title) || (i === 0 && title === ''))) {
      time = true
      return { kind: 'time', title }
    }
    return { kind: 'note', title }
  })
  return columns.some((column) => column.kind === 'region') ? columns : undefined
}

/** The region with this name, or number, in any case; undefined when there is none. */
export function regionNumber(word: string, regions: readonly string[]): number | undefined {
  const found = regions.findIndex((name) => name.toLowerCase() === word.toLowerCase())
  if (found >= 0) return found + 1
  const number = /^\d{1,3}$/.test(word) ? Number(word) : Number(NUMBERED.exec(word)?.[1] ?? 0)
  return number >= 1 && number <= regions.length ? number : undefined
}
