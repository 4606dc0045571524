/**
 * What a front end (page, scenario runner, gateway) sees of a running database of several regions. Implemented by `Cluster` in process and
 * by its proxy in the page, where the cluster runs in a worker; hence everything is asynchronous and plain data.
 */
import type { Bytes } from '../lib/index.ts'
import type { CommandDoc, KeysAnswer, KeysQuestion, Reply } from '../engine/index.ts'
import type { Inspection, MessageKind, ReplicaHealth, ReplicaId, ReplicaSettings } from '../replication/index.ts'
import type { Phase } from './work.ts'
import type { JournalEntry, SessionLog } from './journal-types.ts'

/** `text`: what the line answers (may be empty). A refused line changed nothing; its text names the word at fault and the accepted forms. */
export interface ControlResult {
  readonly ok: boolean
  readonly text: string
}

export interface RegionStatus {
  readonly id: ReplicaId
  readonly name: string
  /** Wall clock minus true virtual time, ms. */
  readonly skewMs: number
  /** False until a region added to a running database has had its first sync: it answers reads only. */
  readonly synced: boolean
  /** How often its worker died or hung and was restarted from its log. */
  readonly restarts: number
  readonly phase: Phase
  /** How its replica stands; null until it is known. */
  readonly health: ReplicaHealth | null
  /** Null where they are not known. */
  readonly settings: ReplicaSettings | null
}

/** One direction of a link. */
export interface LinkStatus {
  readonly from: ReplicaId
  readonly to: ReplicaId
  /** There is a connection: it is not cut, and both regions run. */
  readonly up: boolean
  /** Cut by hand. */
  readonly cut: boolean
  readonly held: boolean
  readonly latencyMs: number
  readonly jitterMs: number
  /** Probability, 0 … 1, that a message is lost and sent again (it arrives later). */
  readonly loss: number
  /** Bytes per second; null when nothing limits it. */
  readonly bandwidth: number | null
  /** `out-of-sync`: no connection. `syncing`: what was missed has been asked for and has not come yet. */
  readonly syncer: 'in-sync' | 'syncing' | 'out-of-sync'
  /** Writes of `from` that `to` has not observed, and for how long the oldest of them has waited, ms. */
  readonly lagOps: number
  readonly lagMs: number
  /** In order; `arrivesAt` is null while held. */
  readonly inFlight: readonly {
    readonly message: number
    readonly what: MessageKind
    readonly bytes: number
    readonly arrivesAt: number | null
  }[]
}

export interface ClusterStatus {
  /** Virtual ms since the start. */
  readonly now: number
  /** Wall-clock ms since 1970 at virtual time 0. */
  readonly epochMs: number
  /** Virtual seconds per real second; 0 is paused, Infinity is "max". */
  readonly speed: number
  /** Every region that is there, by id; those that are gone too, since what happened before speaks of them. */
  readonly regions: readonly RegionStatus[]
  /** What the database was set to; null where that is not known. */
  readonly database: ReplicaSettings | null
  readonly links: readonly LinkStatus[]
}

/** What subscribers get: entries since the last update, and the state after them. */
export interface ClusterUpdate {
  readonly entries: readonly JournalEntry[]
  readonly status: ClusterStatus
  /** Things outside the simulated world: a worker that was restarted. Not part of the journal. */
  readonly incidents: readonly { readonly region: ReplicaId; readonly text: string }[]
}

export interface ClusterApi {
  /**
   * Runs one command in a region at the present virtual time. Sessions are numbers chosen by the caller; a session is made by its first use and
   * keeps MULTI, WATCH, RESP version and name. Never rejects for a user's error: that is an error reply.
   */
  command(region: ReplicaId, session: number, argv: readonly Bytes[]): Promise<Reply>
  /** A client has gone, also in the middle of a command: a blocked one takes nothing any more, and its reply never comes. */
  closeSession(region: ReplicaId, session: number): Promise<void>
  /** One line of the control language. */
  control(line: string): Promise<ControlResult>
  status(): Promise<ClusterStatus>
  catalogue(): Promise<readonly CommandDoc[]>
  /** A look inside a region; it is no part of the session. Null where there is nothing to see: the region is stopped, or not ours. */
  inspect(region: ReplicaId): Promise<Inspection | null>
  /** Likewise at keys, at the present virtual time. Looking counts as no use of a key, and lets nothing expire. */
  look(region: ReplicaId, question: KeysQuestion): Promise<KeysAnswer | null>
  /** The session so far: enough to replay it. */
  log(): Promise<SessionLog>
  /** A short fingerprint of the whole journal: equal journals, equal digests. */
  digest(): Promise<string>
}
