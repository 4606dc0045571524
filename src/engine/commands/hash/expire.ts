/** HEXPIRE and the like: expiry times of fields (H3). Redis looks at the key before it reads the rest of the line. */
import { hashType } from '../../crdt/hash/hash.ts'
import { flag, key, later, oneOf, opt } from '../arguments.ts'
import { command, type Command } from '../command.ts'
import { FIELDS_MISSING, fieldDeadline, fieldNames, fieldTime, type FIELD_TIMES } from './field-arguments.ts'
import { expireFields, NO_FIELD, persistFields } from './field-expiry.ts'

const about = {
  group: 'hash',
  since: '7.4.0',
  complexity: 'O(N) for N fields',
  flags: ['write', 'fast'] as const,
  activeActive:
    'Concurrent changes of the expiry of one field: the longest wins, HPERSIST being the longest of all (X1).',
}

/** Array of 2 (removed: the time has passed), 1 (set), 0 (condition failed) or −2 (no such field). */
function expiring(name: string, time: string, as: keyof typeof FIELD_TIMES, summary: string): Command {
  return command({
    ...about,
    name,
    summary,
    flags: ['write', 'denyoom', 'fast'],
    arity: -6,
    args: {
      key: key(),
      options: later({
        time: fieldTime(time),
        condition: opt(oneOf({ nx: flag('NX'), xx: flag('XX'), gt: flag('GT'), lt: flag('LT') }, FIELDS_MISSING)),
        fields: fieldNames({ badCount: 'ERR Parameter `numFields` should be greater than 0' }),
      }),
    },
    run(ctx, args) {
      const state = ctx.read(hashType, args.key)
      const { time: value, condition, fields } = args.options()
      const at = fieldDeadline(ctx, as, value, name.toLowerCase())
      if (state === undefined) return fields.map(() => NO_FIELD)
      return expireFields(ctx, args.key, state, fields, at, condition?.as)
    },
  })
}

/** HEXPIRE key seconds [NX | XX | GT | LT] FIELDS numfields field [field …] → array of codes. */
export const hexpire = expiring('HEXPIRE', 'seconds', 'ex', 'Sets in how many seconds fields expire.')

/** HPEXPIRE key milliseconds … → array of codes. */
export const hpexpire = expiring('HPEXPIRE', 'milliseconds', 'px', 'Sets in how many milliseconds fields expire.')

/** HEXPIREAT key unix-time-seconds … → array of codes. */
export const hexpireat = expiring(
  'HEXPIREAT',
  'unix-time-seconds',
  'exat',
  'Sets at what time, in seconds since 1970, fields expire.',
)

/** HPEXPIREAT key unix-time-milliseconds … → array of codes. */
export const hpexpireat = expiring(
  'HPEXPIREAT',
  'unix-time-milliseconds',
  'pxat',
  'Sets at what time, in milliseconds since 1970, fields expire.',
)

/** HPERSIST key FIELDS numfields field [field …] → array of 1 (done), −1 (it had no expiry) or −2 (no such field). */
export const hpersist = command({
  ...about,
  name: 'HPERSIST',
  summary: 'Takes the expiry away from fields.',
  arity: -5,
  args: { key: key(), options: later({ fields: fieldNames() }) },
  run(ctx, args) {
    const state = ctx.read(hashType, args.key)
    const { fields } = args.options()
    return state === undefined ? fields.map(() => NO_FIELD) : persistFields(ctx, args.key, state, fields)
  },
})
