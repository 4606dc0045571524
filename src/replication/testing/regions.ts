/**
 * A few regions in the test's own hands: lines typed in one of them, syncs between chosen ones, clocks that are off, time that passes. Nothing travels
 * but by `sync`.
 */
import { assert } from '../../lib/index.ts'
import type { KeysAnswer, KeysQuestion, XaddIdMode } from '../../engine/index.ts'
import { createReplica, type Replica } from '../index.ts'
import { showReply } from './history.ts'

/** 2025-01-01 00:00:00 UTC. */
export const START_MS = 1735689600000

export class Regions {
  now = START_MS
  readonly #replicas: Replica[]
  /** Messages not delivered yet, by `from*16+to`, oldest first. */
  readonly #waiting = new Map<number, Uint8Array[]>()
  readonly #skewMs: readonly number[]
  readonly #late: { readonly id: number; readonly session: number; readonly text: string }[] = []

  /** `skewMs`: how much each region's clock is off, in ms; one entry per region. */
  constructor(skewMs: readonly number[], backlogBytes = 1_000_000, xaddId: XaddIdMode = 'strict') {
    this.#skewMs = skewMs
    const members = skewMs.map((_, i) => i + 1)
    this.#replicas = members.map((id) =>
      createReplica({ id, name: `r${id}`, members, joining: false, seed: id, settings: { backlogBytes, xaddId } }),
    )
  }

  /** Runs a line (words between single spaces) in a region; the reply as text, unordered ones sorted. */
  run(id: number, line: string, session = 1): string {
    const output = this.#submit(id, { kind: 'command', session, argv: line.split(' '), now: 0 })
    return showReply(output.replies[0]?.reply ?? null)
  }

  /** What a session of a region was told by deliveries, as text. */
  late(id: number, session: number): string[] {
    return this.#late.filter((one) => one.id === id && one.session === session).map(({ text }) => text)
  }

  /** A look at a region's keys. */
  look(id: number, question: Partial<KeysQuestion>): KeysAnswer {
    const now = this.now + (this.#skewMs[id - 1] ?? 0)
    const answer = this.#replicas[id - 1]?.look({ find: null, rows: [], open: null, ...question }, now)
    assert(answer, 'the region runs')
    return answer
  }

  /** What a region holds, tombstones apart, as text. */
  state(id: number): string {
    return this.#replicas[id - 1]?.canonicalState() ?? ''
  }

  /** The line's reply in every region. */
  all(line: string): string[] {
    return this.#replicas.map((_, i) => this.run(i + 1, line))
  }

  /** Delivers what these regions (all, when none is named) have sent each other. */
  sync(...ids: number[]): void {
    const chosen = ids.length === 0 ? this.#replicas.map((_, i) => i + 1) : ids
    for (let quiet = false; !quiet;) {
      quiet = true
      for (const from of chosen) {
        for (const to of chosen) {
          const bytes = this.#waiting.get(from * 16 + to)?.shift()
          if (bytes === undefined) continue
          quiet = false
          this.#submit(to, { kind: 'deliver', from, bytes, now: 0 })
        }
      }
    }
  }

  /** Breaks the connection of two regions: what is under way is lost. */
  cut(a: number, b: number): void {
    this.#waiting.delete(a * 16 + b)
    this.#waiting.delete(b * 16 + a)
    this.#submit(a, { kind: 'disconnect', peer: b, now: 0 })
    this.#submit(b, { kind: 'disconnect', peer: a, now: 0 })
  }

  heal(a: number, b: number): void {
    this.#submit(a, { kind: 'connect', peer: b, now: 0 })
    this.#submit(b, { kind: 'connect', peer: a, now: 0 })
  }

  pass(ms: number): void {
    this.now += ms
    this.#replicas.forEach((_, i) => this.#submit(i + 1, { kind: 'tick', now: 0 }))
  }

  /** Syncs until acknowledgements have gone round and nothing is left to collect. */
  settle(): void {
    for (let rounds = 0; rounds < 4; rounds++) {
      this.sync()
      this.pass(1500)
    }
    this.sync()
  }

  #submit(id: number, input: Parameters<Replica['submit']>[0]) {
    const output = (this.#replicas[id - 1] as Replica).submit({ ...input, now: this.now + (this.#skewMs[id - 1] ?? 0) })
    if (input.kind === 'deliver')
      for (const { session, reply } of output.replies) this.#late.push({ id, session, text: showReply(reply) })
    for (const { to, bytes } of output.messages) {
      for (const peer of to) {
        const link = id * 16 + peer
        this.#waiting.set(link, [...(this.#waiting.get(link) ?? []), bytes])
      }
    }
    return output
  }
}
