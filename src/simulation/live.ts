/**
 * A database that serves connections as they come: nobody looks back, so neither journal nor log is kept, and replies go to whoever holds the
 * connections.
 */
import type { SessionReply } from '../engine/index.ts'
import type { ReplicaId } from '../replication/index.ts'
import type { SessionInput } from './journal-types.ts'

export interface LiveOptions {
  /** A session gets a reply or a push: one to its own command before `send` returns, unless the command waits. */
  onReply(region: ReplicaId, reply: SessionReply): void
  /** These sessions have ended; their connections shall be closed once what they were told is out. */
  onClosed(region: ReplicaId, sessions: readonly number[]): void
  /** The region was stopped or removed: its connections are lost, and none can be made. */
  onStopped(region: ReplicaId): void
  /** A session's input could not be carried out, because of a mistake in this program. */
  onFailure(region: ReplicaId, session: number, problem: unknown): void
  /** Every input, in order, just before it is carried out: with the settings, all that a replay needs. */
  record?(input: SessionInput): void
}
