/** CLIENT PAUSE (test mode): which commands wait until it is over. */
import type { Bytes } from '../lib/index.ts'
import { mayWrite, type Command } from './commands/command.ts'
import type { Instance } from './instance.ts'
import { NO_REPLY, type Reply } from './reply.ts'
import type { Session } from './session.ts'

/** Whether a pause is on; one that is over is forgotten. */
export function pauses(instance: Instance, now: number): boolean {
  if (instance.pause !== null && instance.pause.until <= now) instance.pause = null
  return instance.pause !== null
}

/** Lets a command line wait until the pause is over. */
export function postpone({ pause, blocking }: Instance, session: Session, argv: readonly Bytes[], now: number): Reply {
  const until = pause?.until ?? now
  session.pending.push(argv)
  blocking.add(session, { keys: [], timeoutMs: until - now, attempt: () => undefined, timedOut: NO_REPLY }, now)
  return NO_REPLY
}

/** Ends the pause. */
export function unpause(instance: Instance, now: number): void {
  instance.pause = null
  for (const { waiting } of instance.sessions.values())
    if (waiting?.timedOut === NO_REPLY) instance.release(waiting, NO_REPLY, now)
}

/** Whether this command line of a session must wait. What is queued for EXEC waits with EXEC. */
export function waitsForPause(
  instance: Instance,
  session: Session,
  command: Command,
  argv: readonly Bytes[],
  now: number,
): boolean {
  if (!pauses(instance, now)) return false
  const all = instance.pause?.all === true
  if (command.name !== 'EXEC') return session.queue === null && (all || lineMayWrite(instance, command, argv))
  return all || session.queue?.some((queued) => lineMayWrite(instance, queued.command, queued.argv)) === true
}

/** A script or function that is declared `no-writes` does not write. */
function lineMayWrite({ scripting }: Instance, command: Command, argv: readonly Bytes[]): boolean {
  const [, what = ''] = argv
  switch (command.name) {
    case 'EVAL':
      return !/^#!lua[^\n]*\bno-writes\b/.test(what)
    case 'EVALSHA':
      return scripting?.scripts.isReadonly(what) !== true
    case 'FCALL':
      return scripting?.functions.isReadonly(what) !== true
    default:
      return mayWrite(command)
  }
}
