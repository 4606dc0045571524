/**
 * ACL SETUSER and its companions: users can be made, looked at and authenticated as. Their rules are kept and shown, not enforced: nothing here protects
 * anything.
 */
import type { Bytes } from '../../../lib/index.ts'
import type { Instance } from '../../instance.ts'
import { map, OK, set, type Reply } from '../../reply.ts'
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import { parseIndex } from '../numbers.ts'
import { sha256Hex } from './sha256.ts'
import { harmless } from './simple.ts'

interface User {
  on: boolean
  nopass: boolean
  /** Digests. */
  passwords: Bytes[]
  commands: Bytes[]
  keys: Bytes[]
  channels: Bytes[]
}

const fresh = (): User => ({ on: false, nopass: false, passwords: [], commands: ['-@all'], keys: [], channels: [] })

const usersOf = new WeakMap<Instance, Map<Bytes, User>>()

function users(instance: Instance): Map<Bytes, User> {
  let known = usersOf.get(instance)
  if (known === undefined) {
    known = new Map([
      ['default', { ...fresh(), on: true, nopass: true, commands: ['+@all'], keys: ['~*'], channels: ['&*'] }],
    ])
    usersOf.set(instance, known)
  }
  return known
}

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
    case 'clearselectors':
      return
    case 'reset':
      Object.assign(user, fresh())
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
  else if (first !== '(') fail(`ERR Error in ACL SETUSER modifier '${rule}': Syntax error`)
}

function setUser({ instance }: Context, [name = '', ...rules]: readonly Bytes[]): Reply {
  const known = users(instance).get(name) ?? fresh()
  const user = { ...known, commands: [...known.commands], passwords: [...known.passwords] }
  for (const rule of rules) apply(user, rule)
  users(instance).set(name, user)
  return OK
}

function deleteUsers({ instance }: Context, names: readonly Bytes[]): Reply {
  if (names.includes('default')) return fail("ERR The 'default' user cannot be removed")
  return names.filter((name) => users(instance).delete(name)).length
}

function getUser({ instance }: Context, [name = '']: readonly Bytes[]): Reply {
  const user = users(instance).get(name)
  if (user === undefined) return null
  const flags = [user.on ? 'on' : 'off', ...(user.nopass ? ['nopass'] : []), 'sanitize-payload']
  return map([
    'flags',
    set(flags),
    'passwords',
    user.passwords,
    'commands',
    user.commands.join(' '),
    'keys',
    user.keys.join(' '),
    'channels',
    user.channels.join(' '),
    'selectors',
    [],
  ])
}

function described([name, user]: readonly [Bytes, User]): Bytes {
  const words = [user.on ? 'on' : 'off', ...(user.nopass ? ['nopass'] : []), 'sanitize-payload']
  const passwords = user.passwords.map((digest) => `#${digest}`)
  const channels = user.channels.length === 0 ? ['resetchannels'] : user.channels
  return ['user', name, ...words, ...passwords, ...user.keys, ...channels, ...user.commands].join(' ')
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

function log(_ctx: Context, [what = '10']: readonly Bytes[]): Reply {
  if (what.toLowerCase() === 'reset') return OK
  if (parseIndex(what) === undefined) return fail('ERR value is not an integer or out of range')
  return []
}

/** AUTH [username] password. */
function authenticate({ instance, session }: Context, words: readonly Bytes[]): Reply {
  if (words.length > 2) return fail('ERR syntax error')
  const [name, password] = words.length === 1 ? ['default', words[0] ?? ''] : [words[0] ?? '', words[1] ?? '']
  const user = users(instance).get(name)
  if (words.length === 1 && user?.nopass === true)
    return fail(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    )
  if (user === undefined || !user.on || !(user.nopass || user.passwords.includes(sha256Hex(password))))
    return fail('WRONGPASS invalid username-password pair or user is disabled.')
  session.user = name
  return OK
}

const NO_FILE =
  'ERR This Redis instance is not configured to use an ACL file. You may want to specify users via the ACL SETUSER command and then issue a CONFIG REWRITE (assuming you have a Redis configuration file set) in order to store users in the Redis configuration.'

function noFile(): Reply {
  return fail(NO_FILE)
}

export const ACL_COMMANDS: readonly Command[] = [
  harmless('ACL SETUSER', setUser, -3),
  harmless('ACL DELUSER', deleteUsers, -3),
  harmless('ACL GETUSER', getUser, 3),
  harmless('ACL LIST', ({ instance }) => [...users(instance)].map(described), 2),
  harmless('ACL USERS', ({ instance }) => [...users(instance).keys()], 2),
  harmless('ACL WHOAMI', ({ session }) => session.user, 2),
  harmless('ACL GENPASS', generatePassword, -2),
  harmless('ACL LOG', log, -2),
  harmless('ACL SAVE', noFile, 2),
  harmless('ACL LOAD', noFile, 2),
  harmless('AUTH', authenticate, -2),
]
