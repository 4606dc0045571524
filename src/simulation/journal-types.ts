/**
 * The journal: everything that happened in a session, in order. Its inputs (`command`, `control`) with the settings and the seed are the
 * session; replaying them gives every other entry again, event for event. Times are virtual milliseconds since the session's start.
 */
import type { Bytes } from '../lib/index.ts'
import type { Change, Reply, Resolution } from '../engine/index.ts'
import type { ConnectionEnds, DotRange, Message, MessageKind, ReplicaId } from '../replication/index.ts'

interface EntryBase {
  /** 0, 1, 2 …: position in the journal. */
  readonly seq: number
  readonly at: number
}

/** A command ran in a region. `clock`: what the region had observed when it was done (indexed by replica id). */
export interface CommandEntry extends EntryBase {
  readonly kind: 'command'
  readonly region: ReplicaId
  readonly session: number
  readonly argv: readonly Bytes[]
  /** Undefined while a blocking command waits; its `reply` entry follows later. */
  readonly reply: Reply | undefined
  readonly dots: DotRange | null
  readonly changes: readonly Change[]
  readonly clock: readonly number[]
}

/** A reply that did not come with its own command (blocking commands, pushes). */
export interface ReplyEntry extends EntryBase {
  readonly kind: 'reply'
  readonly region: ReplicaId
  readonly session: number
  readonly reply: Reply
  /** It answers no command: a message, an invalidation, a line of MONITOR. */
  readonly push: boolean
}

/** A control line was carried out, or refused (`ok` false; then nothing changed). `text` is its answer. */
export interface ControlEntry extends EntryBase {
  readonly kind: 'control'
  readonly line: string
  readonly ok: boolean
  readonly text: string
}

/** A message left `from`. `message` identifies it in `deliver` and `lost`. */
export interface SendEntry extends EntryBase {
  readonly kind: 'send'
  readonly message: number
  readonly from: ReplicaId
  readonly to: ReplicaId
  readonly what: MessageKind
  readonly dots: DotRange | null
  /** Dots of others that the sender passes on. */
  readonly relayed?: Message['relayed']
  /** Size on the wire, in bytes. */
  readonly bytes: number
}

export interface DeliverEntry extends EntryBase {
  readonly kind: 'deliver'
  readonly message: number
  readonly from: ReplicaId
  readonly to: ReplicaId
  readonly what: MessageKind
  readonly dots: DotRange | null
  readonly relayed?: Message['relayed']
  readonly changes: readonly Change[]
  readonly resolutions: readonly Resolution[]
  readonly clock: readonly number[]
}

/** In flight when its connection broke; what it carried is sent again after the heal. */
export interface LostEntry extends EntryBase {
  readonly kind: 'lost'
  readonly message: number
  readonly from: ReplicaId
  readonly to: ReplicaId
}

/** Something a region did by itself: an expiry that it owned. */
export interface TickEntry extends EntryBase {
  readonly kind: 'tick'
  readonly region: ReplicaId
  readonly dots: DotRange | null
  readonly changes: readonly Change[]
  readonly clock: readonly number[]
}

/** The connection between two regions broke or came back. */
export interface LinkEntry extends EntryBase {
  readonly kind: 'link'
  readonly a: ReplicaId
  readonly b: ReplicaId
  readonly up: boolean
}

/** `lost`: stopped, and its disk is lost with it. `removed`: a member no more. `purged`: nothing of it is left. */
export type RegionEvent = 'added' | 'stopped' | 'lost' | 'started' | 'removed' | 'purged'

export interface RegionEntry extends EntryBase {
  readonly kind: 'region'
  readonly region: ReplicaId
  readonly name: string
  readonly what: RegionEvent
}

export type JournalEntry =
  | CommandEntry
  | ReplyEntry
  | ControlEntry
  | SendEntry
  | DeliverEntry
  | LostEntry
  | TickEntry
  | LinkEntry
  | RegionEntry

/** What a session starts from. */
export interface SessionSettings {
  readonly seed: number
  /** Region names; their numbers are 1, 2, 3 … Two to ten (G7); one is allowed for tests. */
  readonly regions: readonly string[]
  /** Wall-clock time, ms since 1970, at virtual time 0. */
  readonly epochMs: number
  /** One-way delay of every link at the start, ms. */
  readonly latencyMs: number
  /** Every link starts held: nothing travels until `sync`, `deliver` or `release`. */
  readonly held: boolean
  /** Answers what Active-Active refuses but tests of Redis itself need. */
  readonly testMode?: boolean
}

/** One recorded input of a session: all that a replay needs besides the settings. */
export type SessionInput =
  | {
      readonly at: number
      readonly kind: 'command'
      readonly region: ReplicaId
      readonly session: number
      readonly argv: readonly Bytes[]
    }
  | { readonly at: number; readonly kind: 'control'; readonly line: string }
  | ({
      readonly at: number
      readonly kind: 'open'
      readonly region: ReplicaId
      readonly session: number
    } & ConnectionEnds)
  | { readonly at: number; readonly kind: 'close'; readonly region: ReplicaId; readonly session: number }

/** A session as data: save it, share it, replay it. `until` is the virtual time at its end. */
export interface SessionLog {
  readonly settings: SessionSettings
  readonly inputs: readonly SessionInput[]
  readonly until: number
}
