/** Emptying a whole region: the database's own flush, and FLUSHALL in test mode. */
import type { Context } from './commands/context.ts'
import type { Instance } from './instance.ts'
import { OWN_SESSION } from './session.ts'

/** Removes all that this region has observed, as one write of its own. */
export function flush(instance: Instance, now: number): void {
  const { context } = instance
  context.begin(instance.session(OWN_SESSION, now), now)
  removeEveryKey(context)
  context.end()
  instance.sessions.delete(OWN_SESSION)
}

export function removeEveryKey(ctx: Context): void {
  for (const key of ctx.keyspace.keys.values()) ctx.removeHeader(key, 'del')
  ctx.instance.tracking.flushed()
}
