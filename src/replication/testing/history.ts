/**
 * Random histories of several replicas: commands anywhere, FIFO per source but otherwise any order of delivery, broken and remade connections (with partial
 * and full syncs), time that passes, collection at any legal moment. Everything derives from the seed.
 */
import { Random } from '../../lib/index.ts'
import { isError, type Reply, type XaddIdMode } from '../../engine/index.ts'
import { createReplica, type Output, type Replica } from '../index.ts'

export interface Step {
  readonly replica: number
  readonly argv: readonly string[]
  readonly reply: Reply
  /** The replica's observed clock before the command ran. */
  readonly seen: readonly number[]
  /** Its own dots, when it wrote. */
  readonly dots: readonly [number, number] | null
  /** The replica's wall clock, ms since 1970. */
  readonly wall: number
}

export interface HistoryOptions {
  readonly replicas: number
  readonly steps: number
  /** Draws one command line (argv) or a transaction (several). */
  readonly draw: (random: Random) => string[][]
  /** Which entry IDs XADD takes; by chance when absent. */
  readonly xaddId?: XaddIdMode
  /** Chances of each kind of step; they need not add up to anything. */
  readonly weights?: Partial<Record<'command' | 'deliver' | 'cut' | 'time', number>>
}

const START = 1_700_000_000_000
/** Clocks are off by up to 10 s, and expiries of the workload lie within 10 s: after this, every region agrees on what has expired. */
const LONGER_THAN_SKEW_AND_EXPIRY = 40_000

export class History {
  readonly replicas: Replica[] = []
  readonly steps: Step[] = []
  readonly random: Random
  now = START
  /** By `from*16+to`; absent while the connection is broken. */
  readonly #links = new Map<number, Uint8Array[]>()
  readonly #options: HistoryOptions
  readonly #wakeAt: (number | null)[] = []
  readonly #clocks: (readonly number[])[] = []
  /** Milliseconds that each replica's wall clock is off. */
  readonly #skew: number[]

  constructor(seed: number, options: HistoryOptions) {
    this.#options = options
    this.random = new Random(seed)
    const members = Array.from({ length: options.replicas }, (_, i) => i + 1)
    this.#skew = members.map(() => (this.random.chance(0.3) ? this.random.below(20_000) - 10_000 : 0))
    // A backlog that soon no longer reaches back makes full syncs common.
    const backlogBytes = this.random.pick([60, 400, 1_000_000])
    const xaddId = options.xaddId ?? this.random.pick(['strict', 'semi-strict', 'liberal'] as const)
    for (const id of members) {
      this.replicas.push(
        createReplica({
          id,
          name: `r${id}`,
          members,
          joining: false,
          seed: seed * 31 + id,
          settings: { backlogBytes, xaddId },
        }),
      )
      this.#wakeAt.push(null)
      this.#clocks.push([])
      for (const to of members) if (to !== id) this.#links.set(id * 16 + to, [])
    }
  }

