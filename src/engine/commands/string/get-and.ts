/** Commands that read a string and change its key at once. */
import { flag, key, oneOf, opt, str } from '../arguments.ts'
import { command } from '../command.ts'
import { EXPIRY_TIMES, expiryTime } from '../expiry-time.ts'
import { keyExpiry } from '../../keyspace/key.ts'
import { readString, replaceString } from './assign.ts'

const about = { group: 'string', complexity: 'O(1)' }

/** GETSET key value → the old value, or null. */
export const getset = command({
  ...about,
  name: 'GETSET',
  since: '1.0.0',
  summary: 'Assigns a value and replies with the old one.',
  flags: ['write', 'denyoom', 'fast'],
  args: { key: key(), value: str() },
  activeActive: 'An assignment like SET (S1); the old value is the one that this region had.',
  run(ctx, { key: name, value }) {
    const before = readString(ctx, name)
    replaceString(ctx, name, value, 'forget')
    return before ?? null
  },
})

/** GETDEL key → the value, or null. */
export const getdel = command({
  ...about,
  name: 'GETDEL',
  since: '6.2.0',
  summary: 'Deletes a string and replies with its value.',
  flags: ['write', 'fast'],
  args: { key: key() },
  activeActive: 'Removes what this region had observed; a concurrent assignment or increment survives (S4, C3).',
  run(ctx, { key: name }) {
    const before = readString(ctx, name)
    if (before === undefined) return null
    ctx.remove(name, 'del')
    return before
  },
})

/**
 * GETEX key [EX … | PX … | EXAT … | PXAT … | PERSIST] → the value, or null. A time that has passed deletes the key. Redis looks at the time only
 * when the key is there.
 */
export const getex = command({
  ...about,
  name: 'GETEX',
  since: '6.2.0',
  summary: 'Reads a string and changes its expiry.',
  flags: ['write', 'fast'],
  args: { key: key(), expiry: opt(oneOf({ ...EXPIRY_TIMES, persist: flag('PERSIST') })) },
  activeActive: 'Concurrent changes of the expiry: the longest wins, PERSIST being the longest of all (X1).',
  run(ctx, { key: name, expiry }) {
    const value = readString(ctx, name)
    if (value === undefined) return null
    if (expiry === undefined) return value
    const held = ctx.find(name)
    if (expiry.as === 'persist') {
      if (held !== undefined && keyExpiry(held) !== undefined) ctx.expire(name, undefined, 'persist')
      return value
    }
    const until = expiryTime(ctx, expiry, 'getex')
    if (typeof until === 'number' && until <= ctx.now) ctx.remove(name, 'del')
    else if (typeof until === 'number') ctx.expire(name, until, 'expire')
    return value
  },
})
