/** The command line's words: what is asked for, or what is wrong with it. */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { readServe, SERVE_OPTIONS, type ServeRequest } from './serve-arguments.ts'
import { mistake, type Mistake } from './mistake.ts'

export interface RunRequest {
  readonly kind: 'run'
  readonly files: readonly string[]
  /** Addresses of servers that are not ours, one per region; empty: the database is simulated. */
  readonly against: readonly URL[]
  /** Whether the servers' keys may be deleted. */
  readonly flush: boolean
}

export type Request =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | RunRequest
  | ServeRequest
  | { readonly kind: 'open'; readonly port: number }
  | Mistake

type Options = NonNullable<ParseArgsConfig['options']>

const COMMON = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } } as const satisfies Options
const RUN = { against: { type: 'string' }, flush: { type: 'boolean' } } as const satisfies Options
const OPEN = { port: { type: 'string' } } as const satisfies Options
const OPTIONS: Readonly<Record<string, Options>> = { run: RUN, serve: SERVE_OPTIONS, open: OPEN }
const COMMANDS = 'run, serve or open'

/** `words`: the command line without the program's name. */
export function readArguments(words: readonly string[]): Request {
  const at = words.findIndex((word) => !word.startsWith('-'))
  const command = words[at]
  if (words.includes('--help') || words.includes('-h')) return { kind: 'help' }
  if (at < 0 && words.includes('--version')) return { kind: 'version' }
  const known = command === undefined ? {} : OPTIONS[command]
  if (known === undefined) return mistake(`unknown command ‘${command}’: expected ${COMMANDS}`)
  let parsed
  try {
    parsed = parseArgs({ args: [...words], allowPositionals: true, options: { ...COMMON, ...known } })
  } catch (error) {
    return mistake(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error))
  }
  const values = parsed.values as Readonly<Record<string, string | boolean | undefined>>
  const [, ...rest] = parsed.positionals
  if (command === undefined) return mistake(`expected a command: ${COMMANDS}`)
  if (command === 'run') return readRun(rest, values)
  if (rest[0] !== undefined) return mistake(`${command}: unexpected ‘${rest[0]}’`)
  return command === 'serve' ? readServe(values) : readOpen(values)
}

type Values = Readonly<Record<string, string | boolean | undefined>>

function readRun(files: readonly string[], { against, flush }: Values): Request {
  if (files.length === 0) return mistake('run: expected at least one scenario file')
  const urls: URL[] = []
  for (const text of typeof against === 'string' ? against.split(',') : []) {
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (url?.protocol !== 'redis:' && url?.protocol !== 'rediss:') {
      return mistake(`run: --against: expected redis://host:port, one per region, separated by commas; found ‘${text}’`)
    }
    urls.push(url)
  }
  return { kind: 'run', files, against: urls, flush: flush === true }
}

function readOpen({ port = '4173' }: Values): Request {
  const number = Number(port)
  if (!/^\d{1,5}$/.test(String(port)) || number > 65_535)
    return mistake(`open: --port: expected 0 to 65535, found ‘${port}’`)
  return { kind: 'open', port: number }
}
