/**
 * What a handler may use: the present (time, session, chance), the visible keys, and the few ways to write. Every write goes through `#commit`, which
 * gives it its dot, applies it with the same `Keyspace.apply` that remote effects use, and records it for the other regions. A handler checks
 * everything before its first write, so that an error changes nothing.
 */
import { appended, NONE, type Bytes, type Random } from '../../lib/index.ts'
import { PERSISTENT } from '../crdt/parts/expiry.ts'
import type { CrdtType, State } from '../crdt/type.ts'
import type { Change } from '../change-types.ts'
import type { Effect, ExpiryChange, KeyEffect, Publication } from '../keyspace/effect.ts'
import { isExpired, keyExpiry, type Key } from '../keyspace/key.ts'
import type { Keyspace } from '../keyspace/keyspace.ts'
import type { Wait } from '../blocking.ts'
import { NO_REPLY, type Reply } from '../reply.ts'
import type { Session } from '../session.ts'
import type { XaddIdMode } from '../settings.ts'
import type { Instance } from '../instance.ts'
import { fail, WRONG_TYPE } from './errors.ts'

/** One write of this instance: its dot's number and what it did. */
export interface Write {
  readonly n: number
  readonly effects: Effect[]
}

/** What becomes of a key's expiry when its value is replaced: forgotten (X4), kept, or set to a time (ms since 1970). */
export type ExpiryPlan = 'forget' | 'keep' | number

export class Context {
  readonly instance: Instance
  readonly keyspace: Keyspace
  readonly random: Random
  /** Replica id of this instance. */
  readonly self: number
  /** Whether this is a stand-in for a plain Redis, for tests of that. */
  readonly testMode: boolean
  /** Wall clock, ms since 1970. Stands still while a command runs. */
  now = 0
  session!: Session
  /** The command line that runs. */
  line: readonly Bytes[] = []
  /** Which entry IDs XADD takes in this database (E2). */
  xaddId: XaddIdMode = 'strict'
  /** Writes since they were last taken. */
  writes: Write[] = NONE
  /** Noted only for those who want to know (`InstanceOptions.explains`). */
  changes: Change[] = NONE
  /** True inside EXEC and scripts: nothing waits there. */
  atomic = false
  #write: Write | null = null

  constructor(instance: Instance, keyspace: Keyspace, random: Random) {
    this.instance = instance
    this.keyspace = keyspace
    this.random = random
    this.self = keyspace.self
    this.testMode = instance.options.testMode === true
  }

  /** Every command is one write (or none): one dot, however many keys and elements it touches. */
  begin(session: Session, now: number, line: readonly Bytes[] = []): void {
    this.session = session
    this.line = line
    this.now = now
    this.#write = null
  }

  /** The number of the dot that the current command's write has or would get. */
  get dot(): number {
    return this.#write === null ? (this.keyspace.clock[this.self] ?? 0) + 1 : this.#write.n
  }

  // Reading

  find(name: Bytes): Key | undefined {
    const key = this.peek(name)
    if (key !== undefined) this.#accessed(key)
    return key
  }

