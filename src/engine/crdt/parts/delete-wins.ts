/**
 * Content over which a deletion wins (P1, E5): a deletion also takes what was written without knowledge of it. Content therefore belongs to a generation:
 * the deletions that its authors knew. What lacks one of them is dropped, on whichever side of a merge it stands.
 *
 * A deletion is named by its dot, so a generation is a clock; it holds only deletions that are not known to have reached everyone. A replica that has
 * collected a deletion no longer names it in its writes, and others that still hold it would drop them. So an author also knows what its acknowledged
 * clock covers (`Stamp.known`), and a replica acknowledges before it collects. The reverse: a deletion that this replica has observed and does not hold
 * has been collected here, and being named by somebody slower takes nothing away.
 */
import { covers, setComponent, type Clock } from '../../causality/clock.ts'
import type { Stamp } from '../type.ts'

export interface Generational {
  /** Deletions known here and not collected; null when there are none. Never changed in place. */
  generation: Clock | null
}

/** What the author of a write must name. Replica `self` adds dot n when the very write deletes. */
export function namedDeletions(held: Generational | undefined): Clock {
  return held?.generation ?? []
}

/** Takes up deletions that a write names. True when one was new here: the content had not observed it and must go. */
export function takeUp(held: Generational, named: Clock, at: Stamp): boolean {
  let fresh: Clock | null = null
  for (let r = 1; r < named.length; r++) {
    const n = named[r] ?? 0
    if (n === 0 || covers(held.generation ?? [], r, n) || covers(at.seen, r, n)) continue
    fresh ??= held.generation?.slice() ?? []
    setComponent(fresh, r, n)
  }
  if (fresh !== null) held.generation = fresh
  return fresh !== null
}

/** Did the author of a write know every deletion that is known here? */
export function survives(held: Generational, named: Clock, at: Stamp): boolean {
  return (held.generation ?? []).every((n, r) => n === 0 || covers(named, r, n) || covers(at.known, r, n))
}

/** Does `other` know a deletion of which nothing in `held` knows? `seen`: what the replica of `held` has observed. */
export function isOutdated(held: Generational, seen: Clock, other: Generational): boolean {
  return (other.generation ?? []).some((n, r) => n > 0 && !covers(seen, r, n) && !covers(held.generation ?? [], r, n))
}

/** The generation of two merged states: what one side lacks although it had observed it has been collected there. */
export function mergeGenerations(into: Generational, intoSeen: Clock, from: Generational, fromSeen: Clock): void {
  const mine = into.generation ?? []
  const theirs = from.generation ?? []
  const out: Clock = []
  for (let r = 1; r < Math.max(mine.length, theirs.length); r++) {
    const [m, t] = [mine[r] ?? 0, theirs[r] ?? 0]
    const n = Math.max(t >= m || !covers(fromSeen, r, m) ? m : 0, m >= t || !covers(intoSeen, r, t) ? t : 0)
    if (n > 0) setComponent(out, r, n)
  }
  into.generation = out.length === 0 ? null : out
}

/** Forgets deletions that every replica knows. */
export function collectGeneration(held: Generational, stable: Clock): void {
  if (held.generation === null) return
  const left = held.generation.map((n, r) => (covers(stable, r, n) ? 0 : n))
  held.generation = left.every((n) => n === 0) ? null : left
}
