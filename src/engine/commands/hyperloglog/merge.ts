/** Commands over several HyperLogLogs. */
import { Registers, indexOf, registerValue } from '../../crdt/hyperloglog/registers.ts'
import { estimate } from '../../crdt/hyperloglog/estimate.ts'
import type { HyperLogLogState } from '../../crdt/hyperloglog/hyperloglog.ts'
import { OK } from '../../reply.ts'
import { key, many, opt } from '../arguments.ts'
import { command } from '../command.ts'
import { raiseRegisters, readHyperLogLog } from './state.ts'

const about = { group: 'hyperloglog', since: '2.8.9' }

function union(states: readonly (HyperLogLogState | undefined)[]): Registers {
  const out = new Registers()
  for (const state of states) if (state !== undefined) out.raiseAll(state.registers.packed())
  return out
}

/** PFCOUNT key [key …] → how many different elements were added to any of them, about; missing keys count as empty. */
export const pfcount = command({
  ...about,
  name: 'PFCOUNT',
  summary: 'Estimates how many different elements were added to HyperLogLogs.',
  complexity: 'O(N) for N keys, with a large constant',
  flags: ['readonly'],
  args: { keys: many(key()) },
  activeActive: 'Counts what this region has observed.',
  run(ctx, { keys }) {
    const states = keys.map((name) => readHyperLogLog(ctx, name))
    const [only] = states
    return estimate((states.length === 1 && only !== undefined ? only.registers : union(states)).packed())
  },
})

/** PFMERGE destination [source …] → OK. The destination counts as one of the sources. */
export const pfmerge = command({
  ...about,
  name: 'PFMERGE',
  summary: 'Adds what was added to some HyperLogLogs to another one.',
  complexity: 'O(N) for N sources, with a large constant',
  flags: ['write', 'denyoom'],
  args: { destination: key(), sources: opt(many(key('source'))) },
  activeActive:
    'The registers as they are in this region travel, and merge by maximum; a concurrent DEL of the destination wins (P1).',
  run(ctx, { destination, sources = [] }) {
    const held = readHyperLogLog(ctx, destination)
    const states = sources.map((name) => readHyperLogLog(ctx, name))
    const packed = union(states)
      .packed()
      .filter((one) => registerValue(one) > (held?.registers.get(indexOf(one)) ?? 0))
    raiseRegisters(
      ctx,
      destination,
      packed,
      states.some((state) => state?.isDense),
    )
    return OK
  },
})
