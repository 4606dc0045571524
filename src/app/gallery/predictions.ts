/**
 * "Predict, then sync": before messages travel the learner says what each region will read; then the rows are played and the answers compared. Drives the
 * scenario that is being played; how each case went is kept.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { findCommand, indexCommands } from '../../terminal/index.ts'
import type { CommandDoc, RuleId } from '../../engine/index.ts'
import type { Command, Row } from '../../scenarios/index.ts'
import type { Playground } from '../playground.ts'
import type { ScenarioPlay } from '../scenario-play.ts'
import type { Storage } from '../storage.ts'
import type { Timeline } from '../timeline/index.ts'
import { isRight } from './answers.ts'
import { rulesNamed } from './cases.ts'
import { type Question, type Round, roundsOf } from './questions.ts'
import { resultsOfRow } from './results.ts'
import { cleanedScores, type Score } from './scores.ts'

export interface Answered extends Question {
  readonly answer: string
  /** As redis-cli prints it. */
  readonly actual: string
  readonly right: boolean
}

export interface AnsweredRound {
  readonly round: Round
  readonly answers: readonly Answered[]
  /** How many events the timeline had when the round began: what comes after them was decided in it. */
  readonly since: number
}

export interface PredictionState {
  readonly on: boolean
  /** Waits for answers. */
  readonly asked: Round | null
  readonly answered: readonly AnsweredRound[]
  /** By the cases' ids, how the last attempt that came to its end went. */
  readonly scores: Readonly<Record<string, Score>>
}

export interface Predictions extends StoreApi<PredictionState> {
  readonly setOn: (on: boolean) => void
  /** The rounds of the scenario being played. */
  readonly rounds: () => readonly Round[]
  /** The next row; or the questions that come before it. */
  readonly step: () => Promise<void>
  /** Up to the next questions, or to the end. */
  readonly playAll: () => Promise<void>
  /** Plays what was asked about, and compares. One answer per question, in their order; an empty one counts as wrong. */
  readonly answer: (answers: readonly string[]) => Promise<void>
  /** Plays on without an answer. */
  readonly skip: () => Promise<void>
  readonly back: () => Promise<void>
  readonly reset: () => Promise<void>
}

const KEY = 'gallery'

export function createPredictions(scenario: ScenarioPlay, playground: Playground, storage: Storage): Predictions {
  const store = createStore<PredictionState>(() => ({ on: false, asked: null, answered: [], scores: {} }))
  const keep = () => {
    const { on, scores } = store.getState()
    void storage.write(KEY, { on, scores })
  }
  void storage.read(KEY).then((stored) => {
    const { on, scores } = cleanedScores(stored)
    store.setState({ on, scores: { ...scores, ...store.getState().scores } })
  })
  // Another scenario, or the same one anew: what was asked is over.
  scenario.subscribe((now, before) => {
    if (now.scenario !== before.scenario) store.setState({ asked: null })
    if (now.chosen !== before.chosen) store.setState({ answered: [] })
  })

  let known: null | {
    readonly rows: readonly Row[]
    readonly docs: readonly CommandDoc[]
    readonly rounds: readonly Round[]
  } = null
  const rounds = () => {
    const { rows } = scenario.getState()
    const { catalogue: docs } = playground.getState()
    if (known?.rows === rows && known.docs === docs) return known.rounds
    const index = indexCommands(docs)
    const writes = ({ argv }: Command) => findCommand(index, argv)?.doc.flags.includes('write') === true
    known = { rows, docs, rounds: roundsOf(rows, writes) }
    return known.rounds
  }

  const due = () => {
    const { on } = store.getState()
    const { played, done } = scenario.getState()
    return on && !done ? (rounds().find(({ at }) => at === played) ?? null) : null
  }

  const step = async () => {
    const asked = due()
    store.setState({ asked })
    if (!asked) await scenario.step()
  }

  /** Of the scenario that is being played: false when another one, or none, has taken its place. */
  const playTo = async (until: number) => {
    const { scenario: present } = scenario.getState()
    for (;;) {
      const { played, done, problem, scenario: now } = scenario.getState()
      if (now !== present) return false
      if (done || problem !== null || played > until) return true
      await scenario.step()
    }
  }

  const keepScore = () => {
    const { chosen, catalogue } = scenario.getState()
    const all = rounds()
    const { answered, scores } = store.getState()
    // A file of the visitor's own may have a name that another one has had.
    if (!chosen || catalogue?.includes(chosen) !== true || answered.at(-1)?.round.at !== all.at(-1)?.at) return
    const right = answered.flatMap(({ answers }) => answers).filter((answer) => answer.right).length
    const score = { right, of: all.reduce((sum, { questions }) => sum + questions.length, 0) }
    store.setState({ scores: { ...scores, [chosen.id]: score } })
    keep()
  }

  return {
    ...store,
    rounds,
    step,
    setOn: (on) => {
      store.setState({ on, asked: null })
      keep()
    },
    playAll: async () => {
      if (!store.getState().on) return scenario.playAll()
      const next = rounds().find(({ at }) => at >= scenario.getState().played)
      const isSame = await playTo(next ? next.at - 1 : Infinity)
      if (isSame && next) store.setState({ asked: due() })
    },
    answer: async (answers) => {
      const { asked: round } = store.getState()
      if (!round) return
      const since = playground.getState().timeline.events.length
      store.setState({ asked: null })
      if (!(await playTo(round.until))) return
      const { rows, results } = scenario.getState()
      const found = new Map(rows.slice(round.at, round.until + 1).flatMap((row) => [...resultsOfRow(row, results)]))
      const compared = round.questions.map((question, i) => {
        const result = found.get(question.command)
        const answer = answers[i] ?? ''
        const right = result?.reply !== undefined && isRight(answer, question.command, result.reply)
        return { ...question, answer, actual: result?.actual ?? '', right }
      })
      const before = store.getState().answered.filter((each) => each.round.at < round.at)
      store.setState({ answered: [...before, { round, answers: compared, since }] })
      keepScore()
    },
    skip: async () => {
      store.setState({ asked: null })
      await scenario.step()
    },
    back: async () => {
      if (store.getState().asked) return store.setState({ asked: null })
      await scenario.back()
      const { played } = scenario.getState()
      store.setState({ answered: store.getState().answered.filter(({ round }) => round.until < played) })
    },
    reset: async () => {
      store.setState({ asked: null, answered: [] })
      await scenario.reset()
    },
  }
}

/** The rules that decided about the keys a command names, since the timeline had `since` events; where none had to, those that the case's words name. */
export function rulesBehind(timeline: Timeline, since: number, { argv }: Command, words: string): readonly RuleId[] {
  const decided = timeline.events
    .slice(since)
    .flatMap(({ resolutions }) => resolutions.filter(({ key }) => argv.includes(key)).map(({ rule }) => rule))
  return rulesNamed(decided.length > 0 ? decided.join(' ') : words)
}