  run(): this {
    const { steps, draw } = this.#options
    const weights = { command: 10, deliver: 18, cut: 2, time: 3, ...this.#options.weights }
    const total = weights.command + weights.deliver + weights.cut + weights.time
    for (let i = 0; i < steps; i++) {
      let x = this.random.unit() * total
      const replica = 1 + this.random.below(this.replicas.length)
      if ((x -= weights.command) < 0) for (const argv of draw(this.random)) this.command(replica, argv)
      else if ((x -= weights.deliver) < 0) this.#deliverOne()
      else if ((x -= weights.cut) < 0) this.#toggle()
      else this.#pass(this.random.chance(0.2) ? 5000 : this.random.below(400))
    }
    return this
  }

  command(id: number, argv: readonly string[]): Reply {
    const seen = this.#clocks[id - 1] as readonly number[]
    const output = this.#submit(id, { kind: 'command', session: 1, argv, now: 0 })
    const reply = output.replies[0]?.reply as Reply
    this.steps.push({ replica: id, argv, reply, seen, dots: output.dots, wall: this.now + (this.#skew[id - 1] ?? 0) })
    return reply
  }

  /** Everything connected, delivered, acknowledged and collected. */
  settle(): this {
    for (let a = 1; a <= this.replicas.length; a++) {
      for (let b = a + 1; b <= this.replicas.length; b++) if (!this.#links.has(a * 16 + b)) this.#connect(a, b)
    }
    for (const ms of [LONGER_THAN_SKEW_AND_EXPIRY, 1500, 1500, 1500]) {
      this.#drain()
      this.#pass(ms)
    }
    this.#drain()
    return this
  }

  /** Runs a reading command everywhere and gives all replies, as text. */
  everywhere(argv: readonly string[]): string[] {
    return this.replicas.map((_, i) =>
      showReply(this.#submit(i + 1, { kind: 'command', session: 9, argv, now: 0 }).replies[0]?.reply ?? null),
    )
  }

  #submit(id: number, input: Parameters<Replica['submit']>[0]): Output {
    const replica = this.replicas[id - 1] as Replica
    const output = replica.submit({ ...input, now: this.now + (this.#skew[id - 1] ?? 0) })
    for (const message of output.messages) {
      for (const to of message.to) this.#links.get(id * 16 + to)?.push(message.bytes)
    }
    this.#wakeAt[id - 1] = output.wakeAt
    this.#clocks[id - 1] = output.clock
    return output
  }

  #deliverOne(): void {
    const busy = [...this.#links].filter(([, queue]) => queue.length > 0)
    if (busy.length === 0) return
    const [link, queue] = this.random.pick(busy)
    this.#submit(link & 15, { kind: 'deliver', from: link >> 4, bytes: queue.shift() as Uint8Array, now: 0 })
  }

  #drain(): void {
    for (let quiet = false; !quiet;) {
      quiet = true
      for (const [link, queue] of this.#links) {
        for (let bytes = queue.shift(); bytes !== undefined; bytes = queue.shift()) {
          quiet = false
          this.#submit(link & 15, { kind: 'deliver', from: link >> 4, bytes, now: 0 })
        }
      }
    }
  }

  #toggle(): void {
    const a = 1 + this.random.below(this.replicas.length)
    const b = 1 + this.random.below(this.replicas.length)
    if (a === b) return
    if (!this.#links.has(a * 16 + b)) {
      this.#connect(a, b)
      return
    }
    this.#links.delete(a * 16 + b)
    this.#links.delete(b * 16 + a)
    this.#submit(a, { kind: 'disconnect', peer: b, now: 0 })
    this.#submit(b, { kind: 'disconnect', peer: a, now: 0 })
  }

  #connect(a: number, b: number): void {
    this.#links.set(a * 16 + b, [])
    this.#links.set(b * 16 + a, [])
    this.#submit(a, { kind: 'connect', peer: b, now: 0 })
    this.#submit(b, { kind: 'connect', peer: a, now: 0 })
  }

  #pass(ms: number): void {
    this.now += ms
    this.#wakeAt.forEach((at, i) => {
      if (at !== null && at <= this.now + (this.#skew[i] ?? 0)) this.#submit(i + 1, { kind: 'tick', now: 0 })
    })
  }
}

/** A reply as text, unordered ones sorted. */
export function showReply(reply: Reply): string {
  if (isError(reply)) return `error ${reply.text}`
  if (typeof reply === 'object' && reply !== null && 'type' in reply) {
    if (reply.type === 'set') return `{${reply.members.map(showReply).sort().join(' ')}}`
    if (reply.type === 'map') {
      const pairs: string[] = []
      for (let i = 0; i < reply.entries.length; i += 2) {
        pairs.push(`${showReply(reply.entries[i] as Reply)}=${showReply(reply.entries[i + 1] as Reply)}`)
      }
      return `{${pairs.sort().join(' ')}}`
    }
    if (reply.type === 'status') return reply.text
    return JSON.stringify(reply)
  }
  if (typeof reply === 'object' && reply !== null) return `[${reply.map(showReply).join(' ')}]`
  return typeof reply === 'string' ? `"${reply}"` : String(reply)
}
