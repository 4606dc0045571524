/** What the kernel hands out, and what it keeps of each region. */
import type { Bytes } from '../lib/index.ts'
import type { Reply, XaddIdMode } from '../engine/index.ts'
import type { ConnectionEnds, Input, Output, ReplicaId } from '../replication/index.ts'
import type { ReplicaHost } from './host.ts'
import type { Flight } from './network.ts'

export interface Region {
  readonly id: ReplicaId
  readonly name: string
  readonly host: ReplicaHost
  skewMs: number
  /** False while a region added to a running database has not had its first sync. */
  synced: boolean
  /** Peers asked for what was missed that have not answered yet. */
  readonly pulling: Set<ReplicaId>
  /** What its replica last asked for, in its own wall-clock ms, and the virtual time that this means. */
  wakeAt: number | null
  wake: number | null
  /** Commands without a reply yet, by session, oldest first. */
  readonly waiting: Map<number, ((reply: Reply) => void)[]>
}

/** A command to run; `done` gets its reply, at once or when it is unblocked. */
export interface CommandWork {
  readonly kind: 'command'
  readonly region: ReplicaId
  readonly session: number
  readonly argv: readonly Bytes[]
  readonly done: (reply: Reply) => void
}

/** What a connection does; its replies go to whoever serves it. */
export type SessionWork =
  | {
      readonly kind: 'send'
      readonly region: ReplicaId
      readonly session: number
      readonly argv: readonly Bytes[]
    }
  | { readonly kind: 'open'; readonly region: ReplicaId; readonly session: number; readonly ends: ConnectionEnds }
  | { readonly kind: 'close'; readonly region: ReplicaId; readonly session: number }

export type Notice = 'connect' | 'disconnect' | 'add-member'
export type Work =
  | CommandWork
  | SessionWork
  | { readonly kind: 'deliver'; readonly region: ReplicaId; readonly flight: Flight }
  | { readonly kind: 'tick'; readonly region: ReplicaId }
  | { readonly kind: 'xadd-id'; readonly region: ReplicaId; readonly mode: XaddIdMode }
  | { readonly kind: Notice; readonly region: ReplicaId; readonly peer: ReplicaId }

/** Two regions. */
export type Pair = readonly [a: ReplicaId, b: ReplicaId]

/** Work as the replica gets it; `now` is its own wall clock. */
export function inputOf(work: Work, now: number): Input {
  switch (work.kind) {
    case 'command':
    case 'send':
      return { kind: 'command', session: work.session, argv: work.argv, now }
    case 'deliver':
      return { kind: 'deliver', from: work.flight.link.from, bytes: work.flight.bytes, now }
    case 'open':
      return { kind: 'open-session', session: work.session, now, ...work.ends }
    case 'close':
      return { kind: 'close-session', session: work.session, now }
    case 'tick':
      return { kind: 'tick', now }
    case 'xadd-id':
      return { kind: 'xadd-id', mode: work.mode, now }
    case 'add-member':
      return { kind: 'add-member', member: work.peer, now }
    default:
      return { kind: work.kind, peer: work.peer, now }
  }
}

/** Keeps account of a region's first sync: it is through when every peer that it asked has answered. */
export function notePull(region: Region, work: Work): void {
  if (work.kind === 'connect') region.pulling.add(work.peer)
  else if (work.kind === 'disconnect') region.pulling.delete(work.peer)
  else if (work.kind === 'deliver' && (work.flight.what === 'effects' || work.flight.what === 'snapshot')) {
    region.pulling.delete(work.flight.link.from)
    if (region.pulling.size === 0) region.synced = true
  }
}

/** The answer among what a session gets at once. */
export function ownReply(replies: Output['replies'], session: number): Output['replies'][number] | undefined {
  return replies.find((reply) => reply.session === session && !reply.push)
}
