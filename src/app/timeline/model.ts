/**
 * The timeline as data: what the space-time diagram and the table both draw. It only grows; `fold.ts` appends to it. Time runs downwards in
 * rows: an event's row is never before the row of anything that happened earlier.
 */
import type { Bytes } from '../../lib/index.ts'
import type { Resolution } from '../../engine/index.ts'
import type { DotRange, MessageKind, Relayed, ReplicaId } from '../../replication/index.ts'
import type { WritesByKey } from './rivals.ts'

/** `region`: the region itself was stopped, started, added, removed … */
export type EventKind = 'write' | 'read' | 'receive' | 'expiry' | 'region'

/** Something that happened in one region. `id` is its index in `Timeline.events`. */
export interface TimelineEvent {
  readonly id: number
  readonly row: number
  /** Virtual ms. */
  readonly at: number
  readonly region: ReplicaId
  readonly kind: EventKind
  /** One line: the command as typed, or what arrived. */
  readonly label: string
  /** What came of it, in a few words: a reply other than OK, or the rule that decided and what it kept. Empty when there is nothing to add. */
  readonly outcome: string
  /** The reply of a command as redis-cli prints it; undefined for the others, and while a blocking command waits. */
  readonly reply: string | undefined
  /** The writes it made. */
  readonly dots: DotRange | null
  /** For `receive`: who sent it; what it carries may be of others. */
  readonly from: ReplicaId | null
  /** For `receive`: the writes that the region had not observed before, per author. */
  readonly arrived: readonly Relayed[]
  /** For `receive`: a full sync, and how many bytes it took. */
  readonly fullSyncBytes: number | null
  /** What the region had observed afterwards, indexed by replica id. */
  readonly clock: readonly number[]
  readonly keys: readonly string[]
  /** For `receive`: which rule decided about which key, where writes were concurrent. */
  readonly resolutions: readonly Resolution[]
  /** Concurrent writes met here and a rule chose, or joined them. */
  readonly conflict: boolean
}

export interface TimelineMessage {
  readonly id: number
  readonly from: ReplicaId
  readonly to: ReplicaId
  readonly what: MessageKind
  readonly dots: DotRange | null
  /** Writes of others that the sender passes on. */
  readonly relayed: readonly Relayed[]
  readonly bytes: number
  readonly sentAt: number
  /** The event that caused it, where it left at the same instant. */
  readonly sentBy: number | null
  /** The event of its arrival; null on the way, lost, or for housekeeping. */
  receivedBy: number | null
  arrivedAt: number | null
  lostAt: number | null
}

/** A control line, drawn across all lanes. */
export interface TimelineNote {
  readonly id: number
  readonly row: number
  readonly at: number
  readonly line: string
  readonly ok: boolean
  readonly text: string
}

/** Something that lasted: a cut link, sync paused, or a region without power. `to` is null while it lasts. */
export interface TimelineSpan {
  readonly kind: 'cut' | 'paused' | 'stopped'
  /** The two ends of the cut link; the same number twice otherwise (0 for `paused`, which concerns all). */
  readonly a: ReplicaId
  readonly b: ReplicaId
  readonly from: number
  readonly fromRow: number
  to: number | null
  toRow: number | null
}

export interface Lane {
  readonly region: ReplicaId
  readonly name: string
  /** From left to right. A region that comes back under a new id goes on where the old one ended. */
  readonly column: number
  /** Virtual ms and row at which the region was added; 0 for those of the beginning. */
  readonly from: number
  readonly fromRow: number
  /** When it was gone for good; null while it is there. */
  readonly to: number | null
  readonly toRow: number | null
}

export interface Timeline {
  /** Replaced when a region is added, or gone. */
  lanes: readonly Lane[]
  readonly events: TimelineEvent[]
  readonly messages: TimelineMessage[]
  readonly notes: TimelineNote[]
  readonly spans: TimelineSpan[]
  /** Virtual ms of each row, ascending. */
  readonly rows: number[]
  /** Per region, its writing events in order: finds the event of a dot. */
  readonly writes: Map<ReplicaId, TimelineEvent[]>
  readonly writesByKey: WritesByKey
  /** `receive` events whose rule chose for or against a write, by `replica:n`. */
  readonly decisions: Map<string, TimelineEvent[]>
  readonly messageById: Map<number, TimelineMessage>
  /** Commands that have no reply yet, oldest first, by `region:session`. */
  readonly waiting: Map<string, { readonly event: number; readonly argv: readonly Bytes[] }[]>
  /** What each region had observed when it was last heard of; unknown after a restart. */
  readonly clocks: Map<ReplicaId, readonly number[]>
  /** Which columns have something in the last row; null when nothing more may join it. */
  lastRow: Set<number> | null
  /** Grows with every append, so that a view knows when to look again. */
  version: number
}

/** `held`: the session starts with sync paused. */
export function emptyTimeline(regions: readonly string[], held = false): Timeline {
  const paused: TimelineSpan = { kind: 'paused', a: 0, b: 0, from: 0, fromRow: 0, to: null, toRow: null }
  return {
    lanes: regions.map((name, i) => ({
      region: i + 1,
      name,
      column: i,
      from: 0,
      fromRow: 0,
      to: null,
      toRow: null,
    })),
    events: [],
    messages: [],
    notes: [],
    spans: held ? [paused] : [],
    rows: [],
    writes: new Map(),
    writesByKey: new Map(),
    decisions: new Map(),
    messageById: new Map(),
    waiting: new Map(),
    clocks: new Map(),
    lastRow: null,
    version: 0,
  }
}

/** A region's name; of those that bear the same name one after the other, with the number that tells them apart. */
export function laneName({ lanes }: Timeline, region: ReplicaId): string {
  const name = lanes.find((lane) => lane.region === region)?.name ?? `Region ${region}`
  return lanes.filter((lane) => lane.name === name).length > 1 ? `${name} (${region})` : name
}
