/** Plays a whole scenario on a cluster made for it. */
import type { ClusterApi, SessionSettings } from '../simulation/index.ts'
import { createPlayer, type ExpectationResult, sessionSettings } from './player.ts'
import type { Scenario } from './scenario.ts'

export interface ScenarioResult {
  readonly file: string
  readonly title: string
  readonly results: readonly ExpectationResult[]
  /** Every expectation was met, and nothing failed that was not expected to. */
  readonly passed: boolean
}

/** Makes a fresh cluster. */
export type OpenCluster = (settings: SessionSettings) => Promise<ClusterApi>

export async function runScenario(scenario: Scenario, open: OpenCluster): Promise<ScenarioResult> {
  const player = createPlayer(scenario, await open(sessionSettings(scenario)))
  do await player.step()
  while (!player.done)
  const { results } = player
  return { file: scenario.file, title: scenario.title, results, passed: results.every((result) => result.passed) }
}
