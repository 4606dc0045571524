/** The verbs about the simulated world: the control language proper. */
import { expect } from './check-verbs.ts'
import { bandwidth, cut, deliver, heal, hold, latency, loss, partition, release, resend, sync } from './link-verbs.ts'
import { addRegion, flush, gc, purge, removeRegionVerb, start, stop } from './region-verbs.ts'
import { clock, pause, speed, step, wait } from './run-verbs.ts'
import {
  backlog,
  causal,
  compression,
  eviction,
  memory,
  oomThreshold,
  persistence,
  sharding,
  xaddId,
} from './settings-verbs.ts'
import type { Verb } from './verb.ts'

export const WORLD_VERBS: readonly Verb[] = [
  sync,
  partition,
  cut,
  heal,
  hold,
  deliver,
  release,
  resend,
  latency,
  bandwidth,
  loss,
  clock,
  wait,
  stop,
  start,
  addRegion,
  removeRegionVerb,
  purge,
  flush,
  gc,
  causal,
  xaddId,
  sharding,
  compression,
  backlog,
  memory,
  eviction,
  oomThreshold,
  persistence,
  expect,
  speed,
  pause,
  step,
]
