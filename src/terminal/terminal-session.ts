/**
 * What a submitted line means, and what replies change: the state that redis-cli keeps besides the line being edited. Replies come from
 * the region; this module invents none.
 */
import type { Bytes } from '../lib/index.ts'
import { isError, toResp2, type PushReply, type Reply } from '../engine/index.ts'
import type { CommandIndex } from './command-index.ts'
import { helpText } from './help.ts'
import { formatInvalidation, formatRawText, formatReply, showsRawText } from './reply-format.ts'
import { safeBytes, safeText } from './quoting.ts'
import { tokenize } from './tokenizer.ts'

export interface TerminalSession {
  /** MULTI was accepted and neither EXEC nor DISCARD has ended it. */
  readonly inTransaction: boolean
  /** After HELLO 3 replies are shown in their RESP3 types. */
  readonly protocol: 2 | 3
  readonly hints: boolean
  /** `subscribed`: messages come in between, Ctrl-C leaves. `monitor`: nothing but lines of MONITOR, until Ctrl-C. */
  readonly mode: 'commands' | 'subscribed' | 'monitor'
}

export type LineAction =
  /** An empty line: just a new prompt. */
  | { readonly type: 'nothing' }
  /** Text to show; lines joined by `\n`. */
  | { readonly type: 'show'; readonly text: string }
  | { readonly type: 'clear' }
  | { readonly type: 'quit'; readonly text: string }
  /** Send `argv` `repeat` times, one after the other, each after the reply to the one before. */
  | { readonly type: 'send'; readonly argv: readonly Bytes[]; readonly repeat: number }

export const NEW_SESSION: TerminalSession = { inTransaction: false, protocol: 2, hints: true, mode: 'commands' }

/** redis-cli has no limit; a page that runs everyone's commands needs one. */
const MAX_REPEAT = 10_000

export function submitLine(
  session: TerminalSession,
  line: string,
  index: CommandIndex,
): { readonly session: TerminalSession; readonly action: LineAction } {
  const tokens = tokenize(line)
  if ('error' in tokens) return { session, action: { type: 'show', text: tokens.error } }
  const [first, ...rest] = tokens.argv
  if (first === undefined) return { session, action: { type: 'nothing' } }
  if (first.startsWith(':')) return setPreference(session, tokens.argv)
  if (/^[+-]?\d+$/.test(first) && rest.length > 0) return { session, action: repeated(Number(first), rest) }
  return {
    session,
    action: clientAction(first.toLowerCase(), rest, index) ?? { type: 'send', argv: tokens.argv, repeat: 1 },
  }
}

/** The session after the reply to `argv`. */
export function afterReply(session: TerminalSession, argv: readonly Bytes[], reply: Reply): TerminalSession {
  const failed = isError(reply)
  switch (argv[0]?.toUpperCase()) {
    case 'MULTI':
      return failed ? session : { ...session, inTransaction: true }
    case 'EXEC':
      // An EXEC that fails (EXECABORT, or no MULTI) leaves no transaction either.
      return { ...session, inTransaction: false }
    case 'DISCARD':
      return failed ? session : { ...session, inTransaction: false }
    case 'RESET':
      return failed ? session : { ...session, inTransaction: false, protocol: 2, mode: 'commands' }
    case 'HELLO':
      return failed || (argv[1] !== '2' && argv[1] !== '3')
        ? session
        : { ...session, protocol: argv[1] === '3' ? 3 : 2 }
    case 'MONITOR':
      return failed || session.inTransaction ? session : { ...session, mode: 'monitor' }
    case 'SUBSCRIBE':
    case 'PSUBSCRIBE':
    case 'SSUBSCRIBE':
      return failed || session.inTransaction ? session : { ...session, mode: 'subscribed' }
    case 'UNSUBSCRIBE':
    case 'PUNSUBSCRIBE':
    case 'SUNSUBSCRIBE':
      return session.mode === 'subscribed' && subscriptionsLeft(reply) === 0
        ? { ...session, mode: 'commands' }
        : session
    default:
      return session
  }
}

/** The session on a new connection: after quit, or after Ctrl-C has left a mode. Preferences stay. */
export function reconnected(session: TerminalSession): TerminalSession {
  return { ...NEW_SESSION, hints: session.hints }
}

/** `region-1:1> `, with redis-cli's marks for a transaction and for subscribe mode. */
export function promptText(session: TerminalSession, name: string): string {
  const marks = `${session.inTransaction ? '(TX)' : ''}${session.mode === 'subscribed' ? '(subscribed mode)' : ''}`
  return `${safeText(name)}${marks}> `
}

/**
 * A reply, or a message that came later, as it is shown: lines joined by `\n`. `session` is the one after `afterReply`, for the answer to
 * HELLO comes in the protocol it asks for. `argv` is the command that it answers.
 */
export function showReply(session: TerminalSession, argv: readonly Bytes[], reply: Reply): string {
  if (session.protocol === 3 && isPush(reply) && reply.items[0] === 'invalidate') return formatInvalidation(reply)
  const view = session.protocol === 2 ? toResp2(reply) : reply
  return showsRawText(argv) && !isError(reply) ? formatRawText(view) : formatReply(view)
}

/** Shown when a session begins to listen. */
export const LISTENING_NOTICE = 'Reading messages... (press Ctrl-C to quit or any key to type command)'

export function isPush(reply: Reply | undefined): reply is PushReply {
  return typeof reply === 'object' && reply !== null && 'type' in reply && reply.type === 'push'
}

function clientAction(command: string, rest: readonly Bytes[], index: CommandIndex): LineAction | undefined {
  switch (command) {
    case 'help':
    case '?':
      return { type: 'show', text: helpText(index, rest) }
    case 'clear':
      return rest.length === 0 ? { type: 'clear' } : undefined
    case 'quit':
    case 'exit':
      return { type: 'quit', text: 'Session closed. The next command opens a new one.' }
    default:
      return undefined
  }
}

function repeated(count: number, argv: readonly Bytes[]): LineAction {
  if (count < 1) return { type: 'show', text: 'Invalid repeat count: a positive number runs the command that often.' }
  if (count > MAX_REPEAT) return { type: 'show', text: `Invalid repeat count: at most ${MAX_REPEAT}.` }
  return { type: 'send', argv, repeat: count }
}

function setPreference(
  session: TerminalSession,
  argv: readonly Bytes[],
): { readonly session: TerminalSession; readonly action: LineAction } {
  const wanted = argv[1]?.toLowerCase()
  if (argv[0]?.toLowerCase() === ':set' && argv.length === 2 && (wanted === 'hints' || wanted === 'nohints')) {
    return { session: { ...session, hints: wanted === 'hints' }, action: { type: 'nothing' } }
  }
  const text = `Unknown setting '${safeBytes(argv.join(' '))}'. Accepted: :set hints, :set nohints.`
  return { session, action: { type: 'show', text } }
}

function subscriptionsLeft(reply: Reply): number | undefined {
  const last = isPush(reply) ? reply.items.at(-1) : undefined
  return typeof last === 'number' ? last : undefined
}
