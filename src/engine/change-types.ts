import type { Bytes } from '../lib/index.ts'

/** A key changed. `event` is Redis's keyspace-event name (`set`, `del`, `expire`, `sadd` …), the same for a local write and a remote effect. */
export interface Change {
  readonly key: Bytes
  readonly event: string
}

/** A write by its author and number. */
export interface Dot {
  readonly replica: number
  readonly n: number
}

/**
 * Why a key looks as it does after a remote effect was applied. `rule` is a name of the rule list (`rules.ts`), e.g. `S1`.
 * `kept` and `lost` are the contending writes where the rule chose between concurrent ones.
 */
export interface Resolution {
  readonly key: Bytes
  /** Hash field or set member, when the decision was about one. */
  readonly element?: Bytes
  readonly rule: string
  readonly kept?: readonly Dot[]
  readonly lost?: readonly Dot[]
}
