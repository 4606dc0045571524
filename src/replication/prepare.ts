import { prepare } from '../engine/index.ts'
import type { Input } from './types.ts'

/** What must be awaited before a replica may be given these inputs; undefined when nothing is missing. Hosts ask; tests that use scripts load all parts at first. */
export function prepareInputs(inputs: readonly Input[]): Promise<void> | undefined {
  return prepare(inputs.flatMap((input) => (input.kind === 'command' ? [input.argv] : [])))
}
