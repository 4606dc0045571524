/** A key as a list shows it: what each region reads, regions that read the same together, and whether they agree. */
import type { Bytes } from '../../lib/index.ts'
import type { KeyRow } from '../../engine/index.ts'
import type { ReplicaId } from '../../replication/index.ts'
import { quoteArgument, safeBytes } from '../../terminal/index.ts'

/** `alike`: what is read is the same, what lies behind it is not yet. */
export type Verdict = 'same' | 'alike' | 'apart'

/** What some regions read. */
export interface Reading {
  readonly state: KeyRow['state'] | 'absent'
  /** Safe to show; of what cannot be read, a word for that. */
  readonly text: string
  /** When it expires, ms since 1970; null: never, or it cannot be read. */
  readonly until: number | null
  readonly regions: readonly ReplicaId[]
}

export interface KeyLine {
  readonly key: Bytes
  readonly label: string
  /** As TYPE replies in the regions, those that differ joined; '' where nothing can be read. */
  readonly type: string
  readonly verdict: Verdict
  readonly readings: readonly Reading[]
  /** It has a lifetime somewhere. */
  readonly expires: boolean
}

export type Rows = ReadonlyMap<ReplicaId, KeyRow | null>

/** `unsettled`: a write of it is still to come somewhere. It decides where the content is too large to be compared. */
export function keyLine(key: Bytes, rows: Rows, unsettled: boolean): KeyLine {
  const readings: { state: Reading['state']; text: string; until: number | null; regions: ReplicaId[] }[] = []
  const types = new Set<string>()
  for (const [region, row] of rows) {
    const { state, text } = readingOf(row)
    const until = state === 'visible' ? (row?.until ?? null) : null
    const alike = readings.find((one) => one.state === state && one.text === text && one.until === until)
    if (alike) alike.regions.push(region)
    else readings.push({ state, text, until, regions: [region] })
    if (state === 'visible' && row) types.add(row.type)
  }
  return {
    key,
    label: quoteArgument(key),
    type: [...types].join(', '),
    verdict: verdictOf([...rows.values()], readings, unsettled),
    readings,
    expires: readings.some(({ until }) => until !== null),
  }
}

function verdictOf(rows: readonly (KeyRow | null)[], readings: readonly Reading[], unsettled: boolean): Verdict {
  // Where nothing is kept, or only marks are, nothing is all that there is.
  const prints = new Set(rows.map((row) => (row === null ? '' : row.print)))
  if (prints.has(null)) {
    if (!unsettled) return 'same'
  } else if (prints.size <= 1) return 'same'
  const cut = readings.some(({ text }) => text.endsWith('...') || text.endsWith('...}') || text.endsWith('...]'))
  const nothing = readings.every(({ state }) => state !== 'visible')
  return nothing || (readings.length === 1 && !cut) ? 'alike' : 'apart'
}

/** What a region reads, or why nothing. */
export function readingOf(row: KeyRow | null): Pick<Reading, 'state' | 'text'> {
  if (row === null) return { state: 'absent', text: 'nothing' }
  if (row.state !== 'visible') return { state: row.state, text: row.state === 'expired' ? 'expired' : 'deleted' }
  return { state: 'visible', text: row.preview === '' ? '""' : safeBytes(row.preview) }
}
