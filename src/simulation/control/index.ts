/** The control language: one table of verbs; parsing is pure, and a line that does not parse changes nothing. */
import type { ControlResult } from '../cluster-types.ts'
import { expect } from './check-verbs.ts'
import { type KnownRegions, LineReader, Refusal } from './line-reader.ts'
import { bandwidth, cut, deliver, heal, hold, latency, loss, partition, release, resend, sync } from './link-verbs.ts'
import { addRegion, flush, gc, purge, removeRegionVerb, start, stop } from './region-verbs.ts'
import { clock, pause, speed, step, wait } from './run-verbs.ts'
import {
  backlog,
  causal,
  compression,
  eviction,
  memory,
  oomThreshold,
  persistence,
  sharding,
  xaddId,
} from './settings-verbs.ts'
import { type ControlContext, defineVerb, done, type Verb } from './verb.ts'

export { CHECK_SESSION } from './check-verbs.ts'
export type { KnownRegions } from './line-reader.ts'
export type { Dials, Verb } from './verb.ts'

const help = defineVerb({
  name: 'help',
  forms: [{ form: 'help', does: 'list the control lines' }],
  parse: () => null,
  run: () => done(helpText()),
})

export const CONTROL_VERBS: readonly Verb[] = [
  sync,
  partition,
  cut,
  heal,
  hold,
  deliver,
  release,
  resend,
  latency,
  bandwidth,
  loss,
  clock,
  wait,
  stop,
  start,
  addRegion,
  removeRegionVerb,
  purge,
  flush,
  gc,
  causal,
  xaddId,
  sharding,
  compression,
  backlog,
  memory,
  eviction,
  oomThreshold,
  persistence,
  expect,
  speed,
  pause,
  step,
  help,
]

export type ParsedLine =
  | { readonly ok: true; readonly verb: Verb; readonly parsed: unknown }
  | { readonly ok: false; readonly text: string }

/** Pure: what a line means among these regions, or why it means nothing. */
export function parseControlLine(line: string, regions: KnownRegions): ParsedLine {
  const reader = new LineReader(line, regions)
  let verb: Verb | undefined
  try {
    const name = reader.next('a control line, such as sync').text.toLowerCase()
    verb = CONTROL_VERBS.find((candidate) => candidate.name === name)
    if (verb === undefined) {
      const names = CONTROL_VERBS.map((candidate) => candidate.name).join(', ')
      const column = line.search(/\S/) + 1
      return { ok: false, text: `"${name}" at column ${column}: expected one of ${names} (help explains them)` }
    }
    const parsed = verb.parse(reader)
    reader.end()
    return { ok: true, verb, parsed }
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    const forms = verb?.forms.map(({ form }) => form).join(' · ')
    return { ok: false, text: forms === undefined ? problem.message : `${problem.message}. Accepted: ${forms}` }
  }
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
