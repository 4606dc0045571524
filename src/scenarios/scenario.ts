/**
 * A scenario as plain data: what a Markdown file says, ready to run. A `Scenario` exists only for a file without problems, so whoever holds one may
 * run it. Regions are numbered 1, 2, 3 …; commands are tokenised already.
 */
import type { Bytes } from '../lib/index.ts'

/** Where something stands in its file; both count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** What is wrong in a file, where, and what was expected there. */
export interface Problem extends Place {
  readonly file: string
  readonly message: string
}

export interface Command {
  readonly place: Place
  readonly text: string
  readonly argv: readonly Bytes[]
  /** redis-cli output or a summary of it; undefined when any reply but an error will do. */
  readonly expected: string | undefined
}

interface RowBase {
  readonly place: Place
  /** The row's label, e.g. `t1`. */
  readonly time: string
  /** Virtual ms at which the row begins; undefined: a second after the one before it. */
  readonly atMs: number | undefined
  /** The text of the extra columns, by their headings. */
  readonly notes: Readonly<Record<string, string>>
}
interface CommandRow extends RowBase {
  readonly kind: 'commands'
  /** Commands per region; index 0 is region 1. */
  readonly cells: readonly (readonly Command[])[]
}
/** `line` is in the control language; a sync row has the line `sync`. */
interface ControlRow extends RowBase {
  readonly kind: 'control'
  readonly line: string
}
export type Row = CommandRow | ControlRow

/** One line of `given`, `check` or `solution`. */
export type ScriptLine =
  | { readonly kind: 'control'; readonly place: Place; readonly line: string }
  | { readonly kind: 'command'; readonly place: Place; readonly region: number; readonly command: Command }

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly Row[] }

export type Column =
  | { readonly kind: 'time'; readonly title: string }
  | { readonly kind: 'region'; readonly title: string; readonly region: number }
  | { readonly kind: 'note'; readonly title: string }

/** `check` holds control-language `expect` lines: they must fail before the solution, and pass after it. */
export interface ExerciseStep {
  readonly place: Place
  readonly title: string
  readonly text: string
  readonly check: readonly ScriptLine[]
  readonly hints: readonly string[]
  readonly solution: readonly ScriptLine[]
}

export interface Scenario {
  readonly file: string
  readonly title: string
  /** Region names. */
  readonly regions: readonly string[]
  readonly seed: number
  /** Wall-clock ms since 1970 at the beginning; undefined: the one that all scenarios have. */
  readonly startMs: number | undefined
  /** One-way delay of every link; undefined: links are held, and only a sync lets messages through. */
  readonly latencyMs: number | undefined
  /** Control lines for the database settings (`causal on`, `xadd-id liberal`). */
  readonly setup: readonly ScriptLine[]
  readonly given: readonly ScriptLine[]
  readonly blocks: readonly Block[]
  /** Empty unless the file is an exercise. */
  readonly exercise: readonly ExerciseStep[]
}

/** All rows of all tables, in order. */
export function rowsOf(scenario: Scenario): readonly Row[] {
  return scenario.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []))
}

/** `file:line:column: message`, as compilers write it. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`
}
