/** The timeline as Markdown, in the form of Redis's documentation: a row for each moment, a column for each region, and where regions heard of each other. */
import type { ReplicaId } from '../../replication/index.ts'
import { laneName, type Timeline, type TimelineEvent, type TimelineNote } from './model.ts'
import type { TimelineView } from './view.ts'
import { timeText } from './words.ts'

interface Row {
  readonly time: string
  /** The row of the timeline that it stands for; arrivals that follow each other share one, so they stand for none. */
  readonly row: number | null
  readonly cells: Map<ReplicaId, string>
}

/** Of the events of `view` (folded runs one by one), without hidden regions. Ends with a newline. */
export function markdownTable(
  timeline: Timeline,
  { events, runs }: TimelineView,
  hidden: ReadonlySet<ReplicaId>,
): string {
  const lanes = timeline.lanes.map(({ region }) => region).filter((region) => !hidden.has(region))
  const inRuns = runs.flatMap(({ region, first, last }) =>
    timeline.events.slice(first.id, last.id + 1).filter((event) => event.region === region),
  )
  const rows: Row[] = []
  for (const moment of inOrder([...events, ...inRuns], timeline.notes)) {
    if ('line' in moment) {
      // What it did stands in the row that follows.
      if (moment.line === 'sync') continue
      const text = `— ${plain(moment.line)}${moment.ok ? '' : ' (refused)'} —`
      rows.push({ time: timeText(moment.at), row: null, cells: new Map(lanes.map((region) => [region, text])) })
    } else append(rows, moment)
  }
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const header = ['Time', ...lanes.map((region) => plain(laneName(timeline, region)))]
  const body = rows.map(({ time, cells }) => line([time, ...lanes.map((region) => cells.get(region) ?? '')]))
  return `${[line(header), line(header.map(() => '---')), ...body].join('\n')}\n`
}

function inOrder(
  events: readonly TimelineEvent[],
  notes: readonly TimelineNote[],
): readonly (TimelineEvent | TimelineNote)[] {
  return [...notes, ...[...events].sort((a, b) => a.id - b.id)].sort((a, b) => a.row - b.row)
}

function append(rows: Row[], event: TimelineEvent): void {
  const isArrival = event.kind === 'receive'
  const text = isArrival ? arrivalText(event) : eventText(event)
  const last = rows.at(-1)
  const before = last?.cells.get(event.region)
  const joins = isArrival ? last?.row === null && isSync(last) : last?.row === event.row && before === undefined
  if (last && joins) last.cells.set(event.region, joined(before, text))
  else
    rows.push({ time: timeText(event.at), row: isArrival ? null : event.row, cells: new Map([[event.region, text]]) })
}

const isSync = ({ cells }: Row) => [...cells.values()].every((text) => /^— (Full s|S)ync —/.test(text))

/** Arrivals that follow each other are one sync: what was decided at any of them stands beside it once. */
function joined(before: string | undefined, text: string): string {
  if (before === undefined || before === text) return text
  const [sync] = before.startsWith('— Full') ? [before] : [text]
  const rules = new Set([before, text].flatMap((each) => each.match(RULES)?.[1]?.split(', ') ?? []))
  return sync.replace(RULES, '') + rulesText(rules)
}

const RULES = / \((.+)\)$/

function arrivalText({ fullSyncBytes, resolutions }: TimelineEvent): string {
  const sync = fullSyncBytes === null ? '— Sync —' : '— Full sync —'
  return sync + rulesText(new Set(resolutions.map(({ rule }) => rule)))
}

const rulesText = (rules: ReadonlySet<string>) => (rules.size === 0 ? '' : ` (${[...rules].join(', ')})`)

function eventText({ kind, label, outcome }: TimelineEvent): string {
  if (kind === 'region') return plain(label)
  return outcome === '' ? code(label) : `${code(label)} → ${code(outcome)}`
}

const plain = (text: string) => text.replaceAll(/[\\`*_[\]<>|]/g, '\\$&')

/** A code span: nothing in it is taken for markup but the pipe, which ends a cell. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const pad = longest > 0 ? ' ' : ''
  const fence = '`'.repeat(longest + 1)
  return `${fence}${pad}${text.replaceAll('|', '\\|')}${pad}${fence}`
}
