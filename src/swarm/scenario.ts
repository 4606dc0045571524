/** A failing run as a scenario file, which the page and `crdb-playground run` can open. */
import type { Bytes } from '../lib/index.ts'
import { parseScenario, runScenario } from '../scenarios/index.ts'
import { openLocalCluster } from '../simulation/index.ts'
import type { Failure, Run, Step } from './run.ts'

export interface ScenarioText {
  readonly text: string
  /** It can be read, and what it expects is not met, as in the run. */
  readonly reproduces: boolean
}

/** `ending`: how the run was brought to rest; `command`: what plays the unshrunk run again. */
export async function scenarioOf(
  run: Run,
  ending: readonly Step[],
  failure: Failure,
  command: string,
): Promise<ScenarioText> {
  const text = written(run, ending, failure, command)
  const parsed = parseScenario(text, 'failure.md')
  if (!parsed.ok) return { text, reproduces: false }
  try {
    const { results } = await runScenario(parsed.scenario, openLocalCluster)
    return { text, reproduces: results.some(({ passed, command: line }) => !passed && line.startsWith('expect ')) }
  } catch {
    return { text, reproduces: true }
  }
}

function written({ settings, steps }: Run, ending: readonly Step[], failure: Failure, command: string): string {
  const { regions, latencyMs, held, seed } = settings
  const check = failure.expect?.[0] ?? 'expect converged'
  const links = regions.flatMap((_, b) =>
    regions.slice(0, b).map((_name, a) => `latency ${a + 1}-${b + 1} ${latencyMs}ms`),
  )
  const given = [...(held && latencyMs > 0 ? links : []), ...[...steps, ...ending].flatMap(linesOf)]
  return [
    '---',
    `title: "Simulator: ${failure.check.replaceAll('"', "'")}"`,
    `regions: ${regions.length}`,
    `seed: ${seed}`,
    ...(held ? [] : [`latency: ${latencyMs}ms`]),
    'given:',
    ...given.map((line) => `  - ${line}`),
    '---',
    `Found by \`${command}\`:`,
    '',
    ...failure.text.split('\n').map((line) => `    ${line}`),
    '',
    `| Time | ${regions.map((_, i) => `Region ${i + 1}`).join(' | ')} |`,
    `|---|${regions.map(() => '---').join('|')}|`,
    `| t1 | ${regions.map(() => `— ${check.replaceAll('|', '\\|')} —`).join(' | ')} |`,
    '',
  ].join('\n')
}

function linesOf(step: Step): string[] {
  if (step.kind === 'control') return [step.line]
  return step.lines.map((argv) => `${step.region}: ${argv.map(word).join(' ')}`)
}

/** As typed: what is not plain stands in double quotes, every unusual byte escaped. */
function word(bytes: Bytes): string {
  if (/^[\w.:$-]+$/.test(bytes)) return bytes
  const escaped = bytes.replaceAll(/[^ -~]|["\\]/g, (unit) => `\\x${unit.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return `"${escaped}"`
}
