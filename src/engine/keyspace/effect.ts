/**
 * An effect: what one write did to one key, or a message that it published. The payload says what happened to the CRDT, never the command; applying it never fails and never depends
 * on local settings. Parts are applied in this order: removal of the whole key, the type's own change, the expiry.
 */
import { DecodeError, type Bytes, type ByteReader, type ByteWriter } from '../../lib/index.ts'
import { decodeClock, encodeClock, type Clock } from '../causality/clock.ts'
import { type Observation } from '../crdt/parts/cell.ts'
import { decodeObservations, encodeObservations } from '../crdt/parts/cell-codec.ts'
import { TYPES } from '../crdt/index.ts'
import type { CrdtType, Residue } from '../crdt/type.ts'

/** Removal of all that the author had observed: `clock` for the other replicas (its own earlier dots are implied), residues per type code. */
export interface KeyRemoval {
  readonly clock: Clock
  readonly residues: readonly { readonly type: CrdtType; readonly of: readonly Residue[] }[] | null
}

/** A new expiry time, ms since 1970 (`PERSISTENT` for PERSIST), or 0: forget the one observed (X4). */
export interface ExpiryChange {
  readonly at: number
  readonly observed: readonly Observation[] | null
}

export interface KeyEffect {
  readonly key: Bytes
  readonly removal: KeyRemoval | null
  readonly type: CrdtType | null
  /** The type's own change; null when there is none. */
  readonly op: unknown
  readonly expiry: ExpiryChange | null
}

/** A message to the listeners of a channel, in every region (M1). It touches no key, and a full sync does not carry it. */
export interface Publication {
  readonly type: 'publication'
  readonly channel: Bytes
  readonly message: Bytes
  readonly sharded: boolean
}

export type Effect = KeyEffect | Publication

/** Forgetting an expiry of which only the author itself (or nobody) knew: the common case, one bit on the wire. */
export const FORGET: ExpiryChange = { at: 0, observed: null }

/** Redis's name of the keyspace event that an effect means to a region that receives it. */
export function eventOf(effect: KeyEffect): string {
  const own = effect.type?.eventOf(effect.op)
  if (own) return own
  if (effect.removal !== null) return 'del'
  return effect.expiry?.at === Number.MAX_SAFE_INTEGER ? 'persist' : 'expire'
}

const REMOVAL = 1
const RESIDUES = 2
const EXPIRY = 4
const FORGETS = 8
const PUBLICATION = 14
const NO_TYPE = 15

export function encodeEffect(writer: ByteWriter, effect: Effect): void {
  if (effect.type === 'publication') {
    writer.byte(PUBLICATION * 16 + (effect.sharded ? 1 : 0))
    writer.name(effect.channel)
    writer.string(effect.message)
    return
  }
  const { removal, expiry, type } = effect
  const forgets = expiry !== null && expiry.at === 0 && expiry.observed === null
  let head = (type === null ? NO_TYPE : type.code) * 16
  if (removal !== null) head |= removal.residues === null ? REMOVAL : REMOVAL | RESIDUES
  if (expiry !== null) head |= forgets ? FORGETS : EXPIRY
  writer.byte(head)
  writer.name(effect.key)
  if (removal !== null) {
    encodeClock(writer, removal.clock)
    if (removal.residues !== null) encodeResidues(writer, removal.residues)
  }
  if (type !== null) type.encodeOp(writer, effect.op)
  if (expiry !== null && !forgets) {
    writer.uint(expiry.at)
    encodeObservations(writer, expiry.observed)
  }
}

export function decodeEffect(reader: ByteReader): Effect {
  const head = reader.byte()
  const key = reader.name()
  const code = head >> 4
  if (code === PUBLICATION)
    return { type: 'publication', channel: key, message: reader.string(), sharded: head % 2 === 1 }
  const type = code === NO_TYPE ? null : typeOfCode(code)
  let removal: KeyRemoval | null = null
  if (head & REMOVAL) {
    const clock = decodeClock(reader)
    removal = { clock, residues: head & RESIDUES ? decodeResidues(reader) : null }
  }
  const op: unknown = type === null ? null : type.decodeOp(reader)
  let expiry: ExpiryChange | null = null
  if (head & FORGETS) expiry = FORGET
  else if (head & EXPIRY) expiry = { at: reader.uint(), observed: decodeObservations(reader) }
  return { key, removal, type, op, expiry }
}

export function typeOfCode(code: number): CrdtType {
  const type = TYPES.find((t) => t.code === code)
  if (type === undefined) throw new DecodeError(`unknown data type ${code}`)
  return type
}

function encodeResidues(writer: ByteWriter, residues: NonNullable<KeyRemoval['residues']>): void {
  writer.uint(residues.length)
  for (const { type, of } of residues) {
    writer.byte(type.code)
    writer.uint(of.length)
    for (const residue of of) {
      writer.name(residue.element)
      encodeObservations(writer, residue.observed)
    }
  }
}

function decodeResidues(reader: ByteReader): NonNullable<KeyRemoval['residues']> {
  const out: { type: CrdtType; of: Residue[] }[] = []
  for (let types = reader.uint(); types > 0; types--) {
    const type = typeOfCode(reader.byte())
    const of: Residue[] = []
    for (let count = reader.uint(); count > 0; count--) {
      const element = reader.name()
      of.push({ element, observed: decodeObservations(reader) ?? [] })
    }
    out.push({ type, of })
  }
  return out
}
