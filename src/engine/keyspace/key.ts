/**
 * A key's header: what was removed of it as a whole, its expiry, and its values: at most one per type. `value` is the visible one (G10) and is
 * live, or null when nothing is; every other state that must be kept is in `others`.
 */
import type { Use } from '../usage.ts'
import type { Bytes } from '../../lib/index.ts'
import type { Clock } from '../causality/clock.ts'
import type { Cell } from '../crdt/parts/cell.ts'
import { expiryOf } from '../crdt/parts/expiry.ts'
import type { CrdtType, State } from '../crdt/type.ts'

export class Key {
  readonly name: Bytes
  /** Dots that a removal of the whole key has observed; kept until every replica has observed the removal (R4). Never changed in place. */
  removed: Clock | null = null
  expiry: Cell | null = null
  value: State | null = null
  others: State[] | null = null
  /** Local; null until a policy or OBJECT could want to know. */
  use: Use | null = null

  constructor(name: Bytes) {
    this.name = name
  }
}

/** When the key expires, ms since 1970; undefined when it does not. */
export function keyExpiry(key: Key): number | undefined {
  return key.expiry === null ? undefined : expiryOf(key.expiry)
}

export function isExpired(key: Key, now: number): boolean {
  if (key.expiry === null) return false
  const at = expiryOf(key.expiry)
  return at !== undefined && at <= now
}

/** The state of a type, made if there is none. */
export function stateOf(key: Key, type: CrdtType): State {
  if (key.value !== null && key.value.type === type) return key.value
  const known = key.others?.find((state) => state.type === type)
  if (known !== undefined) return known
  const state = type.empty()
  if (key.value === null) key.value = state
  else (key.others ??= []).push(state)
  return state
}

/** All states kept, visible first, the others in the order of their types. */
export function statesOf(key: Key): State[] {
  const visible = key.value === null ? [] : [key.value]
  return key.others === null ? visible : visible.concat(key.others)
}

/**
 * Restores what must hold of `value` and `others` after a change. The visible value is the one that holds the live write of the smallest replica id;
 * a tie falls to the order of types (G10). False when nothing of the key needs to be kept.
 */
export function settle(key: Key): boolean {
  const { value } = key
  if (key.others !== null || value === null || !value.type.isLive(value)) {
    const kept = statesOf(key).filter((state) => state.type.isNeeded(state))
    const live = kept.filter((state) => state.type.isLive(state))
    live.sort((a, b) => a.type.smallestWriter(a) - b.type.smallestWriter(b) || a.type.code - b.type.code)
    const visible = live[0] ?? null
    const rest = kept.filter((state) => state !== visible).sort((a, b) => a.type.code - b.type.code)
    key.value = visible
    key.others = rest.length === 0 ? null : rest
  }
  return key.value !== null || key.others !== null || key.removed !== null || key.expiry !== null
}
