/** Control lines as authors write them in a cell, `— Sync —`, `— Cut 1–2 —`, to lines of the control language. */
import { DASHES } from './cell-text.ts'
import { regionNumber } from './columns.ts'

const DASH_RUN = '[-–—−―‒‐‑]+'
const MARKED = new RegExp(`^${DASH_RUN}\\s*([A-Za-z].*?)\\s*${DASH_RUN}\\s*(?:\\(.*\\))?$`, 'i')

/** The control line that a cell between dashes holds, or undefined when the cell is of another kind. A remark in parentheses may follow. */
export function controlOfCell(lines: readonly string[], regions: readonly string[]): string | undefined {
  const inner = MARKED.exec(lines.join(' '))?.[1]
  return inner === undefined ? undefined : controlLine(inner, regions)
}

/** A control line with straight dashes and its verb in lower case; `sync 1 and 2 only` becomes `sync 1 2`. */
export function controlLine(text: string, regions: readonly string[]): string {
  const [verb = '', ...words] = text.trim().split(/\s+/)
  const rest = words.join(' ')
  if (verb.toLowerCase() !== 'sync') {
    return [verb.toLowerCase(), verb.toLowerCase() === 'expect' ? rest : rest.replace(new RegExp(DASHES, 'g'), '-')]
      .join(' ')
      .trim()
  }
  return ['sync', ...syncedRegions(rest, regions)].join(' ')
}

/** Region numbers where all words are understood, else the words as they are, for the control language to refuse. */
function syncedRegions(text: string, regions: readonly string[]): string[] {
  const parts = text.split(/\s*(?:,|&|\band\b|\bonly\b|\bbetween\b|\bregions?\b|\s)\s*/i).filter((part) => part !== '')
  const numbers = parts.map((part) => regionNumber(part, regions))
  return numbers.every((number) => number !== undefined)
    ? numbers.map(String)
    : text.split(' ').filter((word) => word !== '')
}
