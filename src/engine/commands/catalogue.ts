import type { CommandDoc } from '../catalogue-types.ts'
import { COMMANDS } from './table.ts'

/** Everything publicly known of every command, as plain data. */
export function catalogue(): readonly CommandDoc[] {
  return COMMANDS.map((command) => command.doc)
}
