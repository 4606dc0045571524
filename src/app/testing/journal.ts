/** Hand-made journals for tests: entries numbered in the order in which they are written down. */
import { OK, type Reply, type Resolution } from '../../engine/index.ts'
import type { DotRange } from '../../replication/index.ts'
import type { JournalEntry } from '../../simulation/index.ts'

export class JournalMaker {
  readonly entries: JournalEntry[] = []
  #messages = 0

  #seq() {
    return this.entries.length
  }

  write(at: number, region: number, line: string, n: number, clock: readonly number[]): this {
    const argv = line.split(' ')
    const changes = [{ key: argv[1] ?? '', event: 'set' }]
    const entry = {
      seq: this.#seq(),
      at,
      kind: 'command',
      region,
      session: region,
      argv,
      reply: OK,
      changes,
      clock,
    } as const
    this.entries.push({ ...entry, dots: [n, n] })
    return this
  }

  read(at: number, region: number, line: string, clock: readonly number[]): this {
    const argv = line.split(' ')
    const entry = { seq: this.#seq(), at, kind: 'command', region, session: region, argv, reply: 'a', clock } as const
    this.entries.push({ ...entry, dots: null, changes: [] })
    return this
  }

  /** A command that waits; `reply` answers it. */
  block(at: number, region: number, line: string, clock: readonly number[]): this {
    const entry = {
      seq: this.#seq(),
      at,
      kind: 'command',
      region,
      session: region,
      argv: line.split(' '),
      clock,
    } as const
    this.entries.push({ ...entry, reply: undefined, dots: null, changes: [] })
    return this
  }

  reply(at: number, region: number, reply: Reply, push = false): this {
    this.entries.push({ seq: this.#seq(), at, kind: 'reply', region, session: region, reply, push })
    return this
  }

  /** A message on its way; its number is returned for `deliver`. */
  send(at: number, from: number, to: number, dots: DotRange | null, what: 'effects' | 'ack' = 'effects'): number {
    const message = this.#messages++
    this.entries.push({ seq: this.#seq(), at, kind: 'send', message, from, to, what, dots, bytes: 50 })
    return message
  }

  deliver(
    at: number,
    message: number,
    clock: readonly number[],
    resolutions: readonly Resolution[] = [],
    key = 'key1',
  ): this {
    const sent = this.entries.find((entry) => entry.kind === 'send' && entry.message === message)
    if (sent?.kind !== 'send') throw new Error(`no message ${message}`)
    const { from, to, what, dots } = sent
    const changes = what === 'effects' ? [{ key, event: 'set' }] : []
    this.entries.push({
      seq: this.#seq(),
      at,
      kind: 'deliver',
      message,
      from,
      to,
      what,
      dots,
      changes,
      resolutions,
      clock,
    })
    return this
  }

  control(at: number, line: string): this {
    this.entries.push({ seq: this.#seq(), at, kind: 'control', line, ok: true, text: '' })
    return this
  }

  link(at: number, a: number, b: number, up: boolean): this {
    this.entries.push({ seq: this.#seq(), at, kind: 'link', a, b, up })
    return this
  }
}

/** The introductory example: `a` in region 1, `b` in region 2, concurrently; after the sync both hold `b` by S1. */
export function concurrentSets(): JournalMaker {
  const journal = new JournalMaker()
  const chosen = [{ key: 'key1', rule: 'S1', kept: [{ replica: 2, n: 1 }], lost: [{ replica: 1, n: 1 }] }]
  journal.write(1000, 1, 'set key1 a', 1, [0, 1, 0])
  const first = journal.send(1000, 1, 2, [1, 1])
  journal.write(1500, 2, 'set key1 b', 1, [0, 0, 1])
  const second = journal.send(1500, 2, 1, [1, 1])
  journal.deliver(2000, first, [0, 1, 1], chosen).deliver(2500, second, [0, 1, 1], chosen)
  journal.read(3000, 1, 'get key1', [0, 1, 1])
  return journal
}
