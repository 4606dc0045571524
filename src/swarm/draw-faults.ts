/** Random control lines: what happens to links, clocks, regions and settings. Ids are guesses: a line about a region that is not there is refused and does nothing. */
import type { Random } from '../lib/index.ts'

/** What a run does to its world, and how often each: every run leaves most of it out, so that what is left meets. */
const FAMILIES = {
  time: ['wait'],
  sync: ['sync', 'sync-pair'],
  cuts: ['cut', 'heal', 'heal-all', 'partition', 'isolate', 'flap', 'bridge'],
  holds: ['hold', 'hold-all', 'deliver', 'deliver-all', 'release', 'release-all'],
  quality: ['latency', 'loss', 'bandwidth'],
  clocks: ['clock'],
  duplicates: ['resend'],
  power: ['stop', 'start', 'start', 'restart', 'outage', 'persistence'],
  membership: ['add', 'remove', 'force', 'purge'],
  causal: ['causal'],
  backlog: ['backlog'],
  settings: ['compression', 'xadd-id', 'sharding'],
  memory: ['memory', 'memory', 'oom-threshold'],
  eviction: ['eviction', 'eviction'],
  collection: ['gc'],
  flush: ['flush'],
} as const

export type FaultFamily = keyof typeof FAMILIES

const WAITS = ['0ms', '1ms', '3ms', '20ms', '150ms', '400ms', '1s', '1500ms', '5s']

export class Faults {
  readonly #random: Random
  readonly #kinds: string[] = []
  /** Ids that probably are there. */
  readonly regions: number[]
  #next: number

  constructor(random: Random, regions: number, families: readonly FaultFamily[]) {
    this.#random = random
    this.regions = Array.from({ length: regions }, (_, i) => i + 1)
    this.#next = regions + 1
    for (const family of families) {
      const often = family === 'time' ? 8 : family === 'flush' ? 1 : random.pick([1, 2, 4])
      for (let i = 0; i < often; i++) this.#kinds.push(...FAMILIES[family])
    }
  }

  lines(): string[] {
    const random = this.#random
    const a = random.pick(this.regions)
    const others = this.regions.filter((id) => id !== a)
    const b = others.length === 0 ? a + 1 : random.pick(others)
    switch (random.pick(this.#kinds)) {
      case 'sync':
        return ['sync']
      case 'sync-pair':
        return [`sync ${a} ${b}`]
      case 'cut':
        return [`cut ${a}-${b}`]
      case 'heal':
        return [`heal ${a}-${b}`]
      case 'heal-all':
        return ['heal']
      case 'partition':
        return [this.#partition()]
      case 'isolate':
        return others.length === 0 ? [] : [`partition ${a} | ${others.join(' ')}`]
      case 'bridge':
        return [`heal ${a}-${b}`, 'sync']
      case 'flap':
        return [`cut ${a}-${b}`, `wait ${random.below(50)}ms`, `heal ${a}-${b}`, `cut ${a}-${b}`, `heal ${a}-${b}`]
      case 'hold':
        return [`hold ${a}>${b}`]
      case 'hold-all':
        return ['hold all']
      case 'deliver':
        return [`deliver ${a}>${b}`]
      case 'deliver-all':
        return [`deliver ${a}>${b} all`]
      case 'release':
        return [`release ${a}>${b}`]
      case 'release-all':
        return ['release all']
      case 'latency':
        return [`latency ${a}-${b} ${random.pick([0, 1, 20, 300])}ms ±${random.pick([0, 5, 200])}ms`]
      case 'loss':
        return [`loss ${a}-${b} ${random.pick([0, 5, 60])}%`]
      case 'bandwidth':
        return [`bandwidth ${a}-${b} ${random.pick(['unlimited', '8kbps', '1mbps'])}`]
      case 'clock':
        return [`clock ${a} ${random.pick(['+', '-'])}${random.pick([0, 1, 300, 7000, 60000])}ms`]
      case 'resend':
        return [`resend ${a}>${b}`]
      case 'stop':
        return [`stop ${a}${random.chance(0.2) ? ' lose' : ''}`]
      case 'start':
        return [`start ${a}`]
      case 'restart':
        return [`stop ${a}${random.chance(0.15) ? ' lose' : ''}`, `wait ${random.pick(WAITS)}`, `start ${a}`]
      case 'outage':
        return this.#outage(a)
      case 'persistence':
        return [`persistence ${a} ${random.pick(['always', 'always', 'everysec', 'none'])}`]
      case 'add':
        return this.#add()
      case 'remove':
        return this.#gone(a, `remove-region ${a}`)
      case 'force':
        return random.chance(0.5) ? this.#gone(a, `remove-region ${a} force`) : []
      case 'purge':
        return [`purge ${random.chance(0.5) ? a : 1 + random.below(this.#next)}`]
      case 'causal':
        return [`causal ${random.pick(['on', 'on', 'off'])}`]
      case 'backlog':
        return [
          random.chance(0.3) ? 'backlog auto' : `backlog ${a} ${random.pick(['0b', '60b', '300b', '4kb', '1mb'])}`,
        ]
      case 'compression':
        return [`compression ${random.below(7)}`]
      case 'xadd-id':
        return [`xadd-id ${random.pick(['strict', 'semi-strict', 'liberal'])}`]
      case 'sharding':
        return [`sharding ${random.chance(0.2) ? 'on' : 'off'}`]
      case 'memory':
        return [`memory ${a} ${random.pick(['6kb', '12kb', '30kb', '100kb', '1mb'])}`]
      case 'eviction':
        return [
          `eviction ${random.pick(['noeviction', 'allkeys-lru', 'allkeys-lfu', 'allkeys-random', 'volatile-ttl'])}`,
        ]
      case 'oom-threshold':
        return [`oom-threshold ${random.pick([0, 5, 50])}`]
      case 'gc':
        return ['gc']
      case 'flush':
        return ['flush']
      default:
        return [`wait ${random.pick(WAITS)}`]
    }
  }

  #partition(): string {
    const left: number[] = []
    const right: number[] = []
    for (const id of this.regions) (this.#random.chance(0.5) ? left : right).push(id)
    return left.length === 0 || right.length === 0 ? 'heal' : `partition ${left.join(' ')} | ${right.join(' ')}`
  }

  /** Several regions lose their power at once, and one after another comes back; who is back may reach nobody else yet. */
  #outage(spared: number): string[] {
    const out = this.regions.filter((id) => id !== spared && this.#random.chance(0.6))
    const apart = this.#random.chance(0.5) ? out.map((id) => `cut ${spared}-${id}`) : []
    return [
      ...out.map((id) => `stop ${id}`),
      ...apart,
      `wait ${this.#random.pick(WAITS)}`,
      ...out.map((id) => `start ${id}`),
    ]
  }

  /** A region is added while all are in sync: often that has to be seen to first. */
  #add(): string[] {
    if (this.regions.length >= 10) return []
    while (this.#next % 16 === 0) this.#next++
    this.regions.push(this.#next++)
    return this.#random.chance(0.8) ? ['heal', 'add-region'] : ['add-region']
  }

  #gone(id: number, line: string): string[] {
    if (this.regions.length <= 2) return []
    this.regions.splice(this.regions.indexOf(id), 1)
    return [line]
  }
}
