/**
 * The boundary of a replica: inputs in, outputs out. All of it is plain data (structured-clonable), because it crosses worker boundaries and
 * is written to journals. A replica starts no timer, reads no clock and calls nobody back.
 */
import type { Bytes } from '../lib/index.ts'
import type { Change, Clock, Resolution, SessionReply, Standing } from '../engine/index.ts'
import type { ReplicaSettings } from './settings.ts'

/** 1 … 255, unique for ever within a database. A region's number is its replica id. */
export type ReplicaId = number

export interface ReplicaConfig {
  readonly id: ReplicaId
  readonly name: string
  /** All members at the time of creation, this one included. */
  readonly members: readonly ReplicaId[]
  /** Those that were members once. */
  readonly removed?: readonly ReplicaId[]
  /** True for a region added to a running database: it refuses writes until its first sync (R6). */
  readonly joining: boolean
  /** Seeds this replica's choices (SPOP, RANDOMKEY …). */
  readonly seed: number
  /** Answers what Active-Active refuses but tests of Redis itself need. */
  readonly testMode?: boolean
  readonly settings?: Partial<ReplicaSettings>
  /**
   * Serves connections, and nobody reads a journal: what sessions write within one instant travels together, once a tick has come at that instant, and outputs
   * give neither changes nor resolutions.
   */
  readonly live?: boolean
}

/** `now` is the region's own wall clock in whole milliseconds since 1970 (virtual time plus skew). */
export type Input =
  | { readonly kind: 'command'; readonly session: number; readonly argv: readonly Bytes[]; readonly now: number }
  /** A connection stands: what CLIENT LIST says of it. Sessions that are not opened are made by their first command. */
  | ({ readonly kind: 'open-session'; readonly session: number; readonly now: number } & ConnectionEnds)
  | { readonly kind: 'close-session'; readonly session: number; readonly now: number }
  | { readonly kind: 'deliver'; readonly from: ReplicaId; readonly bytes: Uint8Array; readonly now: number }
  /** The connection to a peer was made (again): ask it for what was missed. */
  | { readonly kind: 'connect'; readonly peer: ReplicaId; readonly now: number }
  /** The connection to a peer broke: stop streaming to it. */
  | { readonly kind: 'disconnect'; readonly peer: ReplicaId; readonly now: number }
  | { readonly kind: 'add-member'; readonly member: ReplicaId; readonly now: number }
  /** A member is no member any more, and never will be again (R6). What any remaining member has of it, all will have. */
  | { readonly kind: 'remove-member'; readonly member: ReplicaId; readonly now: number }
  /** Settings were changed. */
  | { readonly kind: 'configure'; readonly settings: Partial<ReplicaSettings>; readonly now: number }
  /** Tell the others what was observed, and collect what is due, now. */
  | { readonly kind: 'collect'; readonly now: number }
  /** Remove every key: the database's own flush, carried out by every region. */
  | { readonly kind: 'flush'; readonly now: number }
  /** The power goes: sessions and memory are lost; so is the disk, if `loseDisk`. Only `start` may follow. */
  | { readonly kind: 'stop'; readonly loseDisk: boolean; readonly now: number }
  /**
   * Start again with what the disk holds (R7). `as` is its own id, or a new one if the disk did not hold all: what it had acknowledged, or what the others
   * have of it, can then not be relied on. Its connections are made afterwards.
   */
  | ({ readonly kind: 'start'; readonly as: ReplicaId; readonly now: number } & Membership)
  /** Time has come for what `wakeAt` asked for: due expiries, acknowledgements, garbage collection. */
  | { readonly kind: 'tick'; readonly now: number }

/** Who belongs to the database, and who did. */
export interface Membership {
  readonly members: readonly ReplicaId[]
  readonly removed: readonly ReplicaId[]
}

/** Addresses as `host:port`. */
export interface ConnectionEnds {
  readonly address: Bytes
  readonly localAddress: Bytes
  readonly fd: number
}

/** `effects`: writes · `ack`: an observed clock · `pull`: a request to (re)start the stream · `snapshot`: a full sync · `expelled`: the receiver is no member. */
export type MessageKind = 'effects' | 'ack' | 'pull' | 'snapshot' | 'expelled'

/** What a member says that it knows. `removals`: how many members had been removed by then. */
export interface Acknowledgement {
  readonly clock: Clock
  readonly removals: number
}

/** First and last n of consecutive dots of one replica. */
export type DotRange = readonly [first: number, last: number]

/** Consecutive dots of one author. */
export interface Relayed {
  readonly origin: ReplicaId
  readonly dots: DotRange
}

export interface Message {
  /** Every receiver gets the same bytes. */
  readonly to: readonly ReplicaId[]
  readonly what: MessageKind
  /** For `effects`: the sender's dots that it carries. */
  readonly dots: DotRange | null
  /** For `effects`: dots of others that the sender passes on (R3, R6); absent when there are none. */
  readonly relayed?: readonly Relayed[]
  readonly bytes: Uint8Array
}

export interface Output {
  /** In the order in which they leave. Usually one; none for a blocked command, several when an input unblocks or tells sessions. */
  readonly replies: readonly SessionReply[]
  readonly messages: readonly Message[]
  /** Sessions that are over once their replies are out (QUIT, CLIENT KILL): their connections are to be closed. */
  readonly closed: readonly number[]
  /** The dots that this input's own writes got, or null when it wrote nothing. */
  readonly dots: DotRange | null
  readonly changes: readonly Change[]
  /** For deliveries: which rule decided, per key touched. */
  readonly resolutions: readonly Resolution[]
  /** Observed clock afterwards, indexed by replica id (index 0 unused, holes are 0). */
  readonly clock: readonly number[]
  /** How the region stands. Of a live replica not with what sessions did. */
  readonly health?: ReplicaHealth | undefined
  /** When the replica wants a `tick`, in its own wall-clock ms; null when there is nothing to wait for. */
  readonly wakeAt: number | null
}

/** What an onlooker is told of a replica; asking changes nothing. */
export interface Inspection {
  /** INFO's crdt section (R5): field and value, in its order. */
  readonly info: readonly (readonly [field: string, value: string | number])[]
  /** Bytes that the keys take, tombstones included. */
  readonly memoryBytes: number
}

export interface ReplicaHealth {
  readonly standing: Standing
  /** Restarted, and has not heard from every member yet (R7). */
  readonly stale: boolean
  /** Members asked for what was missed that have not answered yet. */
  readonly pulling: readonly ReplicaId[]
  /** Writes received that wait for others (R3). */
  readonly waiting: number
  readonly backlogBytes: number
  readonly backlogLimit: number
  /** Bytes in the log on its disk, and whether the log holds all. */
  readonly logBytes: number
  readonly logIsComplete: boolean
}
