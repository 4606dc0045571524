/** Settings of the database and of a region's place in it. They are not data: nothing of them replicates (G9). */
import type { XaddIdMode } from '../engine/index.ts'

/** `maxmemory-policy`, as Redis names them (R8). */
export const EVICTION_POLICIES = [
  'noeviction',
  'allkeys-lru',
  'allkeys-lfu',
  'allkeys-random',
  'volatile-lru',
  'volatile-lfu',
  'volatile-random',
  'volatile-ttl',
] as const
export type EvictionPolicy = (typeof EVICTION_POLICIES)[number]

/** When what a region wrote or received is safe from its crash (AOF): at once, at the end of each second, or never. */
export const PERSISTENCE = ['always', 'everysec', 'none'] as const
export type Persistence = (typeof PERSISTENCE)[number]

export interface ReplicaSettings {
  /** Which entry IDs XADD takes (E2). */
  readonly xaddId: XaddIdMode
  /** Whether what is written from now on is applied only after what its author had observed (R3). */
  readonly causal: boolean
  /** How hard replication traffic is compressed: 0 (not at all) … 6 (R9). */
  readonly compression: number
  /** How many bytes of its own latest effects a region keeps for peers that reconnect (R2); null: by the memory limit. */
  readonly backlogBytes: number | null
  /** Memory limit in bytes (R8); 0: none. */
  readonly memoryBytes: number
  readonly eviction: EvictionPolicy
  /** The last part of the memory limit, in percent, is kept for replication: clients' writes are refused there (R8). */
  readonly oomThresholdPercent: number
  readonly persistence: Persistence
  /** Whether commands over keys of different hash slots are refused (M5). */
  readonly sharding: boolean
}

export const DEFAULT_SETTINGS: ReplicaSettings = {
  xaddId: 'strict',
  causal: false,
  compression: 3,
  backlogBytes: null,
  memoryBytes: 0,
  eviction: 'noeviction',
  oomThresholdPercent: 5,
  persistence: 'none',
  sharding: false,
}

const MB = 1024 * 1024

/** The backlog's size: as set, or 1 % of the memory limit within 1–250 MB as documented; without a limit the most of these. */
export function backlogLimit({ backlogBytes, memoryBytes }: ReplicaSettings): number {
  if (backlogBytes !== null) return backlogBytes
  return memoryBytes === 0 ? 250 * MB : Math.min(250 * MB, Math.max(MB, Math.floor(memoryBytes / 100)))
}
