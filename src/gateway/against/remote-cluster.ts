/**
 * Servers that are not ours as a cluster that scenarios can be played on. Time is real, links are what they are: of the control language only `sync`,
 * `wait` and `expect` of a reply mean something here, other lines are skipped with a warning.
 */
import type { Bytes } from '../../lib/index.ts'
import { isError, type Reply } from '../../engine/index.ts'
import {
  type ClusterApi,
  type ClusterStatus,
  type ControlResult,
  matchesExpectation,
  parseControlLine,
  type SessionSettings,
} from '../../simulation/index.ts'
import { formatReply } from '../../terminal/index.ts'
import { CannotRun } from './cannot-run.ts'
import { RedisConnection } from './redis-connection.ts'

export interface RemoteOptions {
  /** One per region. */
  readonly urls: readonly URL[]
  /** Whether keys that are there may be deleted; else there must be none. */
  readonly flush: boolean
  readonly warn: (text: string) => void
  /** How long `sync` waits for the regions to catch up with each other, ms. */
  readonly patienceMs?: number
}

/** A command that has not replied by then is taken to be waiting (BLPOP …). */
const REPLY_MS = 3000
const POLL_MS = 10
/** What is written to see that it arrives; gone by itself if this program is killed. */
const MARKER_SECONDS = '60'

export class RemoteCluster implements ClusterApi {
  readonly #settings: SessionSettings
  readonly #options: RemoteOptions
  /** By region and session. */
  readonly #connections = new Map<string, Promise<RedisConnection>>()
  readonly #unanswered = new Set<Promise<unknown>>()
  readonly #startedAt = performance.now()
  readonly #run = Date.now().toString(36)
  #syncs = 0

  private constructor(settings: SessionSettings, options: RemoteOptions) {
    this.#settings = settings
    this.#options = options
  }

  /** Rejects with a sentence when there is a region too few, one cannot be reached, or one has keys that may not be deleted. */
  static async open(settings: SessionSettings, options: RemoteOptions): Promise<RemoteCluster> {
    const wanted = settings.regions.length
    if (options.urls.length < wanted) {
      throw new CannotRun(`the scenario has ${wanted} regions, --against names ${options.urls.length}`)
    }
    const cluster = new RemoteCluster(settings, options)
    try {
      await cluster.#prepare()
    } catch (problem) {
      cluster.close()
      throw problem
    }
    if (settings.held) options.warn('its links cannot be held: what one row writes may have arrived before the next')
    return cluster
  }

  async #prepare(): Promise<void> {
    for (const { id } of this.#regions) {
      // DBSIZE counts what is hidden, too (G8).
      const key = await this.#call(id, ['RANDOMKEY'])
      if (key === null) continue
      if (isError(key)) throw new CannotRun(`region ${id} (${this.#url(id).host}): ${key.text}`)
      if (!this.#options.flush) {
        throw new CannotRun(
          `region ${id} (${this.#url(id).host}) is not empty: it has a key ${formatReply(key)}; --flush deletes all`,
        )
      }
      await this.#deleteAll(id)
    }
    if (this.#options.flush) await this.#sync(this.#regions.map(({ id }) => id))
  }

