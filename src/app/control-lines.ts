/** The control lines behind the page's buttons, so that whatever a button does can be read, typed, recorded and replayed. */
import type { ReplicaId } from '../replication/index.ts'

export const syncNow = () => 'sync'
export const pauseSync = () => 'hold all'
export const resumeSync = () => 'release all'
export const cutLink = (a: ReplicaId, b: ReplicaId) => `cut ${a}-${b}`
export const healLink = (a: ReplicaId, b: ReplicaId) => `heal ${a}-${b}`
export const latency = (a: ReplicaId, b: ReplicaId, ms: number) => `latency ${a}-${b} ${ms}ms`
export const latencyPreset = () => 'latency preset aws'
export const loss = (a: ReplicaId, b: ReplicaId, percent: number) => `loss ${a}-${b} ${percent}%`
/** `speed` as the language has it: `1mbps`, `unlimited`. */
export const bandwidth = (a: ReplicaId, b: ReplicaId, speed: string) => `bandwidth ${a}-${b} ${speed}`
export const hold = (from: ReplicaId, to: ReplicaId) => `hold ${from}>${to}`
export const release = (from: ReplicaId, to: ReplicaId) => `release ${from}>${to}`
export const letThrough = (from: ReplicaId, to: ReplicaId, count: number | 'all' = 1) =>
  `deliver ${from}>${to}${count === 1 ? '' : ` ${count}`}`

/** Quoted, because it may hold a space. */
export const addRegion = (name: string) => `add-region "${name}"`
export const removeRegion = (region: ReplicaId, force: boolean) => `remove-region ${region}${force ? ' force' : ''}`
export const purge = (region: ReplicaId) => `purge ${region}`
export const stop = (region: ReplicaId, loseDisk: boolean) => `stop ${region}${loseDisk ? ' lose' : ''}`
export const start = (region: ReplicaId) => `start ${region}`
export const clock = (region: ReplicaId, skewMs: number) =>
  `clock ${region} ${skewMs < 0 ? '-' : '+'}${Math.abs(skewMs)}ms`

/** A setting of the database, or of one region. */
export const setting = (verb: string, value: string, region?: ReplicaId) =>
  region === undefined ? `${verb} ${value}` : `${verb} ${region} ${value}`

/** `speed` in virtual seconds per real second; 0 pauses. */
export function setSpeed(speed: number): string {
  if (speed === 0) return 'pause'
  return speed === Infinity ? 'speed max' : `speed ${speed}x`
}

/** Cuts a region off from all others. */
export function isolate(region: ReplicaId, all: readonly ReplicaId[]): string {
  return `partition ${region} | ${all.filter((other) => other !== region).join(' ')}`
}
