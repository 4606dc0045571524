/** Random command lines of all groups over few keys. */
import type { Bytes, Random } from '../lib/index.ts'
import { catalogue, type CommandDoc } from '../engine/index.ts'
import { newGenerator } from '../engine/testing/redis/generate.ts'
import { drawModelled } from '../replication/testing/checks.ts'
import { drawJsonModelled } from '../replication/testing/json-model.ts'
import { drawStreamModelled } from '../replication/testing/stream-model.ts'
import { drawLinesOf } from '../replication/testing/workload.ts'

export type Lines = readonly (readonly Bytes[])[]

/**
 * Not drawn one by one: what changes how the session's next commands are answered (a transaction is drawn as a whole), what blocks or stops the instance,
 * and settings, which do not replicate and would change what the checks see.
 */
const NOT_DRAWN =
  /^(MULTI|EXEC|DISCARD|WATCH|AUTH|HELLO|QUIT|RESET|SELECT|MONITOR|SHUTDOWN|P?S?SUBSCRIBE|SSUBSCRIBE|CLIENT .*|CONFIG .*|DEBUG|ACL .*|SYNC|PSYNC|REPLCONF|B[LRZ].*|FUNCTION .*|LOLWUT|.* HELP)$/

const DRAWN: readonly CommandDoc[] = catalogue().filter(
  ({ name, support }) => support.kind === 'full' && !NOT_DRAWN.test(name),
)

/** All that the table has, mostly well formed, each with its own chance. */
export function drawAnyOf(random: Random, epochMs: number): () => Lines {
  // A run dwells on some of the commands, so that they meet.
  const some = DRAWN.filter(() => random.chance(0.3))
  const generator = newGenerator(random, random.chance(0.5) || some.length < 20 ? DRAWN : some, epochMs)
  return () => {
    const line = unblocked(generator.line())
    if (!random.chance(0.05)) return [line]
    return [['MULTI'], line, unblocked(generator.line()), ['EXEC']]
  }
}

/** Reads that may wait do not: their session has more to do. */
function unblocked(line: readonly Bytes[]): readonly Bytes[] {
  return line.filter((word, i) => word.toUpperCase() !== 'BLOCK' && line[i - 1]?.toUpperCase() !== 'BLOCK')
}

/** Commands of few keys that collide on purpose. */
export function drawCollisionsOf(random: Random, seed: number): () => Lines {
  const draw = drawLinesOf(seed)
  return () => draw(random)
}

const MODELLED = ['string', 'set', 'hash', 'hll', 'zset', 'expiry']

/** Commands on the keys of the models, one type each. `streams`: the model of streams holds for strict IDs only. Some runs dwell on one key, so that writes to it meet. */
export function drawModelledOf(random: Random, streams: boolean): () => Lines {
  const known: string[] = []
  const dwellsOn = random.chance(0.5) ? random.pick(MODELLED) : undefined
  return () => {
    if (dwellsOn !== undefined && random.chance(0.7)) return drawOf(random, known, dwellsOn)
    const x = random.unit()
    if (x < 0.2 && streams) return drawStreamModelled(random)
    return x < 0.4 ? drawJsonModelled(random) : drawModelled(random, known)
  }
}

function drawOf(random: Random, known: string[], key: string): Lines {
  for (;;) {
    const lines = drawModelled(random, known)
    if (lines[0]?.[1] === key) return lines
  }
}
