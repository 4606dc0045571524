/**
 * Everything of an embed that is not needed before it is reached or used: reads the text, draws it, opens a cluster of its own on first use. One
 * chunk, imported by `element.ts`.
 */
import { openCluster } from '../worker/index.ts'
import { type Row, rowsOf, type Scenario } from '../scenarios/index.ts'
import { drawScenario, makeOwnLine } from './draw.ts'
import type { EventName } from './messages.ts'
import { openTablePlay, readScenario, type TablePlay } from './table-play.ts'
import type { View } from './view.ts'

export interface PlayerOptions {
  readonly view: View
  readonly readonly: boolean
  /** Rows that are played as soon as the engine has started. */
  readonly firstRows: number
  readonly tell: (event: EventName, detail: unknown) => void
}

export interface Player {
  readonly scenario: Scenario
  readonly played: number
  start(): Promise<void>
  step(): Promise<void>
  run(): Promise<void>
  reset(): Promise<void>
  close(): void
}

/** Between two rows of a run, so that the eye can follow. */
const ROW_PAUSE_MS = 250
/** Databases of one page that run at a time; each is three workers or more. Of those beyond, the one begun first ends. */
const MOST_RUNNING = 4
const running: (() => void)[] = []

/** Throws an `Error` that lists all mistakes of the text. */
export function makePlayer(text: string, name: string, options: PlayerOptions): Player {
  const { view, tell } = options
  const scenario = readScenario(text, name)
  const title = scenario.title === name ? '' : scenario.title
  const total = rowsOf(scenario).length
  let play: TablePlay | null = null
  let opening: Promise<TablePlay> | null = null
  /** Counts what has been started; what belongs to an older count is over. */
  let epoch = 0
  let busy = false
  /** Ended so that others can run; what it played is still to be seen. */
  let retired = false
  const own = options.readonly
    ? null
    : makeOwnLine(
        scenario.regions,
        (region, line) => void guarded(async () => void (await opened()).type(region, line)),
        () => void guarded(async () => (await opened()).sync()),
      )

  function draw(): void {
    const scrolled = view.body.scrollTop
    view.body.replaceChildren(...drawScenario(scenario, play))
    view.body.scrollTop = scrolled
    own?.show(play)
    showBar()
  }

  function showBar(): void {
    const results = play?.results ?? []
    const wrong = results.filter(({ passed }) => !passed).length
    const verdict = wrong > 0 ? `✕ ${wrong} not as expected` : `✓ ${results.length} as expected`
    const played = play?.played ?? 0
    view.showBar({
      title,
      status: [
        `${played} of ${total} rows`,
        ...(results.length === 0 ? [] : [verdict]),
        ...(retired ? ['ended to make room; Step begins again'] : []),
      ].join(' · '),
      busy,
      done: !retired && play?.done === true,
      started: play !== null,
    })
  }

  async function opened(): Promise<TablePlay> {
    if (play) return play
    const at = epoch
    opening ??= openTablePlay(scenario, (settings) => openCluster(settings), {
      changed: () => at === epoch && draw(),
      replied: (command, region, reply) =>
        at === epoch && tell('result', { region, name: scenario.regions[region - 1], command: command.text, reply }),
    })
    const present = await opening
    if (at !== epoch) {
      present.close()
      throw new Over()
    }
    play = present
    running.push(retire)
    if (running.length > MOST_RUNNING) running.shift()?.()
    return play
  }

  /** Plays the next row and tells of it; undefined when there is none. */
  async function playRow(): Promise<Row | undefined> {
    const at = epoch
    const present = await opened()
    const known = present.results.length
    const row = await present.step()
    if (at !== epoch) throw new Over()
    if (row) tell('run', { row: present.played, rows: total, time: row.time })
    for (const { row: time, region, command, expected, actual, passed } of present.results.slice(known)) {
      tell('check', { time, region, command, expected, actual, passed })
    }
    if (row) revealLast()
    return row
  }

  /** Keeps the present row in sight within the embed's own height; the page around it does not move. */
  function revealLast(): void {
    const row = view.body.querySelector<HTMLElement>('tr.last')
    if (!row || view.body.scrollHeight <= view.body.clientHeight) return
    view.body.scrollTop += row.getBoundingClientRect().bottom - view.body.getBoundingClientRect().bottom + 40
  }

  async function guarded(action: () => Promise<void>): Promise<void> {
    if (busy) return
    if (retired) end()
    const at = epoch
    busy = true
    view.showProblem(null)
    showBar()
    try {
      await action()
    } catch (reason) {
      if (!(reason instanceof Over) && at === epoch) {
        opening = null
        const message = reason instanceof Error ? reason.message : String(reason)
        view.showProblem(`The database could not go on: ${message}`)
        tell('error', { message })
      }
    } finally {
      if (at === epoch) {
        busy = false
        showBar()
      }
    }
  }

  async function rows(count: number): Promise<void> {
    for (let i = 0; i < count; i++) if (!(await playRow())) return
  }

  function retire(): void {
    epoch++
    play?.close()
    opening = null
    busy = false
    retired = true
    showBar()
  }

  function end(): void {
    epoch++
    const at = running.indexOf(retire)
    if (at >= 0) running.splice(at, 1)
    play?.close()
    retired = false
    play = null
    opening = null
    busy = false
  }

  draw()
  if (own) view.foot.replaceChildren(own.element)
  else view.foot.replaceChildren()

  const start = () =>
    guarded(async () => {
      await opened()
      await rows(options.firstRows)
      draw()
    })
  /** The rows that the page asked for come with the first use. */
  const first = async (): Promise<boolean> => {
    if (play || options.firstRows === 0) return false
    await rows(options.firstRows)
    return true
  }
  return {
    scenario,
    get played() {
      return play?.played ?? 0
    },
    start,
    step: () =>
      guarded(async () => {
        if (!(await first())) await playRow()
      }),
    run: () =>
      guarded(async () => {
        const pause = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : ROW_PAUSE_MS
        while (await playRow()) if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
      }),
    async reset() {
      end()
      view.showProblem(null)
      draw()
    },
    close: end,
  }
}

/** The session for which something was done has been ended. */
class Over extends Error {}
