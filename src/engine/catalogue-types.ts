/**
 * What is publicly known of a command, as plain data: it crosses the worker boundary, so that terminal hints, completion, help, COMMAND
 * DOCS and random-command tests read one source. Made from the command declarations by `catalogue()`.
 */

/** One node of a command's argument tree. */
export interface ArgumentDoc {
  /** Name shown in hints, e.g. `key`, `seconds`. */
  readonly name: string
  readonly type: 'key' | 'string' | 'integer' | 'double' | 'unix-time' | 'pattern' | 'pure-token' | 'oneof' | 'block'
  /** The literal word that introduces the argument (`EX` in `EX seconds`), or that is the argument (`pure-token`). */
  readonly token?: string
  readonly optional?: true
  readonly multiple?: true
  /** The token is repeated with every occurrence. */
  readonly multipleToken?: true
  /** Children of `oneof` and `block`. */
  readonly arguments?: readonly ArgumentDoc[]
}

export type CommandSupport =
  | { readonly kind: 'full' }
  /** Refused in an Active-Active database (rule M4): why, and what to use instead. */
  | { readonly kind: 'refused'; readonly reason: string; readonly alternative?: string }

export interface CommandDoc {
  /** Upper case; a subcommand is `CONFIG GET`. */
  readonly name: string
  readonly group: string
  readonly since: string
  readonly summary: string
  readonly complexity: string
  /** As COMMAND INFO gives it: exact count, or minus the least count; the command's own name counts (both words of a subcommand). */
  readonly arity: number
  readonly flags: readonly string[]
  readonly arguments: readonly ArgumentDoc[]
  /** What differs, or how conflicts resolve, in an Active-Active database: one sentence. */
  readonly activeActive: string
  readonly support: CommandSupport
}
