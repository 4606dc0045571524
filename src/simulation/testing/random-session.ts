/** Random sessions as plain data: what a test plays on one cluster, it can play on any other, also across a page's boundary. */
import { type Bytes, Random } from '../../lib/index.ts'
import type { ClusterApi } from '../cluster-types.ts'

export type SessionStep =
  | { readonly kind: 'command'; readonly region: number; readonly session: number; readonly argv: readonly Bytes[] }
  | { readonly kind: 'close'; readonly region: number; readonly session: number }
  | { readonly kind: 'control'; readonly line: string }

export interface RandomSessionOptions {
  readonly steps: number
  readonly regions: number
  /** One random command. */
  readonly command: (random: Random) => readonly Bytes[]
}

/** A mix of commands, time, and everything that the control language can do to links, clocks and regions. */
export function randomSession(seed: number, { steps, regions, command }: RandomSessionOptions): SessionStep[] {
  const random = new Random(seed)
  let count = regions
  return Array.from({ length: steps }, (): SessionStep => {
    if (random.chance(0.6)) {
      const region = 1 + random.below(count)
      return { kind: 'command', region, session: random.below(3), argv: command(random) }
    }
    if (random.chance(0.05)) return { kind: 'close', region: 1 + random.below(count), session: random.below(3) }
    const line = randomLine(random, count)
    if (line === 'add-region' && count < 10) count++
    return { kind: 'control', line }
  })
}

/** Plays every step in turn; commands that stand together are called together. Commands that block are left waiting. */
export async function playSession(cluster: ClusterApi, steps: readonly SessionStep[]): Promise<void> {
  for (const step of steps) {
    if (step.kind === 'command') void cluster.command(step.region, step.session, step.argv)
    else if (step.kind === 'close') void cluster.closeSession(step.region, step.session)
    else await cluster.control(step.line)
  }
  await cluster.status()
}

function randomLine(random: Random, count: number): string {
  const a = 1 + random.below(count)
  const b = ((a + random.below(count - 1)) % count) + 1
  const ms = random.pick([0, 1, 7, 80, 350])
  const others = Array.from({ length: count }, (_, index) => index + 1).filter((id) => id !== a)
  const lines = [
    `wait ${ms}ms`,
    `wait ${ms}ms`,
    `wait 2s`,
    'sync',
    `sync ${a} ${b}`,
    `cut ${a}-${b}`,
    `partition ${a} | ${others.join(' ')}`,
    'heal',
    `heal ${a}-${b}`,
    `hold ${a}>${b}`,
    'hold all',
    `deliver ${a}>${b}`,
    `deliver ${a}>${b} all`,
    `release ${a}>${b}`,
    'release all',
    `latency ${a}-${b} ${ms}ms ±${random.below(100)}ms`,
    `loss ${a}-${b} ${random.below(50)}%`,
    `clock ${a} ${random.pick(['+', '-'])}${ms}ms`,
    'step',
    'expect converged',
    `expect ${a} GET a → 5`,
    `cut ${a}-99`,
    random.chance(0.1) ? 'add-region' : 'help',
  ]
  return random.pick(lines)
}
