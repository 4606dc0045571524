import type { Bytes } from '../../../lib/index.ts'
import { matchesGlob } from '../../glob.ts'
import { busyText, killScript, type LongScript } from '../../long-script.ts'
import { part } from '../../parts.ts'
import { map, OK, set, status, type Reply } from '../../reply.ts'
import type { Functions } from '../../scripting/index.ts'
import { flag, last, opt, rest, str } from '../arguments.ts'
import { command, type CommandFlag } from '../command.ts'
import { fail } from '../errors.ts'
import { about, lastWord, LOCAL, scriptingOf } from './about.ts'

const flags: readonly CommandFlag[] = ['noscript']
const shared = { ...about, since: '7.0.0', flags, activeActive: LOCAL }
const wrongSubcommand = (name: string) =>
  `ERR unknown subcommand or wrong number of arguments for '${name}'. Try FUNCTION HELP.`

/** FUNCTION LOAD [REPLACE] code → the library's name. */
export const functionLoad = command({
  ...shared,
  name: 'FUNCTION LOAD',
  summary: 'Loads a library of functions.',
  complexity: 'O(N) for N bytes of the library',
  flags: ['noscript', 'denyoom'],
  args: {
    replace: opt(flag('REPLACE')),
    code: last(str('function-code'), (_, word) => `ERR Unknown option given: ${word}`),
  },
  run: (ctx, { replace, code }) => scriptingOf(ctx).functions.load(code, replace === true),
})

/** FUNCTION DELETE library → OK. */
export const functionDelete = command({
  ...shared,
  name: 'FUNCTION DELETE',
  summary: 'Deletes a library and its functions.',
  complexity: 'O(1)',
  args: { library: str('library-name') },
  run(ctx, { library }) {
    scriptingOf(ctx).functions.delete(library)
    return OK
  },
})

/** FUNCTION FLUSH [ASYNC | SYNC] → OK. */
export const functionFlush = command({
  ...shared,
  name: 'FUNCTION FLUSH',
  summary: 'Deletes all libraries.',
  complexity: 'O(N) for N libraries',
  args: {
    mode: lastWord(['ASYNC', 'SYNC'], 'ERR FUNCTION FLUSH only supports SYNC|ASYNC option', wrongSubcommand('flush')),
  },
  run(ctx) {
    scriptingOf(ctx).functions.flush()
    return OK
  },
})

interface ListOptions {
  withCode: boolean
  pattern: Bytes | undefined
}

function readListOptions(words: readonly Bytes[]): ListOptions {
  const options: ListOptions = { withCode: false, pattern: undefined }
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as Bytes
    const upper = word.toUpperCase()
    if (!options.withCode && upper === 'WITHCODE') options.withCode = true
    else if (options.pattern === undefined && upper === 'LIBRARYNAME') {
      options.pattern = words[++i] ?? fail('ERR library name argument was not given')
    } else fail(`ERR Unknown argument ${word}`)
  }
  return options
}

function describe({ libraries }: Functions, { withCode, pattern }: ListOptions): Reply[] {
  return libraries
    .filter(({ name }) => pattern === undefined || matchesGlob(pattern.toLowerCase(), name.toLowerCase()))
    .map((library) => {
      const functions = library.functions.map(({ name, description, flags: own }) =>
        map(['name', name, 'description', description ?? null, 'flags', set(own.map(status))]),
      )
      const entries: Reply[] = ['library_name', library.name, 'engine', 'LUA', 'functions', functions]
      return map(withCode ? [...entries, 'library_code', library.code] : entries)
    })
}

/** FUNCTION LIST [LIBRARYNAME pattern] [WITHCODE] → array of maps. */
export const functionList = command({
  ...shared,
  name: 'FUNCTION LIST',
  summary: 'Lists the libraries and their functions.',
  complexity: 'O(N) for N functions',
  args: { options: rest('options') },
  run: (ctx, { options }) => describe(scriptingOf(ctx).functions, readListOptions(options)),
})

function runningFunction({ run, line, startedAt }: LongScript, now: number): Reply {
  return map(['name', run.name, 'command', [...line], 'duration_ms', now - startedAt])
}

/** FUNCTION STATS → map: the function that runs, if any (an error while a script does), and per engine how many libraries and functions there are. */
export const functionStats = command({
  ...shared,
  name: 'FUNCTION STATS',
  summary: 'Counts libraries and functions.',
  complexity: 'O(1)',
  flags: ['noscript', 'stale', 'allow_busy'],
  args: {},
  run(ctx) {
    const { libraries, count } = scriptingOf(ctx).functions
    const counts = map(['libraries_count', libraries.length, 'functions_count', count])
    const { script } = ctx.instance
    if (script?.run.kind === 'script') fail(busyText(script))
    return map([
      'running_script',
      script === null ? null : runningFunction(script, ctx.now),
      'engines',
      map(['LUA', counts]),
    ])
  },
})

/** FUNCTION KILL → OK: the function that runs ends with an error. An error in the same cases as SCRIPT KILL. */
export const functionKill = command({
  ...shared,
  name: 'FUNCTION KILL',
  summary: 'Ends the function that runs.',
  complexity: 'O(1)',
  flags: ['noscript', 'stale', 'allow_busy'],
  args: {},
  activeActive:
    'Ends a function of this region; one that has written goes on to its end, or to its limit of steps (M3).',
  run: (ctx) => killScript(ctx, 'function'),
})

/** FUNCTION DUMP → all libraries in serialized form. */
export const functionDump = command({
  ...shared,
  name: 'FUNCTION DUMP',
  summary: 'Serializes all libraries.',
  complexity: 'O(N) for N bytes of code',
  args: {},
  run: (ctx) => part('lua').dumpLibraries(scriptingOf(ctx).functions.libraries.map(({ code }) => code)),
})

/** FUNCTION RESTORE payload [FLUSH | APPEND | REPLACE] → OK. */
export const functionRestore = command({
  ...shared,
  name: 'FUNCTION RESTORE',
  summary: 'Loads the libraries of a payload that FUNCTION DUMP gave.',
  complexity: 'O(N) for N bytes of code',
  flags: ['noscript', 'denyoom'],
  args: {
    payload: str('serialized-value'),
    policy: lastWord(
      ['FLUSH', 'APPEND', 'REPLACE'],
      'ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.',
      wrongSubcommand('restore'),
    ),
  },
  run(ctx, { payload, policy = 'APPEND' }) {
    scriptingOf(ctx).functions.restore(part('lua').readLibraries(payload), policy)
    return OK
  },
})
