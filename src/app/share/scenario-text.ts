/** A session as a scenario file: its commands and control lines as rows of a table, each command with the reply that it had. */
import type { Bytes } from '../../lib/index.ts'
import { isError, type Reply } from '../../engine/index.ts'
import type { SessionSettings } from '../../simulation/index.ts'
import { formatReply, quoteArgument } from '../../terminal/index.ts'

/** What happened in a session, in order. A command that was never answered has no reply. */
export type Deed =
  | { readonly at: number; readonly kind: 'control'; readonly line: string }
  | {
      readonly at: number
      readonly kind: 'command'
      /** The place of its region among the settings' regions. */
      readonly column: number
      readonly argv: readonly Bytes[]
      readonly reply: Reply | undefined
    }

export interface Story {
  readonly settings: SessionSettings
  readonly deeds: readonly Deed[]
  readonly until: number
}

/**
 * `in-order`: rows follow each other as rows do, which reads best. `exact`: every row says when it begins, and time stands still but for that, so that
 * it is the same session to the millisecond.
 */
export type Timing = 'in-order' | 'exact'

interface RowText {
  readonly time: string
  readonly cells: readonly string[]
}

/** How real time passes is no part of what happens. */
const PACE = /^(?:speed|pause)\b/i
/** What they answer is about the server, or the moment, and not about the data. */
const UNTOLD = new Set([
  'INFO',
  'CLIENT',
  'MEMORY',
  'LATENCY',
  'SLOWLOG',
  'DEBUG',
  'COMMAND',
  'HELLO',
  'LOLWUT',
  'MONITOR',
  'TIME',
])
const UNTOLD_PUSHES = /^[PS]?(?:UN)?SUBSCRIBE$/

const PLAIN = /^[\w.:*?$@/+,;%^~!&#(){}[\]-]+$/
const REPLY_FOLLOWS = /^(?:-->|results?:|reply:)/i

/** Whether a reply can be expected to come again. */
export function isTelling(argv: readonly Bytes[]): boolean {
  const name = (argv[0] ?? '').toUpperCase()
  return !UNTOLD.has(name) && !UNTOLD_PUSHES.test(name)
}

export function scenarioText({ settings, deeds, until }: Story, timing: Timing): string {
  const { regions, seed, epochMs, latencyMs, held } = settings
  const exact = timing === 'exact'
  const rows = rowsOf(
    deeds.filter((deed) => deed.kind === 'command' || !PACE.test(deed.line)),
    regions.length,
    exact,
  )
  const ending = exact
    ? [controlRow('pause', '0ms', regions.length), ...rows, controlRow('wait 0ms', timeText(until), regions.length)]
    : rows
  return [
    '---',
    `title: "Session of ${new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ')}"`,
    ...namesOf(regions),
    `seed: ${seed}`,
    ...(held ? [] : [`latency: ${latencyMs}ms`]),
    ...(exact ? [`start: ${new Date(epochMs).toISOString()}`, 'times: exact'] : []),
    '---',
    '',
    line('Time', regions.map(plainCell)),
    line(
      '---',
      regions.map(() => '---'),
    ),
    ...ending.map(({ time, cells }) => line(time, cells)),
    '',
  ].join('\n')
}

/** Commands of one instant, with no control line between them, make a row. */
function rowsOf(deeds: readonly Deed[], regions: number, exact: boolean): RowText[] {
  const rows: { readonly time: string; readonly cells: string[][] }[] = []
  let open = -1
  for (const deed of deeds) {
    const time = exact ? timeText(deed.at) : `t${rows.length + 1}`
    if (deed.kind === 'control') {
      rows.push({ time, cells: controlRow(deed.line, time, regions).cells.map((cell) => [cell]) })
      open = -1
      continue
    }
    if (deed.at !== open) rows.push({ time, cells: Array.from({ length: regions }, () => []) })
    open = deed.at
    rows.at(-1)?.cells[deed.column]?.push(commandText(deed))
  }
  return rows.map(({ time, cells }) => ({ time, cells: cells.map((lines) => lines.join('<br>')) }))
}

function controlRow(text: string, time: string, regions: number): RowText {
  const words = /[|<>*_[\]`&\\]/.test(text) ? code(text) : text
  return { time, cells: Array.from({ length: regions }, () => `— ${words} —`) }
}

function commandText({ argv, reply }: Extract<Deed, { kind: 'command' }>): string {
  const command = code(argv.map(word).join(' '))
  if (reply === undefined || (!isTelling(argv) && !isError(reply))) return command
  return `${command} → ${formatReply(reply).split('\n').map(code).join('<br>')}`
}

/** As typed, in quotes where the reader of a cell would take it for something else: an arrow, a dash, `result:`. */
function word(bytes: Bytes): string {
  const typed = quoteArgument(bytes)
  if (typed.startsWith('"') || (PLAIN.test(typed) && !REPLY_FOLLOWS.test(typed))) return typed
  return `"${typed.replaceAll('\\', '\\\\')}"`
}

/** A code span: nothing in it is taken for markup. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = longest > 0 ? ' ' : ''
  return `${fence}${pad}${text.replaceAll('|', '\\|')}${pad}${fence}`
}

const plainCell = (text: string) => text.replaceAll('|', '\\|')

const line = (time: string, cells: readonly string[]) => `| ${[time, ...cells].join(' | ')} |`

const timeText = (ms: number) => (ms < 1000 ? `${ms}ms` : `${ms / 1000}s`)

function namesOf(regions: readonly string[]): readonly string[] {
  if (regions.every((name, i) => name === `Region ${i + 1}`)) return [`regions: ${regions.length}`]
  return ['regions:', ...regions.map((name) => `  - "${name}"`)]
}
