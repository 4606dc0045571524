/** Who is speaking, in which protocol. There is one user, `default`, and it has no password. */
import { usersOf } from '../../users.ts'
import type { Bytes } from '../../../lib/index.ts'
import { map, OK } from '../../reply.ts'
import type { Session } from '../../session.ts'
import { block, int, named, opt, str, type Arg } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { databaseIndex, NO_SUCH_DATABASE } from '../database-index.ts'
import { fail } from '../errors.ts'
import { clientLine } from './client-line.ts'
import { parseIndex } from '../numbers.ts'
import { modulesReply } from '../modules.ts'
import { REDIS_VERSION } from '../version.ts'

const NO_PASSWORD =
  'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?'
const WRONG_PASSWORD = 'WRONGPASS invalid username-password pair or user is disabled.'

/** Only in test mode there are other users, and passwords. */
function login(ctx: Context, name: Bytes, password: Bytes): void {
  const users = usersOf(ctx.instance)
  if (!users.admits(name, password)) {
    users.noteFailure(name, ctx.line[0] ?? '', ctx.now, clientLine(ctx.session, ctx))
    fail(WRONG_PASSWORD)
  }
  ctx.session.user = name
}

/** AUTH [username] password → OK. */
export const auth = command({
  name: 'AUTH',
  group: 'connection',
  since: '1.0.0',
  summary: 'Authenticates the connection.',
  complexity: 'O(N) for N passwords of the user',
  flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
  args: {
    username: opt({ ...str(), begins: (reader) => reader.argv.length - reader.at === 2 }),
    password: str(),
  },
  activeActive:
    'Users are configuration and are not replicated (G9); here only the default user exists, without a password.',
  run(ctx, { username, password }) {
    if (username === undefined && usersOf(ctx.instance).all.get('default')?.nopass) fail(NO_PASSWORD)
    login(ctx, username ?? 'default', password)
    return OK
  },
})

interface Hello {
  readonly version: 2 | 3
  readonly user?: readonly [name: Bytes, password: Bytes]
  readonly name?: Bytes
}

/** Read by hand: HELLO names the option at fault. */
const hello: Arg<Hello> = {
  ...(block({
    protover: int(),
    auth: opt(named('AUTH', block({ username: str(), password: str() }))),
    setname: opt(named('SETNAME', str('clientname'))),
  }) as Arg<unknown>),
  read(reader) {
    const { argv } = reader
    const version =
      parseIndex(argv[reader.at++] ?? '') ?? fail('ERR Protocol version is not an integer or out of range')
    if (version !== 2 && version !== 3) fail('NOPROTO unsupported protocol version')
    let user: readonly [Bytes, Bytes] | undefined
    let name: Bytes | undefined
    while (reader.at < argv.length) {
      const word = argv[reader.at] as Bytes
      const left = argv.length - reader.at - 1
      if (word.toUpperCase() === 'AUTH' && left >= 2) {
        user = [argv[reader.at + 1] as Bytes, argv[reader.at + 2] as Bytes]
        reader.at += 3
      } else if (word.toUpperCase() === 'SETNAME' && left >= 1) {
        name = argv[reader.at + 1] as Bytes
        checkName(name)
        reader.at += 2
      } else {
        fail(`ERR Syntax error in HELLO option '${word}'`)
      }
    }
    return { version, ...(user === undefined ? {} : { user }), ...(name === undefined ? {} : { name }) }
  },
} as Arg<Hello>

/** HELLO [protover [AUTH username password] [SETNAME clientname]] → map about the server; switches the protocol. */
export const helloCommand = command({
  name: 'HELLO',
  group: 'connection',
  since: '6.0.0',
  summary: 'Switches the protocol and tells about the server.',
  complexity: 'O(1)',
  flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
  args: { options: opt(hello) },
  activeActive: 'Local; the role is always `master`, since every region accepts writes (G1).',
  run(ctx, { options }) {
    const { session } = ctx
    if (options?.user !== undefined) login(ctx, ...options.user)
    if (options?.name !== undefined) session.name = options.name
    if (options !== undefined) session.resp = options.version
    return aboutServer(session)
  },
})

function aboutServer({ resp, id }: Session) {
  return map([
    'server',
    'redis',
    'version',
    REDIS_VERSION,
    'proto',
    resp,
    'id',
    id,
    'mode',
    'standalone',
    'role',
    'master',
    'modules',
    modulesReply(),
  ])
}

/** Names may hold visible ASCII only, so that CLIENT LIST stays one line of words. */
export function isPlainWord(name: Bytes): boolean {
  return /^[!-~]*$/.test(name)
}

export function checkName(name: Bytes): void {
  if (!isPlainWord(name)) fail('ERR Client names cannot contain spaces, newlines or special characters.')
}

/** SELECT index → OK for 0. An Active-Active database is one keyspace (M4). */
export const select = command({
  name: 'SELECT',
  group: 'connection',
  since: '1.0.0',
  summary: 'Chooses a database; there is only 0.',
  complexity: 'O(1)',
  flags: ['loading', 'stale', 'fast'],
  args: { index: databaseIndex() },
  activeActive: 'Only 0 exists (M4): an Active-Active database is one keyspace.',
  run(_ctx, { index }) {
    if (index < 0 || index > 15) fail(NO_SUCH_DATABASE)
    if (index !== 0) {
      fail(
        `ERR SELECT ${index} is not supported in an Active-Active database: it has one keyspace, 0; use key prefixes, or another database`,
      )
    }
    return OK
  },
})
