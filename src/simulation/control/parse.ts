/** What a line means: pure, and a line that does not parse changes nothing. */
import { type KnownRegions, LineReader, Refusal } from './line-reader.ts'
import type { Verb } from './verb.ts'

export type ParsedLine =
  | { readonly ok: true; readonly verb: Verb; readonly parsed: unknown }
  | { readonly ok: false; readonly text: string }

/** Pure: what a line means among these regions, or why it means nothing. */
export function parseWith(verbs: readonly Verb[], line: string, regions: KnownRegions): ParsedLine {
  const reader = new LineReader(line, regions)
  let verb: Verb | undefined
  try {
    const name = reader.next('a control line, such as sync').text.toLowerCase()
    verb = verbs.find((candidate) => candidate.name === name)
    if (verb === undefined) {
      const names = verbs.map((candidate) => candidate.name).join(', ')
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
