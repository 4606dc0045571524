import { OK } from '../../reply.ts'
import { flag, int, key, oneOf, opt, str } from '../arguments.ts'
import { command } from '../command.ts'
import { EXPIRY_TIMES, expiryTime, KEEPTTL } from '../expiry-time.ts'
import { readStringOrHyll, replaceString } from './assign.ts'
import { checkCondition, conditionHolds, VALUE_CONDITIONS } from './conditions.ts'

const about = {
  group: 'string',
  complexity: 'O(1)',
  flags: ['write', 'denyoom'] as const,
  activeActive:
    'Concurrent assignments: the latest wall clock wins (S1); it also removes the increments it had observed (C3). Conditions look at this region only.',
}

/**
 * SET key value [NX | XX | IFEQ … | IFNE … | IFDEQ … | IFDNE …] [GET] [EX … | PX … | EXAT … | PXAT … | KEEPTTL] → OK, null when a condition fails, or
 * the old value with GET. A missing key satisfies IFNE and IFDNE only.
 */
export const set = command({
  ...about,
  name: 'SET',
  since: '1.0.0',
  summary: 'Assigns a value to a key, whatever it held.',
  args: {
    key: key(),
    value: str(),
    condition: opt(oneOf({ nx: flag('NX'), xx: flag('XX'), ...VALUE_CONDITIONS })),
    get: opt(flag('GET')),
    expiry: opt(oneOf({ ...EXPIRY_TIMES, ...KEEPTTL })),
  },
  run(ctx, { key: name, value, condition, get, expiry }) {
    const until = expiryTime(ctx, expiry, 'set')
    const byPresence = condition === undefined || condition.as === 'nx' || condition.as === 'xx'
    if (!byPresence) checkCondition(condition)
    const before = get || !byPresence ? readStringOrHyll(ctx, name) : undefined
    const holds = !byPresence
      ? conditionHolds(condition, before)
      : condition === undefined || (condition.as === 'xx') === (ctx.find(name) !== undefined)
    if (holds) replaceString(ctx, name, value, until)
    if (get) return before ?? null
    return holds ? OK : null
  },
})

/** SETNX key value → 1 when it was set, 0 when the key existed. */
export const setnx = command({
  ...about,
  name: 'SETNX',
  since: '1.0.0',
  summary: 'Assigns a value to a key that does not exist.',
  flags: ['write', 'denyoom', 'fast'],
  args: { key: key(), value: str() },
  activeActive: 'Looks at this region only: two regions may both create the key, and then the latest wins (S1).',
  run(ctx, { key: name, value }) {
    if (ctx.find(name) !== undefined) return 0
    replaceString(ctx, name, value, 'forget')
    return 1
  },
})

/** SETEX key seconds value → OK. */
export const setex = command({
  ...about,
  name: 'SETEX',
  since: '2.0.0',
  summary: 'Assigns a value and an expiry in seconds.',
  args: { key: key(), seconds: int(), value: str() },
  run(ctx, { key: name, seconds, value }) {
    replaceString(ctx, name, value, expiryTime(ctx, { as: 'ex', value: seconds }, 'setex'))
    return OK
  },
})

/** PSETEX key milliseconds value → OK. */
export const psetex = command({
  ...about,
  name: 'PSETEX',
  since: '2.6.0',
  summary: 'Assigns a value and an expiry in milliseconds.',
  args: { key: key(), milliseconds: int(), value: str() },
  run(ctx, { key: name, milliseconds, value }) {
    replaceString(ctx, name, value, expiryTime(ctx, { as: 'px', value: milliseconds }, 'psetex'))
    return OK
  },
})
