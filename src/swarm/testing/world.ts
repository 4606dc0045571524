/** A database in a test's hands: commands and control lines as one types them. Links are held unless told otherwise. */
import { assert } from '../../lib/index.ts'
import { showReply } from '../../replication/testing/history.ts'
import { openLocalCluster, type Cluster } from '../../simulation/index.ts'
import { EPOCH_MS } from '../found.ts'

export class World {
  readonly cluster: Cluster

  constructor(cluster: Cluster) {
    this.cluster = cluster
  }

  static async open(regions: number, held = true): Promise<World> {
    const names = Array.from({ length: regions }, (_, i) => `Region ${i + 1}`)
    return new World(await openLocalCluster({ seed: 1, regions: names, epochMs: EPOCH_MS, latencyMs: 0, held }))
  }

  /** A command (words between single spaces); its reply as text, unordered ones sorted. */
  async run(region: number, line: string): Promise<string> {
    return showReply(await this.cluster.command(region, region, line.split(' ')))
  }

  async control(...lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      const { ok, text } = await this.cluster.control(line)
      assert(ok, `${line}: ${text}`)
    }
  }

  /** The reply of every running member; they must agree. */
  async everywhere(line: string): Promise<string> {
    const { regions } = await this.cluster.status()
    const running = regions.filter(({ phase }) => phase === 'running')
    const replies = await Promise.all(running.map(({ id }) => this.run(id, line)))
    assert(new Set(replies).size === 1, `${line}: ${replies.join(' | ')}`)
    return replies[0] ?? ''
  }

  /** A field of INFO's crdt section. */
  async info(region: number, field: string): Promise<string> {
    const text = await this.run(region, 'INFO crdt')
    return new RegExp(`${field}:([^\\\\\\r]*)`).exec(text)?.[1] ?? ''
  }

  /** Everything delivered, acknowledged and collected: all show one state, and nothing is left behind. */
  async settle(): Promise<void> {
    await this.control('heal', 'sync', 'wait 3s', 'gc', 'sync', 'gc', 'sync', 'gc', 'sync', 'expect converged')
    const { regions } = await this.cluster.status()
    for (const { id, phase } of regions) {
      if (phase !== 'running') continue
      assert((await this.info(id, 'crdt_gc_pending')) === '0', `no tombstones are left in region ${id}`)
    }
  }
}
