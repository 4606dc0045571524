/** What a control verb is made of. One literal per verb drives parsing, help and error texts. */
import type { ControlResult } from '../cluster-types.ts'
import type { AdminState } from '../admin/index.ts'
import type { Kernel } from '../kernel.ts'
import type { LineReader } from './line-reader.ts'

/** What control lines set besides the simulated world itself. */
export interface Dials {
  /** Virtual seconds per real second; 0 is paused, Infinity is "max". */
  speed: number
  /** What the administration's tools have set; absent until they are used. */
  admin?: AdminState
}

export interface ControlContext {
  readonly kernel: Kernel
  readonly dials: Dials
}

export interface Form {
  /** As one types it, placeholders by example. */
  readonly form: string
  readonly does: string
}

export interface Verb<T = unknown> {
  readonly name: string
  readonly forms: readonly [Form, ...Form[]]
  /** Reads the words after the name. Refuses by the reader; changes nothing. */
  parse(line: LineReader): T
  /** Carries the line out. A result that is not ok changed nothing, except that a check may have run its command. */
  run(context: ControlContext, parsed: T): Promise<ControlResult> | ControlResult
}

/** Lets the table hold verbs of different arguments; each verb's `run` only ever gets what its own `parse` made. */
export function defineVerb<T>(verb: Verb<T>): Verb {
  return verb as Verb
}

export const done = (text = ''): ControlResult => ({ ok: true, text })
export const refused = (text: string): ControlResult => ({ ok: false, text })

/** `1 message`, `2 messages`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
