/** When fields expire. */
import { fieldAt, fieldExpiry, hashType } from '../../crdt/hash/hash.ts'
import { key, later } from '../arguments.ts'
import { command, type Command } from '../command.ts'
import { fieldNames } from './field-arguments.ts'
import { NO_EXPIRY, NO_FIELD } from './field-expiry.ts'

/** Array of times or spans, −1 (no expiry) or −2 (no such field). Seconds are rounded up. */
function telling(name: string, relative: boolean, unitMs: 1 | 1000, summary: string): Command {
  return command({
    name,
    group: 'hash',
    since: '7.4.0',
    summary,
    complexity: 'O(N) for N fields',
    flags: ['readonly', 'fast'],
    arity: -5,
    args: { key: key(), options: later({ fields: fieldNames() }) },
    activeActive: 'Shows the longest of the concurrent expiries that this region has observed (X1).',
    run(ctx, args) {
      const state = ctx.read(hashType, args.key)
      const { fields } = args.options()
      return fields.map((field) => {
        if (state === undefined || fieldAt(state, field, ctx.now) === undefined) return NO_FIELD
        const at = fieldExpiry(state, field)
        return at === undefined ? NO_EXPIRY : Math.ceil((at - (relative ? ctx.now : 0)) / unitMs)
      })
    },
  })
}

/** HTTL key FIELDS numfields field [field …] → array of seconds left. */
export const httl = telling('HTTL', true, 1000, 'Says in how many seconds fields expire.')

/** HPTTL key FIELDS … → array of milliseconds left. */
export const hpttl = telling('HPTTL', true, 1, 'Says in how many milliseconds fields expire.')

/** HEXPIRETIME key FIELDS … → array of times, seconds since 1970. */
export const hexpiretime = telling(
  'HEXPIRETIME',
  false,
  1000,
  'Says at what time, in seconds since 1970, fields expire.',
)

/** HPEXPIRETIME key FIELDS … → array of times, milliseconds since 1970. */
export const hpexpiretime = telling(
  'HPEXPIRETIME',
  false,
  1,
  'Says at what time, in milliseconds since 1970, fields expire.',
)
