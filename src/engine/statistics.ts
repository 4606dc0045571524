/** What INFO counts. */
import type { Command } from './commands/command.ts'
import type { ErrorReply } from './reply.ts'

export interface CommandCounts {
  calls: number
  /** Refused before it ran: wrong number of arguments, not allowed now. */
  rejected: number
  /** Ran and gave an error. */
  failed: number
}

/** Redis stops telling error codes apart when a client makes up too many. */
const MOST_ERROR_CODES = 128

export class Statistics {
  commands = 0
  expiredKeys = 0
  evictedKeys = 0
  hits = 0
  misses = 0
  errors = 0
  /** Sessions opened, ever. */
  connections = 0
  /** Writes since the start, or since a SAVE. */
  changes = 0
  readonly byCommand = new Map<Command, CommandCounts>()
  readonly byError = new Map<string, number>()

  countsOf(command: Command): CommandCounts {
    let counts = this.byCommand.get(command)
    if (counts === undefined) this.byCommand.set(command, (counts = { calls: 0, rejected: 0, failed: 0 }))
    return counts
  }

  /** A command has ended, well or not. */
  ran(command: Command): void {
    this.commands++
    this.countsOf(command).calls++
  }

  failed({ text }: ErrorReply): void {
    this.errors++
    const end = text.indexOf(' ')
    const code = end < 0 ? text : text.slice(0, end)
    if (this.byError.has(code) || this.byError.size < MOST_ERROR_CODES)
      this.byError.set(code, (this.byError.get(code) ?? 0) + 1)
  }

  /** CONFIG RESETSTAT. */
  reset(): void {
    this.commands = this.expiredKeys = this.evictedKeys = this.hits = this.misses = this.errors = this.connections = 0
    this.byCommand.clear()
    this.byError.clear()
  }
}
