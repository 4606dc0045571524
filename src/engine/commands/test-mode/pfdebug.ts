/** PFDEBUG: a look into a HyperLogLog. */
import type { Bytes } from '../../../lib/index.ts'
import { hyllOf } from '../../crdt/hyperloglog/hyperloglog.ts'
import { describeRuns, isDense } from '../../crdt/hyperloglog/hyll.ts'
import { REGISTERS } from '../../crdt/hyperloglog/registers.ts'
import { status, type Reply } from '../../reply.ts'
import { key, str } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import { raiseRegisters, readHyperLogLog } from '../hyperloglog/state.ts'

/** PFDEBUG GETREG | DECODE | ENCODING | TODENSE key → the registers; the runs of the sparse form; `sparse` or `dense`; 1 if it was sparse. */
export const pfdebug = command({
  name: 'PFDEBUG',
  group: 'hyperloglog',
  since: '2.8.9',
  summary: 'Shows what a HyperLogLog is made of.',
  complexity: 'O(N) for N registers',
  flags: ['write', 'denyoom', 'admin'],
  args: { subcommand: str('subcommand'), key: key() },
  activeActive: 'Refused outside test mode (M4).',
  run: (ctx, { subcommand, key: name }) => inspect(ctx, subcommand, name),
})

function inspect(ctx: Context, subcommand: Bytes, name: Bytes): Reply {
  const state = readHyperLogLog(ctx, name) ?? fail('ERR The specified key does not exist')
  const hyll = hyllOf(state)
  const makeDense = () => (isDense(hyll) ? 0 : (raiseRegisters(ctx, name, [], true), 1))
  switch (subcommand.toLowerCase()) {
    case 'getreg':
      makeDense()
      return Array.from({ length: REGISTERS }, (_, index) => state.registers.get(index))
    case 'decode':
      return isDense(hyll) ? fail('ERR HLL encoding is not sparse') : describeRuns(hyll)
    case 'encoding':
      return status(isDense(hyll) ? 'dense' : 'sparse')
    case 'todense':
      return makeDense()
    default:
      return fail(`ERR Unknown PFDEBUG subcommand '${subcommand}'`)
  }
}
