import type { Bytes } from '../../../lib/index.ts'
import { usersOf } from '../../users.ts'
import { error, OK, verbatim } from '../../reply.ts'
import type { Session } from '../../session.ts'
import { flag, int, many, named, oneOf, opt, str } from '../arguments.ts'
import { command, type CommandFlag } from '../command.ts'
import type { Context } from '../context.ts'
import { fail, SYNTAX_ERROR } from '../errors.ts'
import { parseIndex } from '../numbers.ts'
import { checkName, isPlainWord } from './auth.ts'
import { clientLine, CLIENT_TYPES, isOfType } from './client-line.ts'

const LOCAL = 'Connections belong to one region; nothing of this is replicated.'
const flags: readonly CommandFlag[] = ['noscript', 'loading', 'stale']
const adminFlags: readonly CommandFlag[] = ['admin', ...flags]
const about = { group: 'connection', complexity: 'O(1)', flags, activeActive: LOCAL }

/** CLIENT ID → integer. */
export const clientId = command({
  ...about,
  name: 'CLIENT ID',
  since: '5.0.0',
  summary: 'The number of this connection.',
  args: {},
  run: ({ session }) => session.id,
})

/** CLIENT GETNAME → bulk string, or null without a name. */
export const clientGetname = command({
  ...about,
  name: 'CLIENT GETNAME',
  since: '2.6.9',
  summary: 'The name of this connection.',
  args: {},
  run: ({ session }) => (session.name === '' ? null : session.name),
})

/** CLIENT SETNAME name → OK; an empty name takes it away. */
export const clientSetname = command({
  ...about,
  name: 'CLIENT SETNAME',
  since: '2.6.9',
  summary: 'Names this connection.',
  args: { connectionName: str() },
  run({ session }, { connectionName }) {
    checkName(connectionName)
    session.name = connectionName
    return OK
  },
})

/** CLIENT SETINFO LIB-NAME name | LIB-VER version → OK. */
export const clientSetinfo = command({
  ...about,
  name: 'CLIENT SETINFO',
  since: '7.2.0',
  summary: 'Says which client library speaks.',
  args: { option: str('attribute'), value: str() },
  run({ session }, { option, value }) {
    const attribute = option.toLowerCase()
    if (attribute !== 'lib-name' && attribute !== 'lib-ver') fail(`ERR Unrecognized option '${option}'`)
    if (!isPlainWord(value)) fail(`ERR ${attribute} cannot contain spaces, newlines or special characters.`)
    session.library = { ...session.library, [attribute === 'lib-name' ? 'name' : 'version']: value }
    return OK
  },
})

/** CLIENT NO-TOUCH ON | OFF → OK. */
export const clientNoTouch = command({
  ...about,
  name: 'CLIENT NO-TOUCH',
  since: '7.2.0',
  summary: 'Says whether reads of this connection count as use of a key.',
  args: { enabled: oneOf({ on: flag('ON'), off: flag('OFF') }) },
  run({ session }, { enabled }) {
    session.noTouch = enabled.as === 'on'
    return OK
  },
})

/** CLIENT INFO → one line. */
export const clientInfo = command({
  ...about,
  name: 'CLIENT INFO',
  since: '6.2.0',
  summary: 'What CLIENT LIST says of this connection.',
  args: {},
  run: (ctx) => verbatim(`${clientLine(ctx.session, ctx)}\n`),
})

function sessionsOf({ instance }: Context): Session[] {
  return [...instance.sessions.values()].sort((a, b) => a.id - b.id)
}

function checkType(type: Bytes): string {
  const known = CLIENT_TYPES.find((name) => name === type.toLowerCase())
  return known ?? fail(`ERR Unknown client type '${type}'`)
}

/** CLIENT LIST [TYPE type | ID id [id …]] → a line for each connection of this region. */
export const clientList = command({
  ...about,
  flags: adminFlags,
  name: 'CLIENT LIST',
  since: '2.4.0',
  summary: 'Lists the connections of this region.',
  complexity: 'O(N) for N connections',
  args: {
    filter: opt(oneOf({ type: named('TYPE', str('client-type')), ids: named('ID', many(str('client-id'))) })),
  },
  run(ctx, { filter }) {
    let sessions = sessionsOf(ctx)
    if (filter?.as === 'type') {
      const type = checkType(filter.value)
      sessions = sessions.filter((session) => isOfType(session, type))
    } else if (filter?.as === 'ids') {
      const ids = new Set(filter.value.map((id) => parseIndex(id) ?? fail('ERR Invalid client ID')))
      if ([...ids].some((id) => id < 1)) fail('ERR Invalid client ID')
      sessions = sessions.filter((session) => ids.has(session.id))
    }
    return verbatim(sessions.map((session) => `${clientLine(session, ctx)}\n`).join(''))
  },
})

