/** What the kernel hands out, and what it keeps of each region. */
import type { Bytes } from '../lib/index.ts'
import type { Reply } from '../engine/index.ts'
import type {
  ConnectionEnds,
  Input,
  Membership,
  Output,
  ReplicaHealth,
  ReplicaId,
  ReplicaSettings,
} from '../replication/index.ts'
import { Fifo } from './fifo.ts'
import type { ReplicaHost } from './host.ts'
import type { Flight } from './network.ts'

/**
 * `running` and `stopped` regions are members. `expelled`: removed by force, running on without knowing (R6). `gone`: there is nothing left of it but its name
 * in what happened before.
 */
export type Phase = 'running' | 'stopped' | 'expelled' | 'gone'

export interface Region {
  readonly id: ReplicaId
  readonly name: string
  readonly host: ReplicaHost
  phase: Phase
  skewMs: number
  settings: ReplicaSettings
  /** How its replica stands, as last told; null where nobody asks (live databases). */
  health: ReplicaHealth | null
  /** What it had observed when it was last heard of. */
  clock: readonly number[]
  /** Own writes that some member has not observed, oldest first: the last dot of each, and when. */
  readonly writes: Fifo<{ readonly last: number; readonly at: number }>
  /** What its replica last asked for, in its own wall-clock ms, and the virtual time that this means. */
  wakeAt: number | null
  wake: number | null
  /** Commands without a reply yet, by session, oldest first. */
  readonly waiting: Map<number, ((reply: Reply) => void)[]>
}

export function newRegion(id: ReplicaId, name: string, host: ReplicaHost, settings: ReplicaSettings): Region {
  return {
    id,
    name,
    host,
    phase: 'running',
    skewMs: 0,
    settings,
    health: null,
    clock: [],
    writes: new Fifo(),
    wakeAt: null,
    wake: null,
    waiting: new Map(),
  }
}

export const isMember = ({ phase }: Region): boolean => phase === 'running' || phase === 'stopped'
export const isRunning = ({ phase }: Region): boolean => phase === 'running' || phase === 'expelled'

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

export type Notice = 'connect' | 'disconnect' | 'add-member' | 'remove-member'
export type Work =
  | CommandWork
  | SessionWork
  | { readonly kind: 'deliver'; readonly region: ReplicaId; readonly flight: Flight }
  | { readonly kind: 'tick'; readonly region: ReplicaId }
  | { readonly kind: 'configure'; readonly region: ReplicaId; readonly settings: Partial<ReplicaSettings> }
  | { readonly kind: 'collect' | 'flush'; readonly region: ReplicaId }
  | { readonly kind: 'stop'; readonly region: ReplicaId; readonly loseDisk: boolean }
  | { readonly kind: 'start'; readonly region: ReplicaId; readonly membership: Membership }
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
    case 'configure':
      return { kind: 'configure', settings: work.settings, now }
    case 'collect':
    case 'flush':
      return { kind: work.kind, now }
    case 'stop':
      return { kind: 'stop', loseDisk: work.loseDisk, now }
    case 'start':
      return { kind: 'start', as: work.region, ...work.membership, now }
    case 'add-member':
    case 'remove-member':
      return { kind: work.kind, member: work.peer, now }
    default:
      return { kind: work.kind, peer: work.peer, now }
  }
}

/** The answer among what a session gets at once. */
export function ownReply(replies: Output['replies'], session: number): Output['replies'][number] | undefined {
  return replies.find((reply) => reply.session === session && !reply.push)
}
