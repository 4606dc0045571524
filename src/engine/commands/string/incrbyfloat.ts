import { increment, stringType } from '../../crdt/string/string.ts'
import { key, str } from '../arguments.ts'
import { command } from '../command.ts'
import { decimalOf, decimalOfCell, INFINITE, shownSum } from '../counter.ts'
import { fail, NOT_A_FLOAT } from '../errors.ts'

/** INCRBYFLOAT key increment → the new value, as text: at most 17 decimals, no trailing zeros. The sum itself is kept exactly (C5). */
export const incrbyfloat = command({
  name: 'INCRBYFLOAT',
  group: 'string',
  since: '2.6.0',
  summary: 'Adds a decimal number to a counter; a missing key counts as 0.',
  complexity: 'O(1)',
  flags: ['write', 'denyoom', 'fast'],
  args: { key: key(), increment: { ...str('increment'), type: 'double' } },
  activeActive: 'Concurrent increments add up, as exact decimals, so that their order cannot matter (C1, C5).',
  run(ctx, args) {
    const state = ctx.read(stringType, args.key)
    const base = state === undefined ? 0 : decimalOfCell(state, NOT_A_FLOAT)
    const by = decimalOf(args.increment) ?? fail(NOT_A_FLOAT)
    if (by === 'infinite') return fail(INFINITE)
    const shown = shownSum(base, by)
    ctx.update(stringType, args.key, increment(state, ctx.self, ctx.dot, by), 'incrbyfloat')
    return shown
  },
})
