/** `crdb-playground run`: plays files one after another. A file that cannot be read or parsed is reported, and the others still run. */
import { formatProblem, type OpenCluster, parseScenario, runScenario, type ScenarioResult } from '../scenarios/index.ts'
import type { SessionSettings } from '../simulation/index.ts'
import { CannotRun } from './against/cannot-run.ts'
import { formatResult, formatSummary } from './report.ts'

export interface RunTools {
  /** Makes a cluster for a file. Rejects with `CannotRun` when that is not to be had. */
  open(settings: SessionSettings, file: string): ReturnType<OpenCluster>
  /** Rejects with an `Error` that says why. */
  readFile(path: string): Promise<string>
  out(text: string): void
  err(text: string): void
}

/** Gives the exit status: 0, or 1 when an expectation was not met or a file not run. */
export async function runFiles(files: readonly string[], tools: RunTools): Promise<0 | 1> {
  const results: ScenarioResult[] = []
  for (const file of files) {
    let text: string
    try {
      text = await tools.readFile(file)
    } catch (error) {
      tools.err(`${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}\n`)
      continue
    }
    const parsed = parseScenario(text, file)
    if (!parsed.ok) {
      tools.err(parsed.problems.map((problem) => `${formatProblem(problem)}\n`).join(''))
      continue
    }
    let result: ScenarioResult
    try {
      result = await runScenario(parsed.scenario, (settings) => tools.open(settings, file))
    } catch (error) {
      if (!(error instanceof CannotRun)) throw error
      tools.err(`${file}: cannot be run: ${error.message}\n`)
      continue
    }
    results.push(result)
    tools.out(`${formatResult(result)}\n`)
  }
  const unreadable = files.length - results.length
  tools.out(`${formatSummary(results, unreadable)}\n`)
  return unreadable === 0 && results.every((result) => result.passed) ? 0 : 1
}
