/** The control language: one table of verbs, and administration in the look of its tools, which stands for lines of it. */
import type { ControlResult } from '../cluster-types.ts'
import { crdbCli, rladmin } from './admin-verbs.ts'
import type { KnownRegions } from './line-reader.ts'
import { type ParsedLine, parseWith } from './parse.ts'
import { type ControlContext, defineVerb, done, type Verb } from './verb.ts'
import { WORLD_VERBS } from './world-verbs.ts'

export { CHECK_SESSION } from './check-session.ts'
export type { KnownRegions } from './line-reader.ts'
export type { Dials, Verb } from './verb.ts'

const help = defineVerb({
  name: 'help',
  forms: [{ form: 'help', does: 'list the control lines' }],
  parse: () => null,
  run: () => done(helpText()),
})

export const CONTROL_VERBS: readonly Verb[] = [...WORLD_VERBS, crdbCli, rladmin, help]

/** Pure: what a line means among these regions, or why it means nothing. */
export function parseControlLine(line: string, regions: KnownRegions): ParsedLine {
  return parseWith(CONTROL_VERBS, line, regions)
}

/** Parses and carries out one line, as an entry of the journal. */
export async function runControlLine(line: string, context: ControlContext): Promise<ControlResult> {
  const { kernel } = context
  const close = kernel.journal.openControl(kernel.now, line)
  const meaning = parseControlLine(line, kernel.regions)
  const result = meaning.ok ? await meaning.verb.run(context, meaning.parsed) : meaning
  close(result.ok, result.text)
  return result
}

function helpText(): string {
  const forms = CONTROL_VERBS.flatMap((verb) => verb.forms)
  const width = Math.max(...forms.map(({ form }) => form.length))
  return forms.map(({ form, does }) => `${form.padEnd(width)}  ${does}`).join('\n')
}
