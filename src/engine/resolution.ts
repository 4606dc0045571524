/** Explains what became of a remote effect. */
import type { Resolution } from './change-types.ts'
import type { RuleId } from './crdt/type.ts'
import type { KeyEffect } from './keyspace/effect.ts'
import type { Keyspace } from './keyspace/keyspace.ts'

/** Rules by which one of several concurrent writes was chosen. */
const CONTESTS: ReadonlySet<RuleId> = new Set(['S1', 'Z2', 'G5'])

/** By which rule an effect was just applied, and, where concurrent writes competed, which was kept. */
export function resolutionOf(keyspace: Keyspace, effect: KeyEffect, rule: RuleId): Resolution {
  const resolution = { key: effect.key, rule }
  if (!CONTESTS.has(rule)) return resolution
  const state = keyspace.get(effect.key)?.value
  if (state === null || state === undefined || state.type !== effect.type) return resolution
  return { ...resolution, ...state.type.contest?.(state, effect.op) }
}
