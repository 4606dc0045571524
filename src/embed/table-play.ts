/** A scenario being played in an embed: the reply and the verdict of each command, as they come. No document in here. */
import type { Reply } from '../engine/index.ts'
import type { ClusterApi, SessionSettings } from '../simulation/index.ts'
import {
  type Command,
  createPlayer,
  type ExpectationResult,
  formatProblem,
  parseScenario,
  type Row,
  rowsOf,
  type Scenario,
  sessionSettings,
} from '../scenarios/index.ts'
import { NEW_SESSION, showReply, tokenize } from '../terminal/index.ts'

/** A cluster of the embed's own. */
export interface OpenedCluster {
  readonly api: ClusterApi
  close(): void
}
export type OpenCluster = (settings: SessionSettings) => Promise<OpenedCluster>

/** What became of a command of the table. */
export interface Outcome {
  /** As redis-cli prints it; null while the command waits. */
  readonly reply: string | null
  /** Undefined: nothing was expected of it but not to fail, and it did not. */
  readonly passed: boolean | undefined
}

export interface Typed {
  readonly region: number
  readonly line: string
  readonly reply: string | null
}

export interface TablePlay {
  readonly scenario: Scenario
  readonly rows: readonly Row[]
  readonly played: number
  readonly done: boolean
  readonly results: readonly ExpectationResult[]
  readonly typed: readonly Typed[]
  outcomeOf(command: Command): Outcome | undefined
  /** Of a control row. */
  verdictOf(row: Row): ExpectationResult | undefined
  step(): Promise<Row | undefined>
  /** A line of the reader's own; never rejects for a mistake in it. */
  type(region: number, line: string): Promise<void>
  /** Lets everything that is under way arrive. */
  sync(): Promise<void>
  close(): void
}

export interface Listener {
  /** Something is to be drawn anew. */
  readonly changed: () => void
  readonly replied: (command: Command, region: number, reply: string) => void
}

/** Throws an `Error` that lists all mistakes of the text. */
export function readScenario(text: string, name: string): Scenario {
  const parsed = parseScenario(text, name)
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'))
  if (rowsOf(parsed.scenario).length === 0) throw new Error(`${name}: expected a table with rows to play`)
  return parsed.scenario
}

/** Opens a fresh cluster for the scenario. */
export async function openTablePlay(scenario: Scenario, open: OpenCluster, listener: Listener): Promise<TablePlay> {
  const cluster = await open(sessionSettings(scenario))
  const rows = rowsOf(scenario)
  const outcomes = new Map<Command, { reply: string | null; result: number | undefined }>()
  const typed: Typed[] = []
  /** Commands that the player is about to issue, in its order; null for those of the given state. */
  let expected: (readonly [command: Command, region: number] | null)[] = []
  const player = createPlayer(scenario, {
    ...cluster.api,
    command(region, session, argv) {
      const reply = cluster.api.command(region, session, argv)
      const next = expected.shift()
      if (next) note(next[0], region, reply)
      return reply
    },
  })

  function note(command: Command, region: number, coming: Promise<Reply>): void {
    outcomes.set(command, { reply: null, result: undefined })
    coming.then(
      (reply) => {
        const text = showReply(NEW_SESSION, command.argv, reply)
        outcomes.set(command, { result: outcomes.get(command)?.result, reply: text })
        listener.replied(command, region, text)
        listener.changed()
      },
      () => {}, // the step itself fails
    )
  }

  /** The player lists results in the order of the commands, those without one left out. */
  function pairResults(row: Row, from: number): void {
    if (row.kind !== 'commands') return
    let at = from
    for (const command of row.cells.flat()) {
      const result = player.results[at]
      if (result?.command !== command.text || result.place !== command.place || result.row !== row.time) continue
      const outcome = outcomes.get(command)
      if (outcome) outcome.result = at
      at++
    }
  }

  return {
    scenario,
    rows,
    get played() {
      return player.played
    },
    get done() {
      return player.done
    },
    get results() {
      return player.results
    },
    typed,
    outcomeOf(command) {
      const outcome = outcomes.get(command)
      if (!outcome) return undefined
      const passed = outcome.result === undefined ? undefined : player.results[outcome.result]?.passed
      return { reply: outcome.reply, passed }
    },
    verdictOf: (row) =>
      player.results.find(
        ({ region, place, row: label }) => region === null && place === row.place && label === row.time,
      ),
    async step() {
      const row = rows[player.played]
      if (!row || player.done) return undefined
      const first = player.played === 0 && player.results.length === 0
      const before = first ? [...scenario.setup, ...scenario.given].filter(({ kind }) => kind === 'command') : []
      const own =
        row.kind === 'commands' ? row.cells.flatMap((cell, i) => cell.map((each) => [each, i + 1] as const)) : []
      expected = [...before.map(() => null), ...own]
      const known = player.results.length
      const done = await player.step()
      if (done)
        pairResults(done, known + player.results.slice(known).filter(({ row: label }) => label === 'given').length)
      listener.changed()
      return done
    },
    async type(region, line) {
      const tokens = tokenize(line)
      if ('argv' in tokens && tokens.argv.length === 0) return
      const at = typed.push({ region, line, reply: null }) - 1
      listener.changed()
      const reply =
        'error' in tokens
          ? tokens.error
          : showReply(NEW_SESSION, tokens.argv, await cluster.api.command(region, region, tokens.argv))
      typed[at] = { region, line, reply }
      listener.changed()
    },
    async sync() {
      const { text, ok } = await cluster.api.control('sync')
      typed.push({ region: 0, line: 'sync', reply: ok ? 'everything under way has arrived' : text })
      listener.changed()
    },
    close: () => cluster.close(),
  }
}
