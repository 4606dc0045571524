/** The table of all commands, and how a command line finds its own. */
import type { Bytes } from '../../lib/index.ts'
import { error, type ErrorReply } from '../reply.ts'
import { BITMAP_COMMANDS } from './bitmap/index.ts'
import type { Command } from './command.ts'
import { CONNECTION_COMMANDS } from './connection/index.ts'
import { GENERIC_COMMANDS } from './generic/index.ts'
import { GEO_COMMANDS } from './geo/index.ts'
import { HASH_COMMANDS } from './hash/index.ts'
import { HYPERLOGLOG_COMMANDS } from './hyperloglog/index.ts'
import { PUBSUB_COMMANDS } from './pubsub/index.ts'
import { JSON_COMMANDS } from './json/index.ts'
import { LIST_COMMANDS } from './list/index.ts'
import { REFUSED_COMMANDS } from './refused.ts'
import { SCRIPTING_COMMANDS } from './scripting/index.ts'
import { SEARCH_COMMANDS } from './search/index.ts'
import { SERVER_COMMANDS } from './server/index.ts'
import { SET_COMMANDS } from './set/index.ts'
import { SORTED_SET_COMMANDS } from './sorted-set/index.ts'
import { STREAM_COMMANDS } from './stream/index.ts'
import { STRING_COMMANDS } from './string/index.ts'
import { TRANSACTION_COMMANDS } from './transactions/index.ts'

export const COMMANDS: readonly Command[] = [
  ...STRING_COMMANDS,
  ...BITMAP_COMMANDS,
  ...HASH_COMMANDS,
  ...SET_COMMANDS,
  ...SORTED_SET_COMMANDS,
  ...GEO_COMMANDS,
  ...HYPERLOGLOG_COMMANDS,
  ...STREAM_COMMANDS,
  ...LIST_COMMANDS,
  ...JSON_COMMANDS,
  ...GENERIC_COMMANDS,
  ...PUBSUB_COMMANDS,
  ...CONNECTION_COMMANDS,
  ...TRANSACTION_COMMANDS,
  ...SCRIPTING_COMMANDS,
  ...SERVER_COMMANDS,
  ...SEARCH_COMMANDS,
  ...REFUSED_COMMANDS,
]

export interface CommandTable {
  readonly all: readonly Command[]
  /** The command that a line names, or the error that Redis gives for it. */
  readonly lookup: (argv: readonly Bytes[]) => Command | ErrorReply
  /** Subcommands of a container, by their second word; undefined when `first` is no container. */
  readonly subcommandsOf: (first: string) => ReadonlyMap<string, Command> | undefined
}

/** Of two commands of one name the later counts. */
export function tableOf(commands: readonly Command[]): CommandTable {
  const byName = new Map<string, Command>()
  /** Commands that have subcommands, by their first word; `COMMAND` alone is a command too. */
  const containers = new Map<string, Map<string, Command>>()
  for (const command of commands) {
    const [first = '', second] = command.name.split(' ')
    if (second === undefined) {
      byName.set(first, command)
      byName.set(first.toLowerCase(), command)
    } else {
      let subcommands = containers.get(first)
      if (subcommands === undefined) containers.set(first, (subcommands = new Map()))
      subcommands.set(second, command)
    }
  }
  /** Those that their first word alone names. */
  const plain = new Map([...byName].filter(([, { name }]) => !containers.has(name)))
  const all = [...new Map(commands.map((command) => [command.name, command])).values()]

  function lookup(argv: readonly Bytes[]): Command | ErrorReply {
    const typed = argv[0] ?? ''
    const known = plain.get(typed)
    if (known !== undefined) return known
    const first = typed.toUpperCase()
    const subcommands = containers.get(first)
    const second = argv[1]
    if (subcommands !== undefined && second !== undefined) {
      return subcommands.get(second.toUpperCase()) ?? unknownSubcommand(first, second)
    }
    const command = byName.get(first)
    if (command !== undefined) return command
    if (subcommands !== undefined) return error(`ERR wrong number of arguments for '${first.toLowerCase()}' command`)
    return unknownCommand(argv)
  }

  return { all, lookup, subcommandsOf: (first) => containers.get(first) }
}

/** What an Active-Active database answers. */
export const TABLE: CommandTable = tableOf(COMMANDS)

/** Redis shows at most this much of unknown words. */
const SHOWN_LENGTH = 128

function unknownCommand(argv: readonly Bytes[]): ErrorReply {
  let shown = ''
  for (const word of argv.slice(1)) {
    if (shown.length >= SHOWN_LENGTH) break
    shown += `'${word.slice(0, SHOWN_LENGTH - shown.length)}' `
  }
  return error(`ERR unknown command '${(argv[0] ?? '').slice(0, SHOWN_LENGTH)}', with args beginning with: ${shown}`)
}

function unknownSubcommand(container: string, word: Bytes): ErrorReply {
  return error(`ERR unknown subcommand '${word.slice(0, SHOWN_LENGTH)}'. Try ${container} HELP.`)
}
