/** What access control says here. Changing users is administration of the whole database (M4). */
import type { Bytes } from '../../../lib/index.ts'
import { isError, map, OK, set } from '../../reply.ts'
import { opt, rest, str } from '../arguments.ts'
import { command, type Command, type CommandFlag } from '../command.ts'
import { fail, wrongArity } from '../errors.ts'
import { usersOf, type Rules, type User } from '../../users.ts'
import { CATEGORIES, categoriesOf } from './categories.ts'

const flags: readonly CommandFlag[] = ['noscript', 'loading', 'stale']
const adminFlags: readonly CommandFlag[] = ['admin', ...flags]
const about = {
  group: 'server',
  since: '6.0.0',
  complexity: 'O(N) for N users',
  activeActive: 'Users are not replicated (G9).',
}

const flagsOf = (user: User) => [user.on ? 'on' : 'off', ...(user.nopass ? ['nopass'] : []), 'sanitize-payload']
const rulesOf = ({ commands, keys, channels }: Rules) => [
  'commands',
  commands.join(' '),
  'keys',
  keys.join(' '),
  'channels',
  channels.join(' '),
]

/** A line of ACL LIST. */
function described([name, user]: readonly [Bytes, User]): Bytes {
  const words = ({ keys, channels, commands }: Rules) => [
    ...keys,
    ...(channels.length === 0 ? ['resetchannels'] : channels),
    ...commands,
  ]
  const passwords = user.passwords.map((digest) => `#${digest}`)
  const selectors = user.selectors.map((selector) => `(${words(selector).join(' ')})`)
  return ['user', name, ...flagsOf(user), ...passwords, ...words(user), ...selectors].join(' ')
}

/** Whether the rules about commands, of which the last that fits counts, let one run. */
function mayRun(rules: readonly Bytes[], one: Command): boolean {
  const names = new Set([
    '@all',
    one.fullName,
    one.fullName.split('|')[0],
    ...categoriesOf(one).map((name) => `@${name}`),
  ])
  return rules.findLast((rule) => names.has(rule.slice(1).toLowerCase()))?.startsWith('+') ?? false
}

/** ACL CAT [category] → array of categories, or of the commands in one. */
export const aclCat = command({
  ...about,
  name: 'ACL CAT',
  summary: 'Lists the categories of commands, or the commands of one.',
  flags,
  args: { category: opt(str()) },
  run({ instance }, { category }) {
    if (category === undefined) return [...CATEGORIES]
    const wanted = category.toLowerCase()
    if (!CATEGORIES.some((known) => known === wanted)) fail(`ERR Unknown category '${category}'`)
    const inIt = (one: Command) => one.support.kind === 'full' && categoriesOf(one).includes(wanted)
    return instance.table.all.filter(inIt).map(({ fullName }) => fullName)
  },
})

/** ACL WHOAMI → the user's name. */
export const aclWhoami = command({
  ...about,
  name: 'ACL WHOAMI',
  summary: 'The user of this connection.',
  flags,
  args: {},
  run: ({ session }) => session.user,
})

/** ACL USERS → array of names. */
export const aclUsers = command({
  ...about,
  name: 'ACL USERS',
  summary: 'Lists the users.',
  flags: adminFlags,
  args: {},
  run: ({ instance }) => [...usersOf(instance).all.keys()],
})

/** ACL LIST → array of rules. */
export const aclList = command({
  ...about,
  name: 'ACL LIST',
  summary: 'Lists the users with their rules.',
  flags: adminFlags,
  args: {},
  run: ({ instance }) => [...usersOf(instance).all].map(described),
})

/** ACL GETUSER username → map, or null when there is no such user. */
export const aclGetuser = command({
  ...about,
  name: 'ACL GETUSER',
  summary: 'What a user may do.',
  flags: adminFlags,
  args: { username: str() },
  run({ instance }, { username }) {
    const user = usersOf(instance).all.get(username)
    if (user === undefined) return null
    return map([
      'flags',
      set(flagsOf(user)),
      'passwords',
      user.passwords,
      ...rulesOf(user),
      'selectors',
      user.selectors.map((selector) => map(rulesOf(selector))),
    ])
  },
})

/** ACL DRYRUN username command [argument …] → OK, or a sentence that says what the user may not run. Keys and channels are not looked at. */
export const aclDryrun = command({
  ...about,
  name: 'ACL DRYRUN',
  since: '7.0.0',
  summary: 'Says whether a user may run a command, without running it.',
  flags: adminFlags,
  arity: -4,
  args: { username: str(), line: rest('command') },
  run({ instance }, { username, line }) {
    const user = usersOf(instance).all.get(username) ?? fail(`ERR User '${username}' not found`)
    const found = instance.table.lookup(line)
    if ('type' in found && isError(found)) fail(`ERR Command '${line[0] ?? ''}' not found`)
    const { arity, name } = found as Command
    if (arity > 0 ? line.length !== arity : line.length < -arity) fail(wrongArity(name))
    if ([user, ...user.selectors].some(({ commands }) => mayRun(commands, found as Command))) return OK
    return `User ${username} has no permissions to run the '${(found as Command).fullName}' command`
  },
})
