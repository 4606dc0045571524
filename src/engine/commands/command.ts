/** A command is one literal; everything that is known of it derives from it. */
import type { Bytes } from '../../lib/index.ts'
import type { ArgumentDoc, CommandDoc, CommandSupport } from '../catalogue-types.ts'
import type { Reply } from '../reply.ts'
import { readRecord, type Arg, type Parsed, type Reader } from './arguments.ts'
import type { Context } from './context.ts'
import { fail, SYNTAX_ERROR } from './errors.ts'
import type { PartName } from '../parts.ts'

export type CommandFlag =
  | 'write'
  | 'readonly'
  | 'denyoom'
  | 'fast'
  | 'admin'
  | 'noscript'
  | 'random'
  | 'loading'
  | 'stale'
  | 'no_multi'
  | 'movablekeys'
  | 'pubsub'
  | 'blocking'
  | 'allow_busy'
  | 'no_auth'
  | 'no_mandatory_keys'
  | 'skip_monitor'
  | 'skip_slowlog'

type Args = Readonly<Record<string, Arg<unknown>>>

export interface CommandLiteral<A extends Args> {
  readonly name: string
  readonly group: string
  readonly since: string
  readonly summary: string
  readonly complexity: string
  readonly flags: readonly CommandFlag[]
  readonly args: A
  readonly activeActive: string
  /** Overrides what derives from `args`, where Redis's table says otherwise. */
  readonly arity?: number
  /** The part of the engine that must be loaded before it runs. */
  readonly part?: PartName
  readonly run: (ctx: Context, args: Parsed<A>) => Reply
}

export interface Command {
  readonly name: string
  /** Lower case, as in replies and error texts: `set`, `config|get`. */
  readonly fullName: string
  readonly arity: number
  readonly flags: readonly CommandFlag[]
  readonly writes: boolean
  readonly doc: CommandDoc
  /** How many leading words are its name: 1, or 2 for a subcommand. */
  readonly words: number
  readonly support: CommandSupport
  readonly part?: PartName
  /** Reads the arguments and runs. */
  readonly execute: (ctx: Context, argv: readonly Bytes[]) => Reply
  /** The keys in a command line; ends with the command's own error when it cannot be read. */
  readonly keysOf: (argv: readonly Bytes[]) => Bytes[]
}

export function command<const A extends Args>(literal: CommandLiteral<A>): Command {
  const { name, args, run } = literal
  const entries = Object.entries(args)
  const words = name.includes(' ') ? 2 : 1
  const parse = (reader: Reader): Parsed<A> => {
    const parsed = readRecord(entries, reader)
    if (reader.at < reader.argv.length) fail(SYNTAX_ERROR)
    return parsed as Parsed<A>
  }
  const support: CommandSupport = { kind: 'full' }
  const arity = literal.arity ?? arityOf(entries, words)
  return {
    name,
    fullName: name.toLowerCase().replace(' ', '|'),
    arity,
    flags: literal.flags,
    writes: literal.flags.includes('write'),
    words,
    support,
    ...(literal.part === undefined ? {} : { part: literal.part }),
    doc: {
      name,
      group: literal.group,
      since: literal.since,
      summary: literal.summary,
      complexity: literal.complexity,
      arity,
      flags: literal.flags,
      arguments: entries.map(([key, arg]) => docOf(key, arg)),
      activeActive: literal.activeActive,
      support,
    },
    execute: (ctx, argv) => run(ctx, parse({ name, argv, at: words, keys: null })),
    keysOf(argv) {
      const keys: Bytes[] = []
      parse({ name, argv, at: words, keys })
      return keys
    },
  }
}

/** May change something here or elsewhere. */
export function mayWrite(command: Command): boolean {
  return command.writes || /^(S?PUBLISH|PFCOUNT|EVAL|EVALSHA|FCALL)$/.test(command.name)
}

/** A command that Active-Active refuses (M4): known by name, with a reason and what to use instead. */
export function refused(name: string, group: string, reason: string, alternative?: string): Command {
  const support: CommandSupport = { kind: 'refused', reason, ...(alternative === undefined ? {} : { alternative }) }
  const text = `ERR ${name} is not supported in an Active-Active database: ${reason}${alternative === undefined ? '' : `; ${alternative}`}`
  const words = name.includes(' ') ? 2 : 1
  return {
    name,
    fullName: name.toLowerCase().replace(' ', '|'),
    arity: -words,
    flags: [],
    writes: false,
    words,
    support,
    doc: {
      name,
      group,
      since: '',
      summary: reason,
      complexity: '',
      arity: -words,
      flags: [],
      arguments: [],
      activeActive: `Refused: ${reason}${alternative === undefined ? '' : `; ${alternative}`}.`,
      support,
    },
    execute: () => fail(text),
    keysOf: () => [],
  }
}

function arityOf(entries: readonly (readonly [string, Arg<unknown>])[], words: number): number {
  let least = words
  let exact = true
  for (const [, arg] of entries) {
    if (!arg.optional) least += arg.least
    if (!isExact(arg)) exact = false
  }
  return exact ? least : -least
}

function isExact(arg: Arg<unknown>): boolean {
  if (arg.optional || arg.multiple || arg.type === 'oneof')
    return arg.type === 'oneof' && !arg.optional && !arg.multiple
  return arg.children === undefined || Object.values(arg.children).every(isExact)
}

function docOf(key: string, arg: Arg<unknown>): ArgumentDoc {
  return {
    name: arg.name ?? key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    type: arg.type,
    ...(arg.token === undefined ? {} : { token: arg.token }),
    ...(arg.optional ? { optional: true as const } : {}),
    ...(arg.multiple ? { multiple: true as const } : {}),
    ...(arg.multipleToken ? { multipleToken: true as const } : {}),
    ...(arg.children === undefined ? {} : { arguments: Object.entries(arg.children).map(([k, a]) => docOf(k, a)) }),
  }
}
