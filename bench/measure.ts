/** Measuring: seeded inputs, several runs, medians. Ratios compare things measured in the same process, one after the other, round by round. */
import { Random } from '../src/lib/index.ts'

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** Named comparisons from the same run, e.g. the plain-JavaScript floor. */
  readonly beside?: Readonly<Record<string, number>>
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/**
 * Milliseconds of work since the call, as a function: by the wall clock or by the processor's time, whichever is less. Work on one thread takes no less than
 * either says, so a machine that is busy with other things distorts the figures less.
 */
export function stopwatch(): () => number {
  const wall = performance.now()
  const processor = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(processor)
    return Math.min(performance.now() - wall, (user + system) / 1000)
  }
}

/** Milliseconds that a function takes. */
export function time(run: () => void): number {
  const elapsed = stopwatch()
  run()
  return elapsed()
}

export const pad = (n: number) => String(n).padStart(12, '0')

/** 16-byte values, as redis-benchmark -d 16 makes them. */
export function values(seed: number, count: number): string[] {
  const random = new Random(seed)
  return Array.from({ length: count }, () => {
    let text = ''
    while (text.length < 16) text += random.uint32().toString(36)
    return text.slice(0, 16)
  })
}
