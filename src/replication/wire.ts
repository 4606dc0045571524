/**
 * Messages as they travel: a kind byte and a body, the body compressed when that makes it shorter (R9). Effects travel as envelopes, back to back.
 */
import { deflateSync, inflateSync } from 'fflate'
import { ByteReader, ByteWriter, DecodeError } from '../lib/index.ts'
import { decodeClock, encodeClock, type Clock } from '../engine/index.ts'
import type { Acknowledgement, MessageKind } from './types.ts'

const KINDS: readonly MessageKind[] = ['effects', 'ack', 'pull', 'snapshot', 'expelled']

const COMPRESSED = 0x80
/** Shorter bodies are not worth the attempt. */
const WORTH_COMPRESSING = 96

const writer = new ByteWriter()

/** Any number of envelopes, back to back; none when there was nothing to send. */
export function effectsMessage(envelopes: readonly Uint8Array[]): Uint8Array {
  writer.byte(KINDS.indexOf('effects'))
  for (const envelope of envelopes) writer.raw(envelope)
  return writer.take()
}

/** What the sender has observed and will from now on treat as known, and how many removed members it knew of by then. */
export function ackMessage({ clock, removals }: Acknowledgement): Uint8Array {
  writer.byte(KINDS.indexOf('ack'))
  encodeClock(writer, clock)
  writer.uint(removals)
  return writer.take()
}

export function readAck(body: ByteReader): Acknowledgement {
  return { clock: decodeClock(body), removals: body.uint() }
}

/** Send me what I lack; `whole`: as a whole state, whatever the backlog holds. */
export function pullMessage(clock: Clock, whole: boolean): Uint8Array {
  writer.byte(KINDS.indexOf('pull'))
  writer.byte(whole ? 1 : 0)
  encodeClock(writer, clock)
  return writer.take()
}

export function readPull(body: ByteReader): { readonly whole: boolean; readonly clock: Clock } {
  return { whole: body.byte() === 1, clock: decodeClock(body) }
}

/** The sender's whole state; `write` writes it. */
export function snapshotMessage(write: (writer: ByteWriter) => void): Uint8Array {
  writer.byte(KINDS.indexOf('snapshot'))
  write(writer)
  return writer.take()
}

/** A whole state that was received, as a message again. */
export function snapshotOf(body: Uint8Array): Uint8Array {
  return snapshotMessage((to) => to.raw(body))
}

/** You are no member any more (R6). */
export function expelledMessage(): Uint8Array {
  writer.byte(KINDS.indexOf('expelled'))
  return writer.take()
}

/** `level` 0 … 6. Gives the message itself when compressing does not help. */
export function compressed(message: Uint8Array, level: number): Uint8Array {
  if (level === 0 || message.length <= WORTH_COMPRESSING) return message
  const body = deflateSync(message.subarray(1), { level: level as 1 | 2 | 3 | 4 | 5 | 6 })
  if (body.length + 1 >= message.length) return message
  const out = new Uint8Array(body.length + 1)
  out[0] = (message[0] as number) | COMPRESSED
  out.set(body, 1)
  return out
}

export function readMessage(bytes: Uint8Array): { readonly what: MessageKind; readonly body: ByteReader } {
  const head = bytes[0] ?? 0
  const what = KINDS[head & ~COMPRESSED]
  if (bytes.length === 0 || what === undefined) throw new DecodeError('unknown kind of message')
  const body = (head & COMPRESSED) === 0 ? new ByteReader(bytes, 1) : new ByteReader(inflated(bytes.subarray(1)))
  return { what, body }
}

function inflated(body: Uint8Array): Uint8Array {
  try {
    return inflateSync(body)
  } catch {
    throw new DecodeError('a compressed message that cannot be read')
  }
}
