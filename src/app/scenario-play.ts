/**
 * The scenario that is being played: which file, which row comes next, and how its expectations turned out. A scenario always plays on a session of
 * its own, so choosing one, or starting it again, opens a new cluster. The reader and the files are loaded when first asked for.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { assert } from '../lib/index.ts'
import type { CatalogueEntry, ExpectationResult, Row, Scenario, ScenarioPlayer } from '../scenarios/index.ts'
import { setSpeed } from './control-lines.ts'
import type { Playground } from './playground.ts'

export interface ScenarioState {
  /** Null until the list has been loaded. */
  readonly catalogue: readonly CatalogueEntry[] | null
  readonly chosen: CatalogueEntry | null
  readonly scenario: Scenario | null
  readonly rows: readonly Row[]
  readonly played: number
  readonly results: readonly ExpectationResult[]
  readonly done: boolean
  /** The session is being opened, or rows are being played. */
  readonly playing: boolean
  readonly problem: string | null
}

export interface ScenarioPlay extends StoreApi<ScenarioState> {
  readonly loadCatalogue: () => Promise<void>
  readonly choose: (id: string) => Promise<void>
  /** The same for an id that comes from outside: false, and nothing is done, when no scenario has it. */
  readonly chooseListed: (id: string) => Promise<boolean>
  /** Plays a scenario that is on no list: the text of a file. */
  readonly openText: (file: string, text: string) => Promise<void>
  /** From the beginning, on a fresh session. */
  readonly reset: () => Promise<void>
  readonly step: () => Promise<void>
  /** One row back: the rows before it are played again, on a fresh session. What was typed in between is not kept. */
  readonly back: () => Promise<void>
  readonly playAll: () => Promise<void>
  /** Back to the list. The session is nobody's, and stands still, until something is typed in it. */
  readonly leave: () => void
  /** Goes on with the session as it is, as one's own. */
  readonly goOn: () => void
}

const NOTHING_CHOSEN = {
  chosen: null,
  scenario: null,
  rows: [],
  played: 0,
  results: [],
  done: false,
  playing: false,
  problem: null,
}

export function createScenarioPlay(playground: Playground): ScenarioPlay {
  const store = createStore<ScenarioState>(() => ({ catalogue: null, ...NOTHING_CHOSEN }))
  let player: ScenarioPlayer | null = null
  /** A player belongs to one session; when the page opens another one, it is over. */
  let session = -1
  /** Time in that session: between rows it waits for whoever looks at them. */
  let standsStill = false

  const loadCatalogue = async () => {
    if (store.getState().catalogue) return
    const { loadBundledCatalogue } = await import('../scenarios/index.ts')
    store.setState({ catalogue: await loadBundledCatalogue() })
  }

  const choose = async (id: string) => {
    await loadCatalogue()
    const chosen = store.getState().catalogue?.find((entry) => entry.id === id)
    assert(chosen !== undefined, 'only listed scenarios are chosen')
    await begin(chosen)
  }

  const begin = async (chosen: CatalogueEntry) => {
    const { parseScenario, rowsOf, sessionSettings, createPlayer } = await import('../scenarios/index.ts')
    const parsed = parseScenario(chosen.text, `${chosen.id}.md`)
    if (!parsed.ok) {
      const problem = parsed.problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n')
      store.setState({ ...NOTHING_CHOSEN, chosen, problem })
      return
    }
    const { scenario } = parsed
    player = null
    store.setState({ ...NOTHING_CHOSEN, chosen, scenario, rows: rowsOf(scenario), playing: true })
    await playground.open(sessionSettings(scenario))
    const api = playground.api()
    // However long somebody looks at a row: what a row finds depends on the scenario alone.
    await api?.control(setSpeed(0))
    if (store.getState().scenario !== scenario) return
    player = api ? createPlayer(scenario, api) : null
    session = playground.getState().session
    standsStill = true
    store.setState({ playing: false })
  }

  /** In the session that is or was played, not in another one that was opened meanwhile. */
  const letTimePass = () => {
    standsStill = false
    if (session !== playground.getState().session) return
    const resumed = playground.api()?.control(setSpeed(1))
    // Of a database that is going down, time is of no matter.
    resumed?.catch(() => {})
  }
  playground.onEntries((entries) => {
    if (!standsStill || store.getState().chosen !== null) return
    // The player's own clients bear the numbers of their regions.
    if (entries.some((entry) => entry.kind === 'command' && entry.session !== entry.region)) letTimePass()
  })
  const leave = () => {
    player = null
    store.setState(NOTHING_CHOSEN)
  }

  const step = async () => {
    if (!player || player.done || session !== playground.getState().session) return
    const present = player
    await present.step()
    if (present !== player) return
    const { played, done, results } = present
    if (done) letTimePass()
    store.setState({ played, done, results: [...results] })
  }

  const guarded = async (action: () => Promise<void>) => {
    if (store.getState().playing) return
    store.setState({ playing: true, problem: null })
    const of = player
    try {
      await action()
    } catch (reason) {
      if (of === player) store.setState({ problem: reason instanceof Error ? reason.message : String(reason) })
    } finally {
      if (of === player) store.setState({ playing: false })
    }
  }

  return {
    ...store,
    loadCatalogue,
    choose,
    chooseListed: async (id) => {
      await loadCatalogue()
      const listed = store.getState().catalogue?.some((entry) => entry.id === id) === true
      if (listed) await choose(id)
      return listed
    },
    openText: (file, text) => begin({ id: file.replace(/\.md$/i, ''), group: 'Files', title: file, text }),
    reset: async () => {
      const { chosen } = store.getState()
      if (chosen) await begin(chosen)
    },
    step: () => guarded(step),
    back: async () => {
      const { chosen, played, playing } = store.getState()
      if (!chosen || played === 0 || playing) return
      await begin(chosen)
      const of = player
      await guarded(async () => {
        while (of && of === player && !of.done && of.played < played - 1) await step()
      })
    },
    playAll: () =>
      guarded(async () => {
        const of = player
        while (of && of === player && !of.done && session === playground.getState().session) await step()
      }),
    leave,
    goOn: () => {
      leave()
      letTimePass()
    },
  }
}
