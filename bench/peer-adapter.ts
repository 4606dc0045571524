/**
 * This engine as a plug-in of a peer benchmark: command adapter (W1) and CRDT adapter (W2–W7). Plain ES module once built:
 * `node --import tsx bench/build-adapter.ts OUT.mjs`.
 */
import { createReplica, type Input, type Output, type Replica } from '../src/replication/index.ts'

const NOW = 1_700_000_000_000

const commands = {
  id: 'crdb-playground',
  kind: 'command',
  lib: 'crdb-playground',
  windows: [1],
  supports: ['SET', 'GET', 'INCR', 'HSET', 'SADD'],
  open() {
    const replica = createReplica({ id: 1, name: 'one', members: [1], joining: false, seed: 1 })
    const call = (argv: readonly string[]) =>
      replica.submit({ kind: 'command', session: 1, argv, now: NOW }).replies[0]?.reply
    return Promise.resolve({
      run(ring: readonly string[][], count: number, _window: number, deadline: number) {
        let done = 0
        while (done < count) {
          for (const end = Math.min(count, done + 4096); done < end; done++) call(ring[done % ring.length] as string[])
          if (performance.now() > deadline) break
        }
        return Promise.resolve(done)
      },
      one: (argv: readonly string[]) => Promise.resolve(call(argv)),
      close() {},
    })
  },
}

class Peer {
  readonly #replica: Replica
  readonly #id: number
  readonly #other: number
  #update: Uint8Array | null = null

  constructor(id: number, count: number, joining = false, backlogBytes?: number) {
    const members = Array.from({ length: Math.max(count, 2) }, (_, i) => i + 1)
    this.#id = id
    this.#other = id === 1 ? 2 : 1
    this.#replica = createReplica({
      id,
      name: `r${id}`,
      members,
      joining,
      seed: id,
      ...(backlogBytes === undefined ? {} : { backlogBytes }),
    })
  }

  #submit(input: Input): Output {
    return this.#replica.submit(input)
  }

  #run(...argv: string[]): unknown {
    const output = this.#submit({ kind: 'command', session: 1, argv, now: NOW })
    this.#update = output.messages[0]?.bytes ?? null
    return output.replies[0]?.reply
  }

  regSet = (key: string, value: string) => this.#run('SET', key, value)
  regGet = (key: string) => this.#run('GET', key) ?? undefined
  ctrInc = (key: string, by: number) => this.#run('INCRBY', key, String(by))
  ctrGet = (key: string) => Number(this.#run('GET', key) ?? 0)
  setAdd = (key: string, member: string) => this.#run('SADD', key, member)
  setRem = (key: string, member: string) => this.#run('SREM', key, member)
  setHas = (key: string, member: string) => this.#run('SISMEMBER', key, member) === 1
  setSize = (key: string) => this.#run('SCARD', key)
  mapSet = (key: string, field: string, value: string) => this.#run('HSET', key, field, value)
  mapGet = (key: string, field: string) => this.#run('HGET', key, field) ?? undefined
  txn = (run: () => void) => run()

  takeUpdate(): Uint8Array | null {
    const update = this.#update
    this.#update = null
    return update
  }

  apply(bytes: Uint8Array): void {
    // The sender is told by the envelope itself; any other member will do.
    this.#submit({ kind: 'deliver', from: this.#other, bytes, now: NOW })
  }

  /** What a peer sends to ask for what it lacks. */
  version(): Uint8Array {
    return this.#submit({ kind: 'connect', peer: this.#other, now: NOW }).messages[0]?.bytes as Uint8Array
  }

  diff(version: Uint8Array): Uint8Array {
    return this.#submit({ kind: 'deliver', from: this.#other, bytes: version, now: NOW }).messages[0]
      ?.bytes as Uint8Array
  }

  merge = (bytes: Uint8Array) => this.apply(bytes)

  /** A full sync: what a new member gets from a region whose backlog does not reach back. */
  save(): Uint8Array {
    const newcomer = new Peer(this.#id === 1 ? 2 : 1, 2, true)
    return this.diff(newcomer.version())
  }

  gc(): void {
    this.#submit({ kind: 'tick', now: NOW + 10_000 })
  }

  free(): void {}
}

const crdt = {
  id: 'crdb-playground-crdt',
  kind: 'crdt',
  lib: 'crdb-playground',
  caps: { reg: true, ctr: true, set: true, map: true },
  /** Without a log to send from, an empty backlog makes every answer a full sync. */
  replicas: (count: number, _names: unknown, { keepLog = false, perOp = false } = {}) =>
    Array.from({ length: count }, (_, i) => new Peer(i + 1, count, false, keepLog || perOp ? undefined : 0)),
  load(bytes: Uint8Array): Peer {
    const peer = new Peer(2, 2, true)
    peer.apply(bytes)
    return peer
  },
}

export const adapters = [commands, crdt]
