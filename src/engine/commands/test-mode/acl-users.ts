/** ACL SETUSER and its companions. */
import type { Bytes } from '../../../lib/index.ts'
import { double, map, OK, type Reply } from '../../reply.ts'
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import { parseIndex } from '../numbers.ts'
import { sha256Hex } from '../../sha256.ts'
import { newUser, usersOf, type Rules, type User } from '../../users.ts'
import { harmless } from './simple.ts'

/** One rule of ACL SETUSER. */
function apply(user: User, rule: Bytes): void {
  const rest = rule.slice(1)
  const [first] = rule
  switch (rule.toLowerCase()) {
    case 'on':
    case 'off':
      user.on = rule.toLowerCase() === 'on'
      return
    case 'nopass':
      user.nopass = true
      user.passwords = []
      return
    case 'resetpass':
      user.nopass = false
      user.passwords = []
      return
    case 'allkeys':
      return apply(user, '~*')
    case 'resetkeys':
      user.keys = []
      return
    case 'allchannels':
      return apply(user, '&*')
    case 'resetchannels':
      user.channels = []
      return
    case 'allcommands':
      return apply(user, '+@all')
    case 'nocommands':
      return apply(user, '-@all')
    case 'sanitize-payload':
    case 'skip-sanitize-payload':
      return
    case 'clearselectors':
      user.selectors = []
      return
    case 'reset':
      Object.assign(user, newUser())
      return
  }
  if (first === '(' && rule.endsWith(')')) {
    user.selectors.push(selectorOf(rule))
    return
  }
  if (rule === '+@all' || rule === '-@all') user.commands = [rule]
  else if (first === '+' || first === '-') user.commands.push(rule)
  else if (first === '~' || first === '%') user.keys = rule === '~*' ? [rule] : [...user.keys, rule]
  else if (first === '&') user.channels = rule === '&*' ? [rule] : [...user.channels, rule]
  else if (first === '>') {
    user.nopass = false
    user.passwords.push(sha256Hex(rest))
  } else if (first === '#') user.passwords.push(rest)
  else if (first === '<') user.passwords = user.passwords.filter((known) => known !== sha256Hex(rest))
  else if (first === '!') user.passwords = user.passwords.filter((known) => known !== rest)
  else fail(`ERR Error in ACL SETUSER modifier '${rule}': Syntax error`)
}

/** `(rule rule …)`: a set of rules of its own. */
function selectorOf(text: Bytes): Rules {
  const made = newUser()
  for (const rule of text.slice(1, -1).split(' ')) if (rule !== '') apply(made, rule)
  return { commands: made.commands, keys: made.keys, channels: made.channels }
}

function setUser({ instance }: Context, [name = '', ...rules]: readonly Bytes[]): Reply {
  const known = usersOf(instance).all.get(name) ?? newUser()
  const user = {
    ...known,
    commands: [...known.commands],
    passwords: [...known.passwords],
    selectors: [...known.selectors],
  }
  for (const rule of rules) apply(user, rule)
  usersOf(instance).all.set(name, user)
  return OK
}

function deleteUsers({ instance }: Context, names: readonly Bytes[]): Reply {
  if (names.includes('default')) return fail("ERR The 'default' user cannot be removed")
  return names.filter((name) => usersOf(instance).all.delete(name)).length
}

/** ACL GENPASS [bits] → as many random bits, 256 by default, as hexadecimal digits. */
function generatePassword({ random }: Context, [bitsText = '256']: readonly Bytes[]): Reply {
  const bits = parseIndex(bitsText) ?? fail('ERR value is not an integer or out of range')
  if (bits < 1 || bits > 4096)
    return fail(
      'ERR ACL GENPASS argument must be the number of bits for the output password, a positive number up to 4096',
    )
  return Array.from({ length: Math.ceil(bits / 4) }, () => (random.uint32() >>> 28).toString(16)).join('')
}

/** ACL LOG [count | RESET] → array of maps about failed logins, newest first. */
function log({ instance, now }: Context, [what = '10']: readonly Bytes[]): Reply {
  const users = usersOf(instance)
  if (what.toLowerCase() === 'reset') {
    users.log = []
    return OK
  }
  const count = parseIndex(what) ?? fail('ERR value is not an integer or out of range')
  return users.log.slice(0, Math.max(0, count)).map(({ id, name, command, at, client }) =>
    map(
      Object.entries({
        count: 1,
        reason: 'auth',
        context: 'toplevel',
        object: command,
        username: name,
        'age-seconds': double((now - at) / 1000),
        'client-info': client,
        'entry-id': id,
        'timestamp-created': at,
        'timestamp-last-updated': at,
      }).flat(),
    ),
  )
}

const NO_FILE =
  'ERR This Redis instance is not configured to use an ACL file. You may want to specify users via the ACL SETUSER command and then issue a CONFIG REWRITE (assuming you have a Redis configuration file set) in order to store users in the Redis configuration.'

function noFile(): Reply {
  return fail(NO_FILE)
}

export const ACL_COMMANDS: readonly Command[] = [
  harmless('ACL SETUSER', setUser, -3),
  harmless('ACL DELUSER', deleteUsers, -3),
  harmless('ACL GENPASS', generatePassword, -2),
  harmless('ACL LOG', log, -2),
  harmless('ACL SAVE', noFile, 2),
  harmless('ACL LOAD', noFile, 2),
]
