/** Plays a run on a cluster, and brings what is left of it to rest. */
import { isError, type Reply } from '../engine/index.ts'
import { openLocalCluster, type ClusterApi, type ClusterStatus } from '../simulation/index.ts'
import type { Failure, Run, Step } from './run.ts'

export async function play(cluster: ClusterApi, steps: readonly Step[]): Promise<void> {
  let problem: unknown
  for (const step of steps) {
    if (step.kind === 'control') await cluster.control(step.line)
    else
      for (const argv of step.lines)
        cluster.command(step.region, step.session, argv).catch((error: unknown) => (problem ??= error))
    if (problem !== undefined) break
  }
  await cluster.status()
  if (problem !== undefined) throw problem
}

export function failureOf(problem: unknown): Failure {
  const text = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)
  const what = problem instanceof Error ? `${problem.name}: ${problem.message}` : text
  return { check: `breaks: ${what.replaceAll(/\d+/g, 'n')}`, text }
}

/** Longer than clocks are off and than short lifetimes are. */
const LONG = 'wait 90s'

/** Every fault is taken back, everything delivered, announced and collected. */
export async function settle(cluster: ClusterApi): Promise<readonly Step[]> {
  const steps: Step[] = []
  const control = async (line: string) => {
    steps.push({ kind: 'control', line })
    await cluster.control(line)
  }
  const { regions, links } = await cluster.status()
  const there = regions.filter(({ phase }) => phase !== 'gone')
  if (regions.some(({ settings }) => (settings?.memoryBytes ?? 0) > 0)) await control('memory unlimited')
  for (const { id, skewMs } of there) if (skewMs !== 0) await control(`clock ${id} +0ms`)
  for (const { from, to, latencyMs, jitterMs, loss, bandwidth } of links) {
    if (from > to) continue
    if (latencyMs > 1 || jitterMs > 0) await control(`latency ${from}-${to} 1ms`)
    if (loss > 0) await control(`loss ${from}-${to} 0%`)
    if (bandwidth !== null) await control(`bandwidth ${from}-${to} unlimited`)
  }
  await control('heal')
  await control('release all')
  for (const { id, phase } of there) if (phase === 'stopped') await control(`start ${id}`)
  await control('sync')
  await control(LONG)
  for (let rounds = 0; rounds < 3; rounds++) {
    await control('gc')
    await control('sync')
  }
  return steps
}

/** The steps of a run that are neither refused nor answered with an error. */
export async function accepted({ settings, steps }: Run): Promise<readonly Step[]> {
  const cluster = await openLocalCluster(settings)
  const good: Step[] = []
  for (const step of steps) {
    if (step.kind === 'control') {
      if ((await cluster.control(step.line)).ok) good.push(step)
      continue
    }
    const replies: (Reply | undefined)[] = []
    step.lines.forEach(
      (argv, i) => void cluster.command(step.region, step.session, argv).then((reply) => (replies[i] = reply)),
    )
    await cluster.status()
    const lines = step.lines.filter((_, i) => replies[i] !== undefined && !isError(replies[i]))
    if (lines.length > 0) good.push({ ...step, lines })
  }
  cluster.close()
  return good
}

export function membersOf({ regions }: ClusterStatus): readonly number[] {
  return regions.filter(({ phase }) => phase === 'running').map(({ id }) => id)
}
