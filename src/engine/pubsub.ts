/**
 * Who listens to which channels in one region. A message reaches the listeners of its channel and of patterns that match it; sharded channels are
 * a world of their own. Nothing here is replicated: a published message travels as a write of its own (M1), a subscription does not.
 */
import type { Bytes } from '../lib/index.ts'
import { matchesGlob } from './glob.ts'
import type { Reply } from './reply.ts'
import type { Session } from './session.ts'

export type ChannelKind = 'channel' | 'pattern' | 'shard'
type Push = (session: Session, items: readonly Reply[]) => void

export class PubSub {
  /** Listeners by name, per kind; those who came first are told first. */
  readonly #listeners: Readonly<Record<ChannelKind, Map<Bytes, Set<Session>>>> = {
    channel: new Map(),
    pattern: new Map(),
    shard: new Map(),
  }
  readonly #push: Push

  constructor(push: Push) {
    this.#push = push
  }

  /** Whether anybody listens to anything but sharded channels. */
  get hasListeners(): boolean {
    return this.#listeners.channel.size > 0 || this.#listeners.pattern.size > 0
  }

  subscribe(session: Session, kind: ChannelKind, name: Bytes): void {
    let listeners = this.#listeners[kind].get(name)
    if (listeners === undefined) this.#listeners[kind].set(name, (listeners = new Set()))
    listeners.add(session)
    session.subscriptions[kind].add(name)
  }

  unsubscribe(session: Session, kind: ChannelKind, name: Bytes): void {
    session.subscriptions[kind].delete(name)
    const listeners = this.#listeners[kind].get(name)
    listeners?.delete(session)
    if (listeners?.size === 0) this.#listeners[kind].delete(name)
  }

  /** A session ended. */
  leave(session: Session): void {
    for (const kind of ['channel', 'pattern', 'shard'] as const) {
      for (const name of session.subscriptions[kind]) this.unsubscribe(session, kind, name)
    }
  }

  /** Tells everyone who listens in this region; how many were told. */
  publish(channel: Bytes, payload: Reply): number {
    const direct = this.#listeners.channel.get(channel)
    for (const session of direct ?? []) this.#push(session, ['message', channel, payload])
    let told = direct?.size ?? 0
    for (const [pattern, listeners] of this.#listeners.pattern) {
      if (!matchesGlob(pattern, channel)) continue
      for (const session of listeners) this.#push(session, ['pmessage', pattern, channel, payload])
      told += listeners.size
    }
    return told
  }

  /** The same for a sharded channel. */
  publishSharded(channel: Bytes, payload: Bytes): number {
    const listeners = this.#listeners.shard.get(channel)
    for (const session of listeners ?? []) this.#push(session, ['smessage', channel, payload])
    return listeners?.size ?? 0
  }

  /** Names that someone listens to, those that match a pattern if one is given. */
  names(kind: ChannelKind, pattern?: Bytes): Bytes[] {
    const names = [...this.#listeners[kind].keys()]
    return pattern === undefined ? names : names.filter((name) => matchesGlob(pattern, name))
  }

  listeners(kind: ChannelKind, name: Bytes): number {
    return this.#listeners[kind].get(name)?.size ?? 0
  }
}
