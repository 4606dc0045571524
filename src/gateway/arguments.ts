/** The command line's words: what is asked for, or what is wrong with it. */
import { parseArgs } from 'node:util'

export type Request =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'run'; readonly files: readonly string[] }
  | { readonly kind: 'mistake'; readonly text: string }

export const HELP = `Usage: crdb-playground run FILE…

  run FILE…    play scenario files and compare the replies with those expected

  -h, --help   show this text
  --version    show the version

Exit status: 0 every expectation was met; 1 one was not, or a file could not be read; 2 the command line is wrong.
`

/** `words`: the command line without the program's name. */
export function readArguments(words: readonly string[]): Request {
  let parsed
  try {
    parsed = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } },
    })
  } catch (error) {
    return { kind: 'mistake', text: error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error) }
  }
  const [command, ...files] = parsed.positionals
  if (parsed.values.help) return { kind: 'help' }
  if (parsed.values.version) return { kind: 'version' }
  if (command === undefined) return { kind: 'mistake', text: 'expected a command: run' }
  if (command !== 'run') return { kind: 'mistake', text: `unknown command ‘${command}’: expected run` }
  if (files.length === 0) return { kind: 'mistake', text: 'run: expected at least one scenario file' }
  return { kind: 'run', files }
}
