/** Active expiry (X2): the replica whose EXPIRE won removes the key or field when the time comes; the others only hide it. */
import type { Context } from './commands/context.ts'
import { removeFields } from './commands/hash/fields.ts'
import { fieldExpiry, HashState } from './crdt/hash/hash.ts'
import { expiryOwner } from './crdt/parts/expiry.ts'
import { keyExpiry } from './keyspace/key.ts'

/** Removes everything due at `ctx.now` that this instance owns; `removed` is called after each, so that each is a write of its own. */
export function expireDue(ctx: Context, removed: () => void): void {
  for (;;) {
    const hint = ctx.keyspace.expiries.takeDue(ctx.now)
    if (hint === undefined) return
    const key = ctx.keyspace.get(hint.key)
    if (key === undefined) continue
    if (hint.field === null) {
      const at = keyExpiry(key)
      if (at === undefined || at > ctx.now || key.expiry === null || !ctx.keyspace.carriesOut(expiryOwner(key.expiry)))
        continue
      if (ctx.removeHeader(key, 'expired')) removed()
    } else if (key.value instanceof HashState) {
      const at = fieldExpiry(key.value, hint.field)
      const cell = key.value.expiries?.get(hint.field)
      if (at === undefined || at > ctx.now || cell === undefined || !ctx.keyspace.carriesOut(expiryOwner(cell)))
        continue
      if (!key.value.cells.has(hint.field)) continue
      removeFields(ctx, hint.key, key.value, [hint.field], 'hexpired')
      removed()
    }
  }
}
