/**
 * Plays a scenario row by row on a running cluster. A row begins one virtual second after the beginning of the one before (the first: after the given
 * state stands), or later when a sync took longer; the commands of one row are all issued at that instant, region by region, without time passing between them. So the outcome depends on the
 * scenario alone. A row that says when it begins does so then, or as soon as the one before it is done.
 */
import type { Bytes } from '../lib/index.ts'
import { isError, type Reply } from '../engine/index.ts'
import { type ClusterApi, matchesExpectation, type SessionSettings } from '../simulation/index.ts'
import { formatReply } from '../terminal/index.ts'
import { type Command, type Place, type Row, rowsOf, type Scenario, type ScriptLine } from './scenario.ts'

/** Wall-clock time of every scenario's beginning, so that each run shows the same timestamps. */
export const SCENARIO_EPOCH_MS = Date.UTC(2025, 0, 1)
const ROW_MS = 1000
/** What an expectation shows when a command must only not fail, or a control line only be carried out. */
const NO_ERROR = 'no error'
const WAITING = '(no reply: the command is still waiting)'

export interface ExpectationResult {
  /** The row's label; `given` before the first. */
  readonly row: string
  readonly place: Place
  /** Null for a control line. */
  readonly region: number | null
  /** The command or control line. */
  readonly command: string
  readonly expected: string
  /** As redis-cli prints it. */
  readonly actual: string
  /** What `actual` shows; undefined for a control line, and while the command waits. */
  readonly reply: Reply | undefined
  readonly passed: boolean
}

export interface ScenarioPlayer {
  readonly scenario: Scenario
  /** Every expectation met so far, in order; also commands without one that failed. */
  readonly results: readonly ExpectationResult[]
  /** How many rows have been played. */
  readonly played: number
  /** All rows are played, or one of the preparing lines was refused. */
  readonly done: boolean
  /** Plays the next row (before the first one: settings, given state and a sync). Gives the row, or undefined when there is none left. */
  step(): Promise<Row | undefined>
}

/** A command on its way. */
interface Asked extends Omit<ExpectationResult, 'region' | 'expected' | 'actual' | 'reply' | 'passed'> {
  readonly region: number
  readonly argv: readonly Bytes[]
  readonly expected: string | undefined
}

function asked(row: string, region: number, { place, text, argv, expected }: Command): Asked {
  return { row, place, region, command: text, argv, expected }
}

/** The settings of a cluster on which the scenario can be played. */
export function sessionSettings(scenario: Scenario): SessionSettings {
  return {
    seed: scenario.seed,
    regions: scenario.regions,
    epochMs: scenario.startMs ?? SCENARIO_EPOCH_MS,
    latencyMs: scenario.latencyMs ?? 0,
    held: scenario.latencyMs === undefined,
  }
}

/** `cluster` must be fresh and made with `sessionSettings(scenario)`. Each region's commands run in the session of the region's number. */
export function createPlayer(scenario: Scenario, cluster: ClusterApi): ScenarioPlayer {
  const rows = rowsOf(scenario)
  const results: ExpectationResult[] = []
  let played = 0
  let broken = false
  let rowAt: number | undefined

  /** Undefined: there was nothing to check, and nothing failed. */
  const outcome = (ask: Asked, reply: Reply | undefined): ExpectationResult | undefined => {
    const { row, place, region, command, expected, argv } = ask
    if (expected === undefined && (reply === undefined || !isError(reply))) return undefined
    const passed = reply !== undefined && expected !== undefined && matchesExpectation(reply, expected, argv)
    const actual = reply === undefined ? WAITING : formatReply(reply)
    return { row, place, region, command, expected: expected ?? NO_ERROR, actual, reply, passed }
  }

  const control = async (row: string, place: Place, line: string) => {
    const { ok, text } = await cluster.control(line)
    if (!ok || line.startsWith('expect ')) {
      const expected = line.startsWith('expect ') ? line.slice('expect '.length) : NO_ERROR
      results.push({ row, place, region: null, command: line, expected, actual: text, reply: undefined, passed: ok })
    }
    return ok
  }

  const issue = async (asks: readonly Asked[]) => {
    let failure: { readonly error: unknown } | undefined
    const replies: (Reply | undefined)[] = asks.map(() => undefined)
    /** Where the result of a waiting command stands, until its reply comes. */
    const waiting: (number | undefined)[] = asks.map(() => undefined)
    asks.forEach((ask, i) => {
      cluster.command(ask.region, ask.region, ask.argv).then(
        (reply) => {
          replies[i] = reply
          const late = waiting[i] === undefined ? undefined : outcome(ask, reply)
          if (late) results[waiting[i] as number] = late
        },
        (error: unknown) => (failure ??= { error }),
      )
    })
    // Calls take effect in order: when the status is known, only blocked commands are still without a reply.
    await cluster.status()
    if (failure) throw failure.error
    const outcomes = asks.map((ask, i) => outcome(ask, replies[i]))
    outcomes.forEach((result, i) => {
      if (result === undefined) return
      if (replies[i] === undefined) waiting[i] = results.length
      results.push(result)
    })
    return outcomes.every((result) => result?.passed ?? true)
  }

  /** A region that came back under a new id still has its column. */
  const asksOf = async ({ time, cells }: Row & { kind: 'commands' }) => {
    const { regions } = await cluster.status()
    const present = regions.filter(({ phase }) => phase !== 'gone')
    return cells.flatMap((cell, i) => {
      const id = present.find(({ name }) => name === scenario.regions[i])?.id ?? i + 1
      return cell.map((command) => asked(time, id, command))
    })
  }

  const runLine = (line: ScriptLine) =>
    line.kind === 'control'
      ? control('given', line.place, line.line)
      : issue([asked('given', line.region, line.command)])

  const prepare = async () => {
    for (const line of [...scenario.setup, ...scenario.given]) {
      if (!(await runLine(line))) return false
    }
    const place = { line: 1, column: 1 }
    return scenario.given.length === 0 || (await control('given', place, 'sync'))
  }

  return {
    scenario,
    results,
    get played() {
      return played
    },
    get done() {
      return broken || played === rows.length
    },
    async step() {
      if (rowAt === undefined) {
        broken = !(await prepare())
        rowAt = (await cluster.status()).now
      }
      const row = rows[played]
      if (broken || row === undefined) return undefined
      const { now } = await cluster.status()
      rowAt = Math.max(row.atMs ?? rowAt + ROW_MS, now)
      const waitMs = rowAt - now
      if (waitMs > 0) await control(row.time, row.place, `wait ${waitMs}ms`)
      if (row.kind === 'control') await control(row.time, row.place, row.line)
      else await issue(await asksOf(row))
      played++
      return row
    },
  }
}
