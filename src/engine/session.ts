/** One client of one instance: what a connection remembers between commands. */
import type { Bytes } from '../lib/index.ts'
import type { Waiting } from './blocking.ts'
import type { Command } from './commands/command.ts'
import type { ChannelKind } from './pubsub.ts'
import type { TrackingOptions } from './tracking.ts'

/** Session 0 is the instance's own: expiry and eviction run in it. */
export const OWN_SESSION = 0

export interface Session {
  readonly id: number
  /** The connection's ends, as `host:port`, and its file descriptor. A session without a connection has made-up ones. */
  address: Bytes
  localAddress: Bytes
  fd: number
  /** RESP version that replies are meant for (HELLO). */
  resp: 2 | 3
  name: Bytes
  /** As whom it is authenticated. */
  user: Bytes
  library: { name: Bytes; version: Bytes }
  /** What SELECT chose: 0, but in test mode. */
  db: number
  /** Commands queued by MULTI; null outside a transaction. */
  queue: { readonly command: Command; readonly argv: readonly Bytes[] }[] | null
  /** A queued command was refused: EXEC will abort. */
  queueFailed: boolean
  /** Watched keys, and whether each could be seen when WATCH came. */
  readonly watched: Map<Bytes, boolean>
  /** A watched key was touched: EXEC will reply nil (M3). */
  dirty: boolean
  /** Wall clock at creation and at the last command, ms since 1970. */
  readonly createdAt: number
  lastAt: number
  lastCommand: string
  /** QUIT or CLIENT KILL ended it: whoever holds the connection closes it once the reply is out. */
  closing: boolean
  /** What it waits for in a blocking command; null otherwise. */
  waiting: Waiting | null
  /** That command. */
  waitsIn: { readonly command: Command; readonly argv: readonly Bytes[] } | null
  /** Command lines that came while it waited: they run when it has its reply. */
  pending: (readonly Bytes[])[]
  /** Channels that it listens to. */
  readonly subscriptions: Readonly<Record<ChannelKind, Set<Bytes>>>
  /** MONITOR: it is shown every command. */
  monitoring: boolean
  /** Client-side caching; null while off. */
  tracking: TrackingOptions | null
  /** What CLIENT CACHING said of the next command. */
  trackNext: boolean | null
  /** A script's own: the caller's, but for the protocol version and transactions. */
  readonly isScript: boolean
  /** CLIENT REPLY: `skip` means the next command, `skipping` the one that runs. */
  replies: 'on' | 'off' | 'skip' | 'skipping'
  /** CLIENT NO-TOUCH; kept for CLIENT INFO, since nothing here is evicted by age. */
  noTouch: boolean
}

export function newSession(id: number, now: number): Session {
  return {
    id,
    address: `127.0.0.1:${50000 + id}`,
    localAddress: '127.0.0.1:6379',
    fd: id + 7,
    resp: 2,
    name: '',
    user: 'default',
    library: { name: '', version: '' },
    db: 0,
    queue: null,
    queueFailed: false,
    watched: new Map(),
    dirty: false,
    createdAt: now,
    lastAt: now,
    lastCommand: 'NULL',
    closing: false,
    waiting: null,
    waitsIn: null,
    pending: [],
    subscriptions: { channel: new Set(), pattern: new Set(), shard: new Set() },
    monitoring: false,
    tracking: null,
    trackNext: null,
    isScript: false,
    replies: 'on',
    noTouch: false,
  }
}
