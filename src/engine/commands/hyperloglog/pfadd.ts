import { Registers, indexOf, registerValue } from '../../crdt/hyperloglog/registers.ts'
import { registerOf } from '../../crdt/hyperloglog/murmur.ts'
import { key, rest } from '../arguments.ts'
import { command } from '../command.ts'
import { raiseRegisters, readHyperLogLog } from './state.ts'

/** PFADD key [element …] → 1 when the key was created or a register grew, else 0. */
export const pfadd = command({
  name: 'PFADD',
  group: 'hyperloglog',
  since: '2.8.9',
  summary: 'Adds elements to a HyperLogLog.',
  complexity: 'O(1) for each element',
  flags: ['write', 'denyoom', 'fast'],
  args: { key: key(), elements: rest('element') },
  activeActive:
    'Registers merge by maximum, as if one region had seen every element; a concurrent DEL wins over the addition (P1).',
  run(ctx, { key: name, elements }) {
    const state = readHyperLogLog(ctx, name)
    const grown = new Registers()
    for (const element of elements) {
      const packed = registerOf(element)
      if (registerValue(packed) > (state?.registers.get(indexOf(packed)) ?? 0)) grown.raiseAll([packed])
    }
    const packed = grown.packed()
    if (state !== undefined && packed.length === 0) return 0
    raiseRegisters(ctx, name, packed, false)
    return 1
  },
})
