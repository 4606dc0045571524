/**
 * A replica: one instance of the database and its part of the replication. `submit` is the one entrance. It can lose its power and start again from its disk (R7);
 * what runs between is a `RunningReplica`.
 */
import { assert } from '../lib/index.ts'
import type { KeysAnswer, KeysQuestion } from '../engine/index.ts'
import { Disk } from './disk.ts'
import { RunningReplica } from './running-replica.ts'
import { DEFAULT_SETTINGS, type ReplicaSettings } from './settings.ts'
import type { Input, Inspection, Output, ReplicaConfig, ReplicaHealth } from './types.ts'

export interface Replica {
  submit(input: Input): Output
  /** Live content with its dots as canonical text: equal on replicas that have observed the same effects. Of a stopped replica ''. */
  canonicalState(): string
  /** What CONFIG SET last gave a parameter; undefined: never set. */
  setting(name: string): string | undefined
  /** Null while it is stopped. */
  inspect(): Inspection | null
  /** A look at keys, at a wall-clock time of this region: it changes nothing. Null while it is stopped. */
  look(question: KeysQuestion, now: number): KeysAnswer | null
}

export function createReplica(config: ReplicaConfig): Replica {
  return new DurableReplica(config)
}

class DurableReplica implements Replica {
  #config: ReplicaConfig
  #settings: ReplicaSettings
  readonly #disk: Disk
  #running: RunningReplica | null
  #starts = 0

  constructor(config: ReplicaConfig) {
    this.#config = config
    this.#settings = { ...DEFAULT_SETTINGS, ...config.settings }
    const { members, removed = [] } = config
    this.#disk = new Disk(this.#settings.persistence)
    this.#running = new RunningReplica(config, this.#settings, { members, removed }, this.#disk)
  }

  submit(input: Input): Output {
    if (input.kind === 'start') return this.#start(input)
    if (input.kind === 'configure') this.#settings = { ...this.#settings, ...input.settings }
    if (input.kind === 'stop') return this.#stop(input)
    // Settings are kept with the region, whether it runs or not.
    if (this.#running === null && input.kind === 'configure') return STOPPED
    assert(this.#running !== null, 'a stopped replica is only started')
    return this.#running.submit(input)
  }

  #stop({ loseDisk, now }: Input & { kind: 'stop' }): Output {
    // One that had yet to sync still has.
    if (this.#running !== null) this.#config = { ...this.#config, joining: this.#running.isJoining() }
    this.#running = null
    this.#disk.crash(now)
    if (loseDisk || this.#disk.persistence === 'none') this.#disk.lose()
    return { ...STOPPED, health: this.#healthOfStopped() }
  }

  #start({ as, members, removed, now }: Input & { kind: 'start' }): Output {
    const joining = as !== this.#config.id || this.#config.joining
    this.#starts++
    const seed = (this.#config.seed + Math.imul(this.#starts, 0x9e3779b1)) >>> 0
    this.#config = { ...this.#config, id: as, joining, seed }
    this.#running = new RunningReplica(this.#config, this.#settings, { members, removed }, this.#disk)
    this.#running.recover(now)
    return this.#running.submit({ kind: 'tick', now })
  }

  #healthOfStopped(): ReplicaHealth {
    return {
      standing: 'member',
      stale: true,
      pulling: [],
      waiting: 0,
      backlogBytes: 0,
      backlogLimit: 0,
      logBytes: this.#disk.bytes,
      logIsComplete: this.#disk.isComplete,
    }
  }

  canonicalState(): string {
    return this.#running?.canonicalState() ?? ''
  }

  setting(name: string): string | undefined {
    return this.#running?.setting(name)
  }

  inspect(): Inspection | null {
    return this.#running?.inspect() ?? null
  }

  look(question: KeysQuestion, now: number): KeysAnswer | null {
    return this.#running?.look(question, now) ?? null
  }
}

const STOPPED: Output = {
  replies: [],
  messages: [],
  closed: [],
  dots: null,
  changes: [],
  resolutions: [],
  clock: [],
  wakeAt: null,
}
