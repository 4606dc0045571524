/**
 * Delete wins (P1, E5): content that a delete takes away even when it was written concurrently. Content belongs to a generation: the deletes that its
 * author knew, as a clock (replica → number of its latest delete). A type keeps one such clock per thing that can be deleted, beside its content, and
 *
 * - names it (`named`) in every effect that writes content;
 * - on such an effect first learns (`learn`): when the author knew a delete that is news here, the content here is of an older generation and goes;
 *   then takes the new content only if `outlives` says that the author knew every delete there is;
 * - on a delete calls `noteDelete` and drops its content;
 * - when states merge asks `mergeDeletes` whose content goes.
 *
 * A delete is kept until it is stable. An author that has collected one no longer names it, but acknowledged it before (`Stamp.known`); and what a replica
 * has observed but does not list, it has collected.
 */
import { covers, setComponent, type Clock } from '../../causality/clock.ts'
import type { Residue, Stamp } from '../type.ts'

/** What an effect of `self` must name: deletes of the others (its own are implied, because links are FIFO). */
export function named(deletes: Clock, self: number): Clock {
  const out = deletes.slice()
  if (out.length > self) out[self] = 0
  return out
}

/** A delete by the write `at`. Whether it is news here: false when a later effect had named it before it arrived, so that the content knows it. */
export function noteDelete(deletes: Clock, at: Stamp): boolean {
  if (covers(deletes, at.origin, at.n)) return false
  if (!at.solo) setComponent(deletes, at.origin, at.n)
  return true
}

/** Notes the deletes that an effect names. True when one of them is news here: then the content must be dropped. */
export function learn(deletes: Clock, names: Clock, at: Stamp): boolean {
  let news = false
  for (let r = 1; r < names.length; r++) {
    const n = names[r] ?? 0
    if (covers(deletes, r, n) || covers(at.seen, r, n)) continue
    setComponent(deletes, r, n)
    news = true
  }
  return news
}

/** What the removal of a whole key says of the deletes that its author knew: makes every replica keep the delete, content or not. */
export function residueOf(deletes: Clock, self: number): Residue[] {
  const observed = named(deletes, self).flatMap((upTo, origin) => (upTo > 0 ? [{ origin, upTo, sum: null }] : []))
  return [{ element: '', observed }]
}

/** The deletes named by such a removal. */
export function namedBy(residues: readonly Residue[]): Clock {
  const names: Clock = []
  for (const { observed } of residues) for (const { origin, upTo } of observed) setComponent(names, origin, upTo)
  return names
}

/** Whether the author of the write `at`, which named `names`, knew all these deletes. If not, what it wrote is dead on arrival. */
export function outlives(deletes: Clock, names: Clock, at: Stamp): boolean {
  for (let r = 1; r < deletes.length; r++) {
    const n = deletes[r] ?? 0
    const known = r === at.origin ? at.n : Math.max(names[r] ?? 0, at.known[r] ?? 0)
    if (n > known) return false
  }
  return true
}

/** Whether `deletes` has one that a replica with this clock and these deletes does not know: then that replica's content goes. */
export function surpasses(deletes: Clock, others: Clock, othersSeen: Clock): boolean {
  for (let r = 1; r < deletes.length; r++) {
    const n = deletes[r] ?? 0
    if (!covers(others, r, n) && !covers(othersSeen, r, n)) return true
  }
  return false
}

/** Joins the deletes of another replica's state into `into`; what one side has observed but does not list, it has collected. */
export function mergeDeletes(into: Clock, intoSeen: Clock, from: Clock, fromSeen: Clock): void {
  for (let r = 1; r < Math.max(into.length, from.length); r++) {
    const [mine, theirs] = [into[r] ?? 0, from[r] ?? 0]
    if (theirs > mine && !covers(intoSeen, r, theirs)) setComponent(into, r, theirs)
    if (mine > theirs && covers(fromSeen, r, mine)) setComponent(into, r, theirs)
  }
}

/** Drops the deletes that every replica has observed; true when some must wait. */
export function collectDeletes(deletes: Clock, stable: Clock): boolean {
  let waits = false
  for (let r = 1; r < deletes.length; r++) {
    const n = deletes[r] ?? 0
    if (n === 0) continue
    if (covers(stable, r, n)) deletes[r] = 0
    else waits = true
  }
  if (!waits) deletes.length = 0
  return waits
}
