/**
 * What the simulator found, made small, each with the seed that found it (at the time: later changes of what is drawn give seeds another meaning), and
 * what chance seldom makes.
 */
import type { Run, Step } from './run.ts'

export const EPOCH_MS = Date.UTC(2025, 0, 1)

const RUNS: readonly (readonly [what: string, regions: number, steps: string])[] = [
  [
    'a region joins while one that was removed by force runs on (2)',
    3,
    `remove-region 3 force
     add-region`,
  ],
  [
    'a log that is given up while its region is stopped is read once more at its start (89)',
    2,
    `2: SET a 1
     wait 2s
     stop 2
     persistence 2 none
     start 2
     2: SET b 1`,
  ],
  [
    'a region that lost its last second is followed before its predecessor is let go (127)',
    3,
    `persistence everysec
     1: XGROUP CREATE stream g1 0 MKSTREAM
     wait 2s
     1: DEL stream
     wait 1ms
     stop 3
     wait 3s
     gc
     start 3`,
  ],
  [
    'a whole state that comes late does not bring back a group that was deleted (215)',
    3,
    `1: XGROUP CREATE stream g1 0 MKSTREAM
     1: DEL stream
     partition 1 | 2 3
     2: LPUSH l1 10vxdv3 14ln7hq
     sync 1 2
     3: XGROUP CREATE stream g1 0 MKSTREAM
     backlog 2 0b
     heal
     wait 1500ms
     resend 2>1`,
  ],
  [
    'a region that joins says what it knows before it writes: whole states lack deletions that were collected (50000370)',
    4,
    `4: XGROUP CREATE stream g1 0 MKSTREAM
     bandwidth 3-1 1mbps
     1: XADD stream 104 f v
     1: DEL stream
     wait 1s
     add-region
     wait 27ms
     5: XGROUP CREATE stream g2 0 MKSTREAM`,
  ],
  [
    'a write that depends on others comes from its author after a later one that was passed on (20782001245)',
    9,
    `9: XGROUP CREATE stream g2 0 MKSTREAM
     causal on
     partition 1 2 4 6 7 | 3 5 8 9
     sync
     8: ZINCRBY zset 3 b
     causal off
     heal 4-3
     sync 3 4
     8: JSON.SET json $ {"k":2}
     causal on
     wait 20ms
     causal off`,
  ],
  [
    'nothing is collected while what a removed region wrote may still come from others (20782001586)',
    5,
    `2: XADD k2 123 f 53
     loss 5-3 60%
     3: LRANGE list 0 -1
     3: LPUSH list yxb30 1y3k7yn
     3: LRANGE list 0 -1
     remove-region 2
     3: SET k2 829 EX 3
     4: PERSIST k2
     release all
     wait 400ms
     remove-region 3 force`,
  ],
  [
    'what a removed region let expire, another carries out (347)',
    5,
    `5: PSETEX s2 100000 v
     wait 9s
     remove-region 5`,
  ],
  [
    'effects between those that found no memory and the whole state are left to it (1009)',
    2,
    `memory 2 6kb
     1: RPUSH l a b c d e f g h i j
     1: SETRANGE big 6000 x
     sync
     1: DEL big
     sync
     memory 2 1mb
     1: RPUSH l k
     1: RPUSH l m`,
  ],
  [
    'a region that is left alone is no longer joining (1021)',
    2,
    `persistence none
     2: XGROUP CREATE k1 g2 0 MKSTREAM
     remove-region 1
     stop 2`,
  ],
  [
    'a region that starts again knows what it had announced before it wrote (1286)',
    3,
    `2: XADD stream 104 f v
     2: DEL stream
     wait 1s
     3: XGROUP CREATE stream g1 0 MKSTREAM
     stop 3`,
  ],
  [
    'lost writes of removed regions hold no tombstone back (10359)',
    4,
    `stop 4
     cut 1-2
     1: JSON.SET k3 $ 2.5
     2: RPUSH k3 b9 d
     sync 1 3
     sync 2 3
     3: JSON.SET k3 $ true
     stop 2 lose
     sync 1 3
     stop 3 lose`,
  ],
  [
    'writes that wait for those of a removed region do not keep them from being asked for (12366)',
    2,
    `hold all
     add-region
     1: INCRBY string 2
     cut 1-2
     sync
     causal on
     3: SPUBLISH hello 0
     remove-region 1 force`,
  ],
  [
    'a region that is left alone can delete what others had written (20943)',
    4,
    `persistence everysec
     remove-region 4 force
     remove-region 1 force
     2: LRANGE list 0 -1 ; RPUSH list 1qr74xu 1bl6ac1 ; LRANGE list 0 -1
     remove-region 2
     wait 1200ms
     3: JSON.SET json $ {"k":1,"a":{"a":1},"b":2}
     stop 3
     start 3
     5: LRANGE list 0 -1 ; DEL list ; LRANGE list 0 -1`,
  ],
  [
    'commands that a stopped region refuses stand in the journal where they were given (64)',
    2,
    `stop 1
     2: PFMERGE k2 k1
     1: SPUBLISH 10 b`,
  ],
  [
    'a region that joins hears from the only one it reaches of deletions that all have collected (20782000580)',
    3,
    `2: PFADD hll a
     2: DEL hll
     wait 1s
     add-region
     partition 4 | 1 2
     wait 150ms
     4: PFADD hll c`,
  ],
  [
    'the only one it reaches has just been started again, and no longer knows what was collected',
    3,
    `2: PFADD hll a
     2: DEL hll
     wait 1s
     stop 3
     start 3
     add-region
     partition 3 4 | 1 2
     wait 150ms
     4: PFADD hll c`,
  ],
  [
    'a third region bridges a partition (R3)',
    3,
    `causal on
     cut 1-2
     1: SET a 1
     sync
     cut 1-3
     backlog 0b
     2: SET b 1
     sync
     heal 1-3
     sync`,
  ],
  [
    'what came with a whole state is not among the kept effects that are passed on (77000002285)',
    3,
    `causal on
     2: SET a 1
     partition 1 | 2 3
     wait 150ms
     2: SET b 1
     backlog 2 0b
     cut 2-3
     heal 2-3
     wait 49ms
     heal 1-3
     sync`,
  ],
  [
    'kept effects on both sides of a whole state are not all that there was between',
    3,
    `causal on
     2: SET a 1
     partition 1 | 2 3
     wait 150ms
     2: SET b 1
     backlog 2 0b
     cut 2-3
     heal 2-3
     wait 49ms
     2: SET c 1
     wait 49ms
     heal 1-3
     sync`,
  ],
  [
    'a whole state bridges a partition, too (R3)',
    3,
    `causal on
     backlog 0b
     partition 1 | 2 3
     1: SET a 1
     heal 1-3
     sync
     1: SET b 1`,
  ],
  [
    'who has acknowledged a deletion may have written before something that waits here: its tombstone stays (R4)',
    4,
    `1: PFADD hll a
     wait 2s
     hold 1>3
     1: DEL hll
     wait 2s
     hold 4>2
     4: SET x 1
     wait 1ms
     causal on
     3: PFADD hll b
     wait 1ms
     release 1>3
     wait 2s
     gc
     release all`,
  ],
  [
    'what two regions had acknowledged and lost with their last second, others have not collected (R7)',
    3,
    `persistence everysec
     1: PFADD hll a
     wait 2500ms
     1: DEL hll
     wait 1ms
     gc
     wait 1ms
     gc
     stop 2
     stop 3
     cut 1-2
     cut 1-3
     start 2
     start 3
     wait 1ms
     4: PFADD hll b
     5: PFADD hll c`,
  ],
]

/** Seed 0: these are also played again from their logs. */
export const FOUND: readonly { readonly what: string; readonly run: Run }[] = RUNS.map(([what, count, text]) => {
  const regions = Array.from({ length: count }, (_, i) => `Region ${i + 1}`)
  return {
    what,
    run: { settings: { seed: 0, regions, epochMs: EPOCH_MS, latencyMs: 0, held: false }, steps: stepsOf(text) },
  }
})

/** Steps as text: `2: GET k` is a command of region 2, `2: A ; B` are two that stand together, everything else a control line. */
function stepsOf(text: string): readonly Step[] {
  return text
    .trim()
    .split('\n')
    .map((raw): Step => {
      const line = raw.trim()
      const command = /^(\d+): (.*)$/.exec(line)
      if (command === null) return { kind: 'control', line }
      const region = Number(command[1])
      const lines = (command[2] ?? '').split(' ; ').map((one) => one.split(' '))
      return { kind: 'commands', region, session: region, lines }
    })
}