type Filter = (session: Session) => boolean

/** One `option value` pair of CLIENT KILL. `SKIPME` is not a filter of its own and is read apart. */
function filterOf({ instance, now }: Context, option: Bytes, value: Bytes): Filter {
  switch (option.toLowerCase()) {
    case 'id': {
      const id = parseIndex(value)
      if (id === undefined || id < 1) fail('ERR client-id should be greater than 0')
      return (session) => session.id === id
    }
    case 'type': {
      const type = checkType(value)
      return (session) => isOfType(session, type)
    }
    case 'addr':
      return (session) => session.address === value
    case 'laddr':
      return (session) => session.localAddress === value
    case 'user':
      if (!usersOf(instance).all.has(value)) fail(`ERR No such user '${value}'`)
      return (session) => session.user === value
    case 'maxage': {
      const seconds = parseIndex(value)
      if (seconds === undefined) fail('ERR maxage is not an integer or out of range')
      if (seconds < 1) fail('ERR maxage should be greater than 0')
      return (session) => now - session.createdAt >= seconds * 1000
    }
    default:
      return fail(SYNTAX_ERROR)
  }
}

/** CLIENT KILL address → OK; with `option value` pairs → how many connections were ended. They close once their owner looks at `closing`. */
export const clientKill = command({
  ...about,
  flags: adminFlags,
  name: 'CLIENT KILL',
  since: '2.4.0',
  summary: 'Ends connections: one by address, or all that the filters mean.',
  complexity: 'O(N) for N connections',
  args: { filters: many(str('address-or-filter')) },
  run(ctx, { filters }) {
    const [address, ...more] = filters
    if (more.length === 0) {
      const found = sessionsOf(ctx).find((session) => session.address === address)
      if (found === undefined) fail('ERR No such client')
      ctx.instance.endSession(found)
      return OK
    }
    if (filters.length % 2 !== 0) fail(SYNTAX_ERROR)
    const wanted: Filter[] = []
    for (let i = 0; i < filters.length; i += 2) {
      const [option, value] = [filters[i] as Bytes, filters[i + 1] as Bytes]
      if (option.toLowerCase() !== 'skipme') wanted.push(filterOf(ctx, option, value))
      else if (!/^(yes|no)$/i.test(value)) fail(SYNTAX_ERROR)
    }
    const skipSelf = skipsSelf(filters)
    const killed = sessionsOf(ctx).filter(
      (session) => !(skipSelf && session === ctx.session) && wanted.every((matches) => matches(session)),
    )
    for (const session of killed) ctx.instance.endSession(session)
    return killed.length
  },
})

function skipsSelf(filters: readonly Bytes[]): boolean {
  let skips = true
  for (let i = 0; i < filters.length; i += 2) {
    if (filters[i]?.toLowerCase() === 'skipme') skips = filters[i + 1]?.toLowerCase() === 'yes'
  }
  return skips
}

/** CLIENT UNBLOCK id [TIMEOUT | ERROR] → 1 when that connection waited in a blocking command, else 0. */
export const clientUnblock = command({
  ...about,
  flags: adminFlags,
  name: 'CLIENT UNBLOCK',
  since: '5.0.0',
  summary: 'Ends the waiting of a connection that is blocked.',
  args: { clientId: int(), reason: opt({ ...str('unblock-type') }) },
  run({ instance, now }, { clientId, reason }) {
    if (reason !== undefined && !/^(timeout|error)$/i.test(reason))
      fail('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR')
    const waiting = instance.sessions.get(clientId)?.waiting ?? null
    if (waiting === null) return 0
    const asError = reason?.toLowerCase() === 'error'
    instance.release(waiting, asError ? error('UNBLOCKED client unblocked via CLIENT UNBLOCK') : waiting.timedOut, now)
    return 1
  },
})

/** CLIENT REPLY ON | OFF | SKIP → OK for ON; OFF and SKIP are silent. */
export const clientReply = command({
  ...about,
  name: 'CLIENT REPLY',
  since: '3.2.0',
  summary: 'Says whether commands of this connection are answered; SKIP leaves out the next answer.',
  args: { mode: oneOf({ on: flag('ON'), off: flag('OFF'), skip: flag('SKIP') }) },
  run({ session }, { mode }) {
    if (mode.as === 'on') session.replies = 'on'
    else if (session.replies !== 'off') session.replies = mode.as
    return OK
  },
})
