import type { Bytes } from '../../lib/index.ts'
import { prepareWith } from '../parts.ts'
import { TABLE } from './table.ts'

/** What must be awaited before an instance may be given these command lines; undefined when nothing is missing. */
export function prepare(lines: Iterable<readonly Bytes[]>): Promise<void> | undefined {
  return prepareWith(lines, (line) => {
    const command = TABLE.lookup(line)
    return 'type' in command ? undefined : command.part
  })
}
