/** What an instance is made with, and what it gives out. */
import type { Change, Resolution } from './change-types.ts'
import type { Write } from './commands/context.ts'
import type { Reply } from './reply.ts'

export interface InstanceOptions {
  /** Replica id, 1 … 255. */
  readonly id: number
  readonly name: string
  readonly solo: boolean
  readonly seed: number
  /** Answers what Active-Active refuses but tests of Redis itself need. */
  readonly testMode?: boolean
  /** Whether anybody wants to know which keys changed and which rules decided; true when absent. */
  readonly explains?: boolean
  /** Lines of INFO's `crdt` section, from the replication layer. */
  readonly replicationInfo: () => readonly (readonly [field: string, value: string | number])[]
}

export interface SessionReply {
  readonly session: number
  readonly reply: Reply
  /** Not the answer to a command: a message, an invalidation, a line of MONITOR. */
  readonly push: boolean
  /** The RESP version that the session speaks. */
  readonly resp: 2 | 3
}

export interface Taken {
  /** What a script has written that began at an earlier time, `wall` (ms since 1970); before `writes`. */
  readonly earlier: { readonly writes: Write[]; readonly wall: number } | null
  readonly writes: Write[]
  readonly changes: Change[]
  readonly resolutions: Resolution[]
  readonly replies: SessionReply[]
  readonly closed: readonly number[]
}
