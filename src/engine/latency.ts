/** What LATENCY HISTORY and LATENCY LATEST tell. Virtual time stands still while a command runs, so only DEBUG SLEEP (test mode) makes any. */

/** Second (since 1970) and duration in ms. */
type Sample = readonly [at: number, ms: number]

const MOST_SAMPLES = 160

export class Latency {
  readonly #events = new Map<string, { samples: Sample[]; worst: number }>()
  /** Milliseconds; 0: nothing is noted. */
  threshold = 0

  note(event: string, now: number, ms: number): void {
    if (this.threshold === 0 || ms < this.threshold) return
    const { samples, worst } = this.#events.get(event) ?? { samples: [], worst: 0 }
    const at = Math.floor(now / 1000)
    const last = samples.at(-1)
    // One sample for each second: the worst of it.
    const kept = last?.[0] === at ? samples.slice(0, -1) : samples
    const shown = last?.[0] === at ? Math.max(last[1], ms) : ms
    this.#events.set(event, {
      samples: [...kept, [at, shown] as const].slice(-MOST_SAMPLES),
      worst: Math.max(worst, ms),
    })
  }

  /** Event, second of its latest sample, that sample's and the worst duration in ms. */
  latest(): (readonly [event: string, at: number, ms: number, worst: number])[] {
    return [...this.#events].map(([event, { samples, worst }]) => {
      const [at, ms] = samples.at(-1) ?? [0, 0]
      return [event, at, ms, worst]
    })
  }

  /** Oldest first. */
  history(event: string): readonly Sample[] {
    return this.#events.get(event)?.samples ?? []
  }

  /** Forgets events, all of them when none is named; how many there were. */
  reset(events: readonly string[]): number {
    const known = events.length === 0 ? [...this.#events.keys()] : events
    return known.filter((event) => this.#events.delete(event)).length
  }
}
