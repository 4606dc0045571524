/** User errors inside handlers: thrown before anything is changed, turned into an error reply by the dispatcher. Texts are Redis's own. */
import { error, type ErrorReply } from '../reply.ts'

export class CommandError {
  readonly reply: ErrorReply
  /** The statistics know of it already: it came from a command that a script called. */
  readonly isCounted: boolean
  constructor(text: string, isCounted = false) {
    this.reply = error(text)
    this.isCounted = isCounted
  }
}

/** Ends a command with an error reply; `text` begins with the code word (`ERR`, `WRONGTYPE` …). */
export function fail(text: string): never {
  throw new CommandError(text)
}

export const SYNTAX_ERROR = 'ERR syntax error'
export const NOT_AN_INTEGER = 'ERR value is not an integer or out of range'
export const NOT_A_FLOAT = 'ERR value is not a valid float'
export const WRONG_TYPE = 'WRONGTYPE Operation against a key holding the wrong kind of value'
export const NO_SUCH_KEY = 'ERR no such key'
export const OVERFLOW = 'ERR increment or decrement would overflow'

/** `name` as typed in the table, e.g. `SET` or `CONFIG GET`. */
export function wrongArity(name: string): string {
  return `ERR wrong number of arguments for '${name.toLowerCase().replace(' ', '|')}' command`
}
