/**
 * The boundary of a replica: inputs in, outputs out. All of it is plain data (structured-clonable), because it crosses worker boundaries and
 * is written to journals. A replica starts no timer, reads no clock and calls nobody back.
 */
import type { Bytes } from '../lib/index.ts'
import type { Change, Resolution, SessionReply, XaddIdMode } from '../engine/index.ts'

/** 1 … 255, unique for ever within a database. A region's number is its replica id. */
export type ReplicaId = number

export interface ReplicaConfig {
  readonly id: ReplicaId
  readonly name: string
  /** All members at the time of creation, this one included. */
  readonly members: readonly ReplicaId[]
  /** True for a region added to a running database: it refuses writes until its first sync (R6). */
  readonly joining: boolean
  /** Seeds this replica's choices (SPOP, RANDOMKEY …). */
  readonly seed: number
  /** Answers what Active-Active refuses but tests of Redis itself need. */
  readonly testMode?: boolean
  /** How many bytes of its own latest effects it keeps for peers that reconnect (R2). */
  readonly backlogBytes?: number
  /** Which entry IDs XADD takes (E2); `strict` when absent. */
  readonly xaddId?: XaddIdMode
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
  /** The database's setting for XADD was changed (E2). */
  | { readonly kind: 'xadd-id'; readonly mode: XaddIdMode; readonly now: number }
  /** Time has come for what `wakeAt` asked for: due expiries, acknowledgements, garbage collection. */
  | { readonly kind: 'tick'; readonly now: number }

/** Addresses as `host:port`. */
export interface ConnectionEnds {
  readonly address: Bytes
  readonly localAddress: Bytes
  readonly fd: number
}

/** `effects`: writes · `ack`: an observed clock · `pull`: a request to (re)start the stream · `snapshot`: a full sync. */
export type MessageKind = 'effects' | 'ack' | 'pull' | 'snapshot'

/** First and last n of consecutive dots of one replica. */
export type DotRange = readonly [first: number, last: number]

export interface Message {
  /** Every receiver gets the same bytes. */
  readonly to: readonly ReplicaId[]
  readonly what: MessageKind
  /** For `effects`: the sender's dots that it carries. */
  readonly dots: DotRange | null
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
  /** When the replica wants a `tick`, in its own wall-clock ms; null when there is nothing to wait for. */
  readonly wakeAt: number | null
}
