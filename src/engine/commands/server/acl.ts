/** What access control says here: one user, `default`, who may do everything. Changing users is administration of the whole database (M4). */
import { isError, map, OK, set } from '../../reply.ts'
import { opt, rest, str } from '../arguments.ts'
import { command, type Command, type CommandFlag } from '../command.ts'
import { fail, wrongArity } from '../errors.ts'
import { CATEGORIES, categoriesOf } from './categories.ts'

const flags: readonly CommandFlag[] = ['noscript', 'loading', 'stale']
const adminFlags: readonly CommandFlag[] = ['admin', ...flags]
const about = {
  group: 'server',
  since: '6.0.0',
  complexity: 'O(N) for N users',
  activeActive: 'Users are not replicated (G9).',
}
const DEFAULT_USER = 'default'

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
  run: () => DEFAULT_USER,
})

/** ACL USERS → array of names. */
export const aclUsers = command({
  ...about,
  name: 'ACL USERS',
  summary: 'Lists the users.',
  flags: adminFlags,
  args: {},
  run: () => [DEFAULT_USER],
})

/** ACL LIST → array of rules. */
export const aclList = command({
  ...about,
  name: 'ACL LIST',
  summary: 'Lists the users with their rules.',
  flags: adminFlags,
  args: {},
  run: () => ['user default on nopass sanitize-payload ~* &* +@all'],
})

/** ACL GETUSER username → map, or null when there is no such user. */
export const aclGetuser = command({
  ...about,
  name: 'ACL GETUSER',
  summary: 'What a user may do.',
  flags: adminFlags,
  args: { username: str() },
  run(_ctx, { username }) {
    if (username !== DEFAULT_USER) return null
    return map([
      'flags',
      set(['on', 'nopass', 'sanitize-payload']),
      'passwords',
      [],
      'commands',
      '+@all',
      'keys',
      '~*',
      'channels',
      '&*',
      'selectors',
      [],
    ])
  },
})

/** ACL DRYRUN username command [argument …] → OK: the only user may do everything. */
export const aclDryrun = command({
  ...about,
  name: 'ACL DRYRUN',
  since: '7.0.0',
  summary: 'Says whether a user may run a command, without running it.',
  flags: adminFlags,
  arity: -4,
  args: { username: str(), line: rest('command') },
  run({ instance }, { username, line }) {
    if (username !== DEFAULT_USER) fail(`ERR User '${username}' not found`)
    const found = instance.table.lookup(line)
    if ('type' in found && isError(found)) fail(`ERR Command '${line[0] ?? ''}' not found`)
    const { arity, name } = found as Command
    if (arity > 0 ? line.length !== arity : line.length < -arity) fail(wrongArity(name))
    return OK
  },
})
