import type { Command } from '../command.ts'
import { getbit, setbit } from './bit.ts'
import { bitfield, bitfieldRo } from './bitfield.ts'
import { bitop } from './bitop.ts'
import { bitcount, bitpos } from './count.ts'

export const BITMAP_COMMANDS: readonly Command[] = [getbit, setbit, bitcount, bitpos, bitop, bitfield, bitfieldRo]
