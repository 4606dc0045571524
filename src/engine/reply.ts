/**
 * A reply is a plain value, the same for terminal, RESP2, RESP3 and tests; formatting lives elsewhere. It crosses worker
 * boundaries by structured clone.
 *
 * - `string`: bulk string (a byte string) · `number` / `bigint`: integer · `null`: null bulk · array: array
 * - everything else is a tagged object. `map`, `set`, `double`, `boolean`, `verbatim`, `bignum`, `push` are RESP3 types; a RESP2 client sees
 *   their documented RESP2 forms (`toResp2`).
 */
import type { Bytes } from '../lib/index.ts'

export type Reply =
  | Bytes
  | number
  | bigint
  | null
  | readonly Reply[]
  | StatusReply
  | ErrorReply
  | NullArrayReply
  | MapReply
  | SetReply
  | DoubleReply
  | BooleanReply
  | VerbatimReply
  | BigNumberReply
  | PushReply
  | WireReply

export interface StatusReply {
  readonly type: 'status'
  readonly text: string
}
/** `text` is the whole line after `-`: code word and message, e.g. `ERR syntax error`. */
export interface ErrorReply {
  readonly type: 'error'
  readonly text: string
}
/** `*-1` in RESP2, shown as `(nil)`. */
export interface NullArrayReply {
  readonly type: 'nullArray'
}
/** Alternating keys and values. */
export interface MapReply {
  readonly type: 'map'
  readonly entries: readonly Reply[]
}
export interface SetReply {
  readonly type: 'set'
  readonly members: readonly Reply[]
}
export interface DoubleReply {
  readonly type: 'double'
  readonly value: number
}
export interface BooleanReply {
  readonly type: 'boolean'
  readonly value: boolean
}
/** `format` is three characters, `txt` or `mkd`. */
export interface VerbatimReply {
  readonly type: 'verbatim'
  readonly format: string
  readonly text: Bytes
}
/** A whole number of any size, in decimal digits. */
export interface BigNumberReply {
  readonly type: 'bignum'
  readonly text: Bytes
}
/** Out of band (pub/sub, invalidation): never the answer to a command. */
export interface PushReply {
  readonly type: 'push'
  readonly items: readonly Reply[]
}

/** Of a RESP3 type that only DEBUG PROTOCOL (test mode) gives: its bytes, and what stands for it elsewhere. */
export interface WireReply {
  readonly type: 'wire'
  readonly resp3: Bytes
  readonly resp2: Bytes
}

/** In place of a reply that comes later (the command waits) or never. Known by identity; it does not leave the engine. */
export const NO_REPLY: StatusReply = { type: 'status', text: '' }
export const OK: StatusReply = { type: 'status', text: 'OK' }
export const PONG: StatusReply = { type: 'status', text: 'PONG' }
export const QUEUED: StatusReply = { type: 'status', text: 'QUEUED' }
export const NULL_ARRAY: NullArrayReply = { type: 'nullArray' }

export const status = (text: string): StatusReply => ({ type: 'status', text })
export const error = (text: string): ErrorReply => ({ type: 'error', text })
export const map = (entries: readonly Reply[]): MapReply => ({ type: 'map', entries })
export const set = (members: readonly Reply[]): SetReply => ({ type: 'set', members })
export const double = (value: number): DoubleReply => ({ type: 'double', value })
export const boolean = (value: boolean): BooleanReply => ({ type: 'boolean', value })
export const bigNumber = (text: Bytes): BigNumberReply => ({ type: 'bignum', text })
export const verbatim = (text: Bytes, format = 'txt'): VerbatimReply => ({ type: 'verbatim', format, text })

export function isPush(reply: Reply): reply is PushReply {
  return typeof reply === 'object' && reply !== null && 'type' in reply && reply.type === 'push'
}

export function isError(reply: Reply): reply is ErrorReply {
  return typeof reply === 'object' && reply !== null && 'type' in reply && reply.type === 'error'
}
