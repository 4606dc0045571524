/** The COMMAND family: the declarations as clients and `redis-cli` ask for them. */
import type { Bytes } from '../../../lib/index.ts'
import type { ArgumentDoc } from '../../catalogue-types.ts'
import { isError, map, NULL_ARRAY, set, status, type Reply } from '../../reply.ts'
import { many, named, oneOf, opt, rest, str } from '../arguments.ts'
import { command, type Command, type CommandFlag } from '../command.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import { matchesGlob } from '../../glob.ts'
import { categoriesOf } from './categories.ts'
import { keyRange, keySpecs, type KeySpec } from './key-specs.ts'
import { tipsOf, usesInLine, usesOfKeys } from './key-uses.ts'

const flags: readonly CommandFlag[] = ['loading', 'stale']
const about = {
  group: 'server',
  flags,
  activeActive: 'Lists what this database supports; refused commands (M4) are left out.',
}

/** A command by its first word: its own declaration (absent for `CLIENT`), and its subcommands. */
interface Entry {
  readonly name: string
  readonly own: Command | undefined
  readonly subcommands: readonly Command[]
}

function supported({ instance }: Context): Entry[] {
  const entries = new Map<string, { name: string; own: Command | undefined; subcommands: Command[] }>()
  for (const one of instance.table.all) {
    if (one.support.kind !== 'full') continue
    const name = one.fullName.split('|')[0] as string
    let entry = entries.get(name)
    if (entry === undefined) entries.set(name, (entry = { name, own: undefined, subcommands: [] }))
    if (one.words === 1) entry.own = one
    else entry.subcommands.push(one)
  }
  return [...entries.values()]
}

/** `get`, `config` or `config|get`; undefined when there is no such command. */
function entryOf(ctx: Context, asked: Bytes): Entry | undefined {
  const [first, second] = asked.toLowerCase().split('|')
  const entry = supported(ctx).find(({ name }) => name === first)
  if (entry === undefined || second === undefined) return entry
  const own = entry.subcommands.find(({ fullName }) => fullName === asked.toLowerCase())
  return own && { name: own.fullName, own, subcommands: [] }
}

function infoOf({ name, own, subcommands }: Entry): Reply {
  const specs = own === undefined ? [] : keySpecs(own.doc.arguments, own.words)
  const keys = keyRange(specs)
  const shownFlags = (own?.flags ?? []).filter((flag) => flag !== 'no_multi' && flag !== 'random')
  return [
    name,
    own?.arity ?? -2,
    set([...shownFlags, ...(keys.movable && !shownFlags.includes('movablekeys') ? ['movablekeys'] : [])].map(status)),
    keys.first,
    keys.last,
    keys.step,
    set((own === undefined ? ['slow'] : categoriesOf(own)).map((category) => status(`@${category}`))),
    own === undefined ? [] : tipsOf(own),
    own === undefined ? [] : specsOf(own, specs),
    subcommands.map((one) => infoOf({ name: one.fullName, own: one, subcommands: [] })),
  ]
}

function specsOf(own: Command, specs: readonly KeySpec[]): Reply[] {
  if (specs.length === 0) return []
  const uses = usesOfKeys(own)
  return uses.map((use, i) => specOf(use, i === uses.length - 1 ? joined(specs.slice(i)) : specs[i]))
}

/** Runs of one key each that stand side by side, as one. */
function joined(specs: readonly KeySpec[]): KeySpec | undefined {
  const [first] = specs
  if (first === undefined || specs.length === 1 || !('last' in first.found)) return first
  return { begin: first.begin, found: { ...first.found, last: specs.length - 1 } }
}

function specOf(use: string, spec: KeySpec | undefined): Reply {
  const flagsOfUse = set(wordsOf(use).map(status))
  const part = (type: string, fields: readonly Reply[]) => map(['type', type, 'spec', map(fields)])
  if (use.startsWith('?') || spec === undefined) {
    return map(['flags', flagsOfUse, 'begin_search', part('unknown', []), 'find_keys', part('unknown', [])])
  }
  const { begin, found } = spec
  return map([
    'flags',
    flagsOfUse,
    'begin_search',
    'index' in begin
      ? part('index', ['index', begin.index])
      : part('keyword', ['keyword', begin.keyword, 'startfrom', begin.from]),
    'find_keys',
    'last' in found
      ? part('range', ['lastkey', found.last, 'keystep', found.step, 'limit', found.limit])
      : part('keynum', ['keynumidx', 0, 'firstkey', 1, 'keystep', found.step]),
  ])
}

/** `RW ACCESS`, with or without a leading `?`, as flags are shown: `RW`, `access`. */
function wordsOf(use: string): string[] {
  return use
    .replace('?', '')
    .split(' ')
    .map((word) => (/^(RO|RW|OW|RM)$/.test(word) ? word : word.toLowerCase()))
}

function docOf({ name, own, subcommands }: Entry): Reply[] {
  const doc = own?.doc
  const entries: Reply[] = ['summary', doc?.summary ?? `Commands that begin with ${name.toUpperCase()}.`]
  entries.push(
    'since',
    doc?.since ?? subcommands[0]?.doc.since ?? '',
    'group',
    doc?.group ?? subcommands[0]?.doc.group ?? '',
  )
  if (doc !== undefined) entries.push('complexity', doc.complexity)
  if (doc !== undefined && doc.arguments.length > 0) entries.push('arguments', doc.arguments.map(argumentOf))
  if (subcommands.length > 0) {
    const inner = subcommands.flatMap((one) => docOf({ name: one.fullName, own: one, subcommands: [] }))
    entries.push('subcommands', map(inner))
  }
  return [name, map(entries)]
}

