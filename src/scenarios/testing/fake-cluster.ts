/** A stand-in for tests: a cluster that knows a few commands and syncs by copying keys. */
import type { Bytes } from '../../lib/index.ts'
import { error, OK, type Reply } from '../../engine/index.ts'
import type { ClusterApi, SessionSettings } from '../../simulation/index.ts'

export interface FakeCluster extends ClusterApi {
  /** Everything that was asked, with its virtual time, e.g. `1000 1: SET k a` or `2000 sync`. */
  readonly asked: readonly string[]
}

/** SET, GET and BLOCK (which waits for the next SET, and answers with its value); `sync` copies all keys of region 1 to the others and takes `syncMs`. */
export function fakeCluster(settings: SessionSettings, syncMs = 0): FakeCluster {
  const regions = settings.regions.map(() => new Map<Bytes, Bytes>())
  const asked: string[] = []
  const blocked: ((reply: Reply) => void)[] = []
  let now = 0
  return {
    asked,
    command(region, _session, argv) {
      asked.push(`${now} ${region}: ${argv.join(' ')}`)
      const [name, key = '', value = ''] = argv
      const keys = regions[region - 1]
      if (name === 'BLOCK') return new Promise((answer) => blocked.push(answer))
      if (name === 'GET') return Promise.resolve(keys?.get(key) ?? null)
      if (name !== 'SET') return Promise.resolve(error(`ERR unknown command '${name}'`))
      keys?.set(key, value)
      for (const answer of blocked.splice(0)) answer(value)
      return Promise.resolve(OK)
    },
    closeSession: () => Promise.resolve(),
    control(line) {
      asked.push(`${now} ${line}`)
      if (line === 'sync') {
        now += syncMs
        for (const keys of regions.slice(1)) for (const [key, value] of regions[0] ?? []) keys.set(key, value)
      }
      now += Number(/^wait (\d+)ms$/.exec(line)?.[1] ?? 0)
      const ok = line !== 'expect converged' && line !== 'heal'
      return Promise.resolve({ ok, text: ok ? '' : `${line}: refused` })
    },
    status: () => Promise.resolve({ now, epochMs: settings.epochMs, speed: 1, regions: [], links: [], database: null }),
    inspect: () => Promise.resolve(null),
    look: () => Promise.resolve(null),
    catalogue: () => Promise.resolve([]),
    log: () => Promise.resolve({ settings, inputs: [], until: now }),
    digest: () => Promise.resolve(''),
  }
}