  async #deleteAll(region: number): Promise<void> {
    let cursor: Bytes = '0'
    do {
      const reply = await this.#call(region, ['SCAN', cursor, 'COUNT', '1000'])
      if (!Array.isArray(reply)) throw new CannotRun(`region ${region}: SCAN replied ${formatReply(reply)}`)
      const [next, keys] = reply as [Bytes, Bytes[]]
      if (keys.length > 0) await this.#call(region, ['DEL', ...keys])
      cursor = next
    } while (cursor !== '0')
  }

  command(region: number, session: number, argv: readonly Bytes[]): Promise<Reply> {
    const reply = this.#connection(region, session).then((connection) => connection.call(argv))
    this.#unanswered.add(reply)
    const settle = () => void this.#unanswered.delete(reply)
    reply.then(settle, settle)
    return reply
  }

  async closeSession(region: number, session: number): Promise<void> {
    const key = `${region}/${session}`
    const connection = this.#connections.get(key)
    this.#connections.delete(key)
    ;(await connection)?.close()
  }

  async control(line: string): Promise<ControlResult> {
    const meaning = parseControlLine(line, this.#regions)
    if (!meaning.ok) return meaning
    const { verb, parsed } = meaning
    if (verb.name === 'wait') {
      await sleep(parsed as number)
      return { ok: true, text: '' }
    }
    if (verb.name === 'sync') return this.#sync(this.#regions.map(({ id }) => id))
    if (verb.name === 'expect' && parsed !== 'converged') {
      const { region, argv, reply: expected } = parsed as { region: number; argv: readonly Bytes[]; reply: string }
      const reply = await this.#call(region, argv)
      const text = formatReply(reply)
      const ok = matchesExpectation(reply, expected, argv)
      return { ok, text: ok ? text : `region ${region} replied\n${text}\nbut expected was\n${expected}` }
    }
    this.#options.warn(`‘${line}’ is skipped: it cannot be done to servers that are not simulated`)
    return { ok: true, text: 'skipped' }
  }

  /** Waits for replies on their way; blocked commands do without. */
  async status(): Promise<ClusterStatus> {
    await Promise.race([Promise.allSettled(this.#unanswered), sleep(REPLY_MS)])
    const regions = this.#regions.map(({ id, name }) => ({
      id,
      name,
      skewMs: 0,
      synced: true,
      restarts: 0,
      phase: 'running' as const,
      health: null,
      settings: null,
    }))
    return {
      now: Math.round(performance.now() - this.#startedAt),
      epochMs: this.#settings.epochMs,
      speed: 1,
      regions,
      database: null,
      links: [],
    }
  }

  catalogue(): Promise<readonly never[]> {
    return Promise.resolve([])
  }

  inspect(): Promise<null> {
    return Promise.resolve(null)
  }

  look(): Promise<null> {
    return Promise.resolve(null)
  }

  log(): Promise<never> {
    return Promise.reject(new CannotRun('servers that are not ours cannot be replayed'))
  }

  digest(): Promise<never> {
    return this.log()
  }

  close(): void {
    for (const opening of this.#connections.values()) {
      opening.then(
        (connection) => connection.close(),
        () => {},
      )
    }
  }

  // -- inside ----------------------------------------------------------------------------------------------------------------------------

  get #regions() {
    return this.#settings.regions.map((name, index) => ({ id: index + 1, name }))
  }

  #url(region: number): URL {
    return this.#options.urls[region - 1] as URL
  }

  #connection(region: number, session: number): Promise<RedisConnection> {
    const key = `${region}/${session}`
    let connection = this.#connections.get(key)
    if (connection === undefined) {
      this.#connections.set(key, (connection = RedisConnection.open(this.#url(region))))
    }
    return connection
  }

  /** In a session of this program's own. */
  async #call(region: number, argv: readonly Bytes[]): Promise<Reply> {
    return (await this.#connection(region, 0)).call(argv)
  }

  /**
   * Every region writes a marker and waits for everybody else's: effects of one region arrive in order, so what was written before has arrived, too. Then
   * the markers are deleted, and gone from everywhere.
   */
  async #sync(regions: readonly number[]): Promise<ControlResult> {
    const markers = regions.map((region) => `crdb-playground:sync:${this.#run}:${this.#syncs}:${region}`)
    this.#syncs++
    for (const [i, region] of regions.entries()) {
      const reply = await this.#call(region, ['SET', markers[i] ?? '', '1', 'EX', MARKER_SECONDS])
      if (isError(reply)) return { ok: false, text: `region ${region}: ${reply.text}` }
    }
    const late = await this.#wait(regions, markers, markers.length)
    if (late !== undefined) return { ok: false, text: `region ${late} has not caught up in ${this.#patienceMs} ms` }
    await this.#call(regions[0] ?? 1, ['DEL', ...markers])
    const stuck = await this.#wait(regions, markers, 0)
    if (stuck !== undefined) return { ok: false, text: `region ${stuck} has not caught up in ${this.#patienceMs} ms` }
    return { ok: true, text: '' }
  }

  get #patienceMs(): number {
    return this.#options.patienceMs ?? 10_000
  }

  /** Waits until every region has so many of the keys; the first that has not in time, if any. */
  async #wait(regions: readonly number[], keys: readonly Bytes[], count: number): Promise<number | undefined> {
    const giveUpAt = performance.now() + this.#patienceMs
    for (const region of regions) {
      while ((await this.#call(region, ['EXISTS', ...keys])) !== count) {
        if (performance.now() > giveUpAt) return region
        await sleep(POLL_MS)
      }
    }
    return undefined
  }
}

function sleep(delayMs: number): Promise<void> {
  return new Promise((done) => setTimeout(done, delayMs))
}