function argumentOf(arg: ArgumentDoc): Reply {
  const marks = [
    ...(arg.optional ? ['optional'] : []),
    ...(arg.multiple ? ['multiple'] : []),
    ...(arg.multipleToken ? ['multiple_token'] : []),
  ]
  return map([
    'name',
    arg.name,
    'type',
    arg.type,
    ...(arg.token === undefined ? [] : ['token', arg.token]),
    ...(marks.length === 0 ? [] : ['flags', marks.map(status)]),
    ...(arg.arguments === undefined ? [] : ['arguments', arg.arguments.map(argumentOf)]),
  ])
}

/** COMMAND → array of COMMAND INFO entries. */
export const commandAll = command({
  ...about,
  name: 'COMMAND',
  since: '2.8.13',
  summary: 'Describes all commands.',
  complexity: 'O(N) for N commands',
  arity: -1,
  args: {},
  run: (ctx) => supported(ctx).map(infoOf),
})

/** COMMAND COUNT → integer. */
export const commandCount = command({
  ...about,
  name: 'COMMAND COUNT',
  since: '2.8.13',
  summary: 'How many commands there are.',
  complexity: 'O(1)',
  args: {},
  run: (ctx) => supported(ctx).length,
})

/** COMMAND INFO [name …] → array: name, arity, flags, first key, last key, step, categories, tips, key specs, subcommands; null for an unknown name. */
export const commandInfo = command({
  ...about,
  name: 'COMMAND INFO',
  since: '2.8.13',
  summary: 'Describes commands: arity, flags, keys.',
  complexity: 'O(N) for N commands',
  args: { names: opt(many(str('command-name'))) },
  run(ctx, { names }) {
    if (names === undefined) return supported(ctx).map(infoOf)
    return names.map((name) => {
      const entry = entryOf(ctx, name)
      return entry === undefined ? NULL_ARRAY : infoOf(entry)
    })
  },
})

/** COMMAND DOCS [name …] → map of names and maps; unknown names are left out. */
export const commandDocs = command({
  ...about,
  name: 'COMMAND DOCS',
  since: '7.0.0',
  summary: 'Documents commands: summary, arguments.',
  complexity: 'O(N) for N commands',
  args: { names: opt(many(str('command-name'))) },
  run(ctx, { names }) {
    const entries = names === undefined ? supported(ctx) : names.flatMap((name) => entryOf(ctx, name) ?? [])
    return map(entries.flatMap(docOf))
  },
})

/** COMMAND LIST [FILTERBY MODULE name | ACLCAT category | PATTERN pattern] → array of names. */
export const commandList = command({
  ...about,
  name: 'COMMAND LIST',
  since: '7.0.0',
  summary: 'Lists the names of commands.',
  complexity: 'O(N) for N commands',
  args: {
    filterby: opt(
      named(
        'FILTERBY',
        oneOf({
          module: named('MODULE', str('module-name')),
          category: named('ACLCAT', str()),
          pattern: named('PATTERN', str()),
        }),
      ),
    ),
  },
  run(ctx, { filterby }) {
    const all = supported(ctx).flatMap(({ name, own, subcommands }) => [
      { name, own },
      ...subcommands.map((one) => ({ name: one.fullName, own: one })),
    ])
    if (filterby === undefined) return all.map(({ name }) => name)
    const { as, value } = filterby
    if (as === 'module') return []
    const wanted = value.toLowerCase()
    return all
      .filter(({ name, own }) =>
        as === 'pattern' ? matchesGlob(wanted, name) : own !== undefined && categoriesOf(own).includes(wanted),
      )
      .map(({ name }) => name)
  },
})

function takesKeys({ doc, words, flags: own }: Command): boolean {
  return own.includes('movablekeys') || (keySpecs(doc.arguments, words).length > 0 && doc.group !== 'pubsub')
}

/** The keys of a command line, for GETKEYS; ends with Redis's errors when there is no such command, or nothing to find. */
function keysOfLine({ instance }: Context, line: readonly Bytes[]): { keys: Bytes[]; found: Command } {
  const found = instance.table.lookup(line)
  if ('type' in found && isError(found)) fail('ERR Invalid command specified')
  const one = found as Command
  if (one.arity > 0 ? line.length !== one.arity : line.length < -one.arity) {
    fail('ERR Invalid number of arguments specified for command')
  }
  const keys = one.keysOf(line)
  if (keys.length === 0 && !takesKeys(one)) fail('ERR The command has no key arguments')
  return { keys, found: one }
}

/** COMMAND GETKEYS command [argument …] → array of keys. */
export const commandGetkeys = command({
  ...about,
  name: 'COMMAND GETKEYS',
  since: '2.8.13',
  summary: 'Finds the keys in a command line.',
  complexity: 'O(N) for N arguments',
  arity: -3,
  args: { line: rest('command') },
  run: (ctx, { line }) => keysOfLine(ctx, line).keys,
})

/** COMMAND GETKEYSANDFLAGS command [argument …] → array of pairs: key, and how it is used, such as `RO` `access`. */
export const commandGetkeysandflags = command({
  ...about,
  name: 'COMMAND GETKEYSANDFLAGS',
  since: '7.0.0',
  summary: 'Finds the keys in a command line, and says how each is used.',
  complexity: 'O(N) for N arguments',
  arity: -3,
  args: { line: rest('command') },
  run(ctx, { line }) {
    const { keys, found } = keysOfLine(ctx, line)
    const uses = usesInLine(found, line)
    return keys.map((key, i) => [key, set(wordsOf(uses[Math.min(i, uses.length - 1)] as string).map(status))])
  },
})
