/** What one input changed, as it is told. */
import { NONE } from '../lib/index.ts'
import { coversAll, type Change, type Clock, type Write } from '../engine/index.ts'
import type { DotRange, Output } from './types.ts'

export function dotsOf(writes: readonly Write[]): DotRange {
  return [(writes[0] as Write).n, (writes.at(-1) as Write).n]
}

/** One entry per key and event, in order of first appearance. */
export function withoutRepeats(changes: readonly Change[]): readonly Change[] {
  if (changes.length < 2) return changes
  const seen = new Set<string>()
  return changes.filter(({ key, event }) => {
    const name = `${event} ${key}`
    return !seen.has(name) && seen.add(name)
  })
}

/** The observed clock as it was last given out: it only grows, so one that covers it is still the same. */
export class ShownClock {
  #last: Clock = NONE

  copyOf(clock: Clock): Clock {
    if (!coversAll(this.#last, clock)) this.#last = clock.slice()
    return this.#last
  }
}

/** The outputs of several inputs as one. */
export function together(outputs: readonly [Output, ...Output[]]): Output {
  return outputs.reduce((all, one) => ({
    ...one,
    replies: [...all.replies, ...one.replies],
    closed: [...all.closed, ...one.closed],
    messages: [...all.messages, ...one.messages],
    dots: joinedDots(all.dots, one.dots),
    changes: [...all.changes, ...one.changes],
    resolutions: [...all.resolutions, ...one.resolutions],
  }))
}

/** Two ranges of which the second follows the first. */
export function joinedDots(a: DotRange | null, b: DotRange | null): DotRange | null {
  return a === null || b === null ? (a ?? b) : [a[0], b[1]]
}