  #accessed(key: Key): void {
    const { usage, limit } = this.instance
    if (this.testMode || limit.bytes > 0) usage.accessed(key, this.now, limit.policy.endsWith('-lfu'))
  }

  /** Like `find`, for those who only ask about a key: that counts as no access to it. */
  peek(name: Bytes): Key | undefined {
    if (!this.instance.expiresActively && this.instance.pause === null) this.#expireTouched(name)
    return this.keyspace.find(name, this.now)
  }

  /** The visible state of a key if it holds this type; undefined when there is no such key; WRONGTYPE when it holds another. */
  read<S extends State>(type: CrdtType<S>, name: Bytes): S | undefined {
    const key = this.find(name)
    if (key === undefined) return undefined
    if (key.value?.type !== type) fail(WRONG_TYPE)
    return key.value as S
  }

  /** The state of a type that a key holds, visible or not: what an assignment must say that it observed. */
  held<S extends State>(type: CrdtType<S>, name: Bytes): S | undefined {
    const key = this.keyspace.get(name)
    if (key === undefined) return undefined
    if (key.value?.type === type) return key.value as S
    return key.others?.find((state) => state.type === type) as S | undefined
  }

  // Writing

  /**
   * A type's own change to a key that exists with this type, or to no visible key at all (then it is created). `event`: the keyspace event
   * to announce. The key's expiry stays, unless the change `empties` the key: an expiry without a key would be left.
   */
  update<Op>(
    type: CrdtType<State & { readonly type: CrdtType }, Op>,
    name: Bytes,
    op: Op,
    event: string,
    empties = false,
  ): void {
    const key = this.#unexpired(name)
    const creates = key === undefined || key.value === null || this.find(name) === undefined
    const forgets = creates || (empties && key.expiry !== null)
    this.#commit(
      { key: name, removal: null, type, op, expiry: forgets ? this.keyspace.expiryChange(key, 0) : null },
      event,
    )
  }

  /** Makes `op` the whole content of a key, whatever it held: the write that replaces (SET, SINTERSTORE, RENAME …). */
  replace<Op>(
    type: CrdtType<State & { readonly type: CrdtType }, Op>,
    name: Bytes,
    op: Op,
    expiry: ExpiryPlan,
    event: string,
  ): void {
    const key = this.#unexpired(name)
    // A string over nothing but a string is an assignment to its cell: that removes what it observed by itself.
    const plain =
      key === undefined || (type.code === 0 && key.others === null && (key.value === null || key.value.type === type))
    const held = type.replacing === undefined ? undefined : this.held(type, name)
    this.#commit(
      {
        key: name,
        removal: plain ? null : this.keyspace.removalOf(key),
        type,
        op: held === undefined ? op : (type.replacing?.(op, held, this.self) ?? op),
        expiry: this.#expiry(key, expiry, !plain),
      },
      event,
    )
  }

  /** Removes a visible key: everything observed of it, hidden values too (G10). False when there was no such key. */
  remove(name: Bytes, event: string): boolean {
    const key = this.find(name)
    return key !== undefined && this.removeHeader(key, event)
  }

  /** Like `remove`, for a key that may be hidden already. False when there is nothing live to remove. */
  removeHeader(key: Key, event: string): boolean {
    if (key.value === null) return false
    this.instance.usage.forget(key)
    this.#commit({ key: key.name, removal: this.keyspace.removalOf(key), type: null, op: null, expiry: null }, event)
    return true
  }

  /** Sets the expiry of a visible key, ms since 1970; `undefined` takes it away (PERSIST). */
  expire(name: Bytes, at: number | undefined, event: string): void {
    const expiry = this.keyspace.expiryChange(this.find(name), at ?? PERSISTENT)
    const state = this.find(name)?.value
    const op: unknown = state?.type.touch?.(state, this.self) ?? null
    this.#commit({ key: name, removal: null, type: op === null ? null : (state?.type ?? null), op, expiry }, event)
  }

  /** Announces a keyspace event without a write of its own. */
  announce(key: Bytes, event: string): void {
    this.noteChange(key, event)
    this.instance.notify(key, event)
  }

  /** Without active expiry, a key that has expired goes when it is touched. */
  #expireTouched(name: Bytes): void {
    const key = this.keyspace.get(name)
    if (key?.value && isExpired(key, this.now) && this.removeHeader(key, 'expired'))
      this.instance.statistics.expiredKeys++
  }

  /** A key that is still held but hidden, by its own expiry or by that of all its fields, is deleted before a local write touches it (X2). */
  #unexpired(name: Bytes): Key | undefined {
    const key = this.keyspace.get(name)
    if (key === undefined) return key
    const { value } = key
    if (!isExpired(key, this.now) && value?.type.visibleAt?.(value, this.now) !== false) return key
    this.removeHeader(key, 'expired')
    return this.keyspace.get(name)
  }

  #expiry(key: Key | undefined, plan: ExpiryPlan, removes: boolean): ExpiryChange | null {
    if (typeof plan === 'number') return this.keyspace.expiryChange(key, plan)
    // A key that is created has nothing to keep: an expiry that outlived its key is forgotten (X4).
    if (key === undefined || key.value === null) return this.keyspace.expiryChange(key, 0)
    if (plan === 'forget') return key.expiry === null ? null : this.keyspace.expiryChange(key, 0)
    const at = keyExpiry(key)
    return removes && at !== undefined ? this.keyspace.expiryChange(key, at) : null
  }

  /** Tells the listeners of this region, and lets the message travel to the others (M1). How many were told here. */
  publish(publication: Publication): number {
    this.#record(publication)
    return this.instance.publish(publication)
  }

  #record(effect: Effect): void {
    if (this.#write !== null) {
      this.#write.effects.push(effect)
      return
    }
    this.#write = { n: this.dot, effects: [effect] }
    this.writes = appended(this.writes, this.#write)
  }

  #commit(effect: KeyEffect, event: string): void {
    const { keyspace } = this
    keyspace.apply(effect, this.self, this.dot, this.now, keyspace.clock)
    this.#record(effect)
    const key = keyspace.get(effect.key)
    if (key !== undefined && key.value !== null) this.#accessed(key)
    this.noteChange(effect.key, event)
    this.instance.changed(effect.key, event, this.session.id)
  }

  /** What an event meant to a key, for those who follow what happens. */
  noteChange(key: Bytes, event: string): void {
    if (this.instance.explains) this.changes = appended(this.changes, { key, event })
  }

  /** What was written and changed since the last call. */
  takeWrites(): { readonly writes: Write[]; readonly changes: Change[] } {
    const { writes, changes } = this
    this.writes = NONE
    this.changes = NONE
    return { writes, changes }
  }

  /** Tries at once and, if there is nothing to serve, lets the session wait. */
  block(wait: Wait): Reply {
    const reply = wait.attempt(this)
    if (reply !== undefined) return reply
    if (this.atomic) return wait.timedOut
    this.instance.blocking.add(this.session, wait, this.now)
    return NO_REPLY
  }

  /** Sends a session something that is not the answer to a command. */
  push(session: Session, items: readonly Reply[]): void {
    this.instance.push(session, items)
  }

  /** Ends the current command: its dot becomes part of the observed clock. */
  end(): void {
    if (this.#write !== null) this.keyspace.observe(this.self, this.#write.n)
    this.#write = null
  }
}
