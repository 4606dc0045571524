/** The control language over RESP: one command is one line. Also what client libraries say when they connect. */
import { type Bytes, bytesOfText, textOfBytes } from '../../lib/index.ts'
import { error, map, OK, PONG, status, type Reply } from '../../engine/index.ts'
import type { ControlResult } from '../../simulation/index.ts'
import { quoteArgument } from '../../terminal/index.ts'

/** A greeting and its answer, undefined for a control line. */
export function greeting(argv: readonly Bytes[]): Reply | undefined {
  switch (argv[0]?.toLowerCase()) {
    case 'ping':
      return argv[1] ?? PONG
    case 'quit':
    case 'client':
    case 'select':
      return OK
    case 'command':
      return []
    case 'info':
      return 'redis_version:0.0.0\r\nrole:control-port\r\n'
    case 'hello':
      if (argv[1] !== undefined && argv[1] !== '2') return error('NOPROTO the control port speaks RESP2')
      return map(['server', 'crdb-playground', 'proto', 2, 'mode', 'control', 'role', 'control', 'modules', []])
    default:
      return undefined
  }
}

/** May stand before any line: redis-cli keeps `sync` and `help` for itself. */
const PREFIX = 'crdb'

/**
 * The words of a command as one line. A single argument is the line itself; a word that the shell has freed of its quotes, such as a key with a space, gets
 * them back.
 */
export function lineOf(command: readonly Bytes[]): string {
  const argv = command.length > 1 && command[0]?.toLowerCase() === PREFIX ? command.slice(1) : command
  const words =
    argv.length === 1
      ? argv
      : argv.map((word) => (/["']/.test(word) || !/^$|\s/.test(word) ? word : quoteArgument(word)))
  return textOfBytes(words.join(' '))
}

/** OK for a line that says nothing, its one line, or a list of its lines. */
export function resultReply({ ok, text }: ControlResult): Reply {
  const bytes = bytesOfText(text)
  if (!ok) return error(`ERR ${bytes}`)
  if (bytes === '') return OK
  return bytes.includes('\n') ? bytes.split('\n').map(status) : status(bytes)
}
