/** Takes out of a sequence the runs to which nobody can refer any more (R4). */
import { attach, type Run } from './run.ts'
import type { Sequence } from './sequence.ts'

/**
 * A due run with nothing below it goes. One with a single run below it goes too: that one takes its place, with its rank, so that the order among siblings
 * stays. One with several stays: there are fewer of these than of runs that live. Costs O(runs · log runs); called when half of them are due.
 */
export function sweep<V>(sequence: Sequence<V>): void {
  const below = new Map<Run<V>, Set<Run<V>>>()
  const placed = [...sequence.runs.values()].filter((run) => run.depth >= 0).sort((a, b) => a.depth - b.depth)
  for (const run of placed) {
    const parent = run.parent as Run<V>
    if (!parent.due) continue
    const siblings = below.get(parent)
    if (siblings === undefined) below.set(parent, new Set([run]))
    else siblings.add(run)
  }
  for (const run of placed.toReversed()) {
    if (!run.due) continue
    const children = below.get(run)
    const count = children === undefined ? 0 : children.size
    if (count > 1) continue
    sequence.runs.delete(run.id)
    const siblings = below.get(run.parent as Run<V>)
    siblings?.delete(run)
    for (const child of children ?? []) {
      child.more.original ??= { run: run.id, at: child.at, right: child.right }
      child.parent = run.parent
      child.at = run.at
      child.right = run.right
      child.rank = run.rank
      siblings?.add(child)
    }
  }
  for (const run of placed) if (sequence.runs.get(run.id) === run) attach(run, run.parent as Run<V>)
  sequence.fresh = 0
}
