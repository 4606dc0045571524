/** Verbs about the database's settings, and about those of one region. */
import type { XaddIdMode } from '../../engine/index.ts'
import { EVICTION_POLICIES, PERSISTENCE, type ReplicaSettings } from '../../replication/index.ts'
import { configure } from '../topology.ts'
import type { LineReader } from './line-reader.ts'
import { defineVerb, done, type Form, type Verb } from './verb.ts'

/** A setting of the whole database. */
function databaseSetting(name: string, form: Form, read: (line: LineReader) => Partial<ReplicaSettings>): Verb {
  return defineVerb({
    name,
    forms: [form],
    parse: read,
    async run({ kernel }, settings) {
      await configure(kernel, settings)
      return done()
    },
  })
}

/** A setting that regions have of their own; without a region it is set for all. */
function regionSetting(
  name: string,
  forms: readonly [Form, ...Form[]],
  read: (line: LineReader) => Partial<ReplicaSettings>,
): Verb {
  return defineVerb({
    name,
    forms,
    parse: (line) => ({ region: line.optionalRegion(), settings: read(line) }),
    async run({ kernel }, { region, settings }) {
      await configure(kernel, settings, region)
      return done()
    },
  })
}

export const causal = databaseSetting(
  'causal',
  { form: 'causal on|off', does: 'causal consistency, for what is written from now on (R3)' },
  (line) => ({ causal: line.onOff() }),
)

export const xaddId = databaseSetting(
  'xadd-id',
  { form: 'xadd-id strict|semi-strict|liberal', does: 'which entry IDs XADD accepts (E2)' },
  (line) => ({ xaddId: line.oneOf<XaddIdMode>(['strict', 'semi-strict', 'liberal']) }),
)

export const sharding = databaseSetting(
  'sharding',
  { form: 'sharding on|off', does: 'whether commands over keys of different hash slots are refused (M5)' },
  (line) => ({ sharding: line.onOff() }),
)

export const compression = databaseSetting(
  'compression',
  { form: 'compression 3', does: 'how hard replication traffic is compressed, from 0 (not at all) to 6 (R9)' },
  (line) => ({ compression: line.whole(0, 6) }),
)

export const oomThreshold = databaseSetting(
  'oom-threshold',
  { form: 'oom-threshold 5', does: 'the last percents of the memory limit, where clients’ writes are refused (R8)' },
  (line) => ({ oomThresholdPercent: line.whole(0, 100) }),
)

export const backlog = regionSetting(
  'backlog',
  [
    { form: 'backlog 2 1mb', does: "how much of region 2's latest effects it keeps for peers that reconnect (R2)" },
    { form: 'backlog auto', does: 'one percent of the memory limit, 1 to 250 MB, in every region' },
  ],
  (line) => ({ backlogBytes: line.skip('auto') ? null : line.size() }),
)

export const memory = regionSetting(
  'memory',
  [
    { form: 'memory 2 10mb', does: "region 2's memory limit (R8)" },
    { form: 'memory unlimited', does: 'no limit, in every region' },
  ],
  (line) => ({ memoryBytes: line.skip('unlimited') ? 0 : line.size() }),
)

export const eviction = databaseSetting(
  'eviction',
  {
    form: 'eviction allkeys-lru',
    does: `what goes from 80 % of the memory limit on: ${EVICTION_POLICIES.join(', ')} (R8)`,
  },
  (line) => ({ eviction: line.oneOf(EVICTION_POLICIES) }),
)

export const persistence = regionSetting(
  'persistence',
  [
    { form: 'persistence 2 everysec', does: "when region 2's log reaches its disk: always, everysec or none (R7)" },
    { form: 'persistence always', does: 'the same for every region' },
  ],
  (line) => ({ persistence: line.oneOf(PERSISTENCE) }),
)
