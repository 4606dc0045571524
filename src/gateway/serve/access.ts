/** The password, asked for by the gateway itself: the database behind it knows no users, and a password belongs neither in its log nor in its journal. */
import { timingSafeEqual } from 'node:crypto'
import type { Bytes } from '../../lib/index.ts'
import { error, OK, type Reply } from '../../engine/index.ts'
import type { Connection } from './connection.ts'

const WRONG_PASSWORD = error('WRONGPASS invalid username-password pair or user is disabled.')
const NO_AUTH = error('NOAUTH Authentication required.')
const NO_AUTH_HELLO = error(
  'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
)

export type Admission =
  /** The gateway has answered. */
  | { readonly reply: Reply }
  /** This goes on to the database. */
  | { readonly argv: readonly Bytes[] }

/** What becomes of a command of a client, given the gateway's password. */
export function admit(connection: Connection, argv: readonly Bytes[], password: Bytes): Admission {
  const name = argv[0]?.toLowerCase()
  if (name === 'auth' && (argv.length === 2 || argv.length === 3)) {
    const user = argv.length === 3 ? (argv[1] ?? '') : 'default'
    return { reply: login(connection, user, argv.at(-1) ?? '', password) ? OK : WRONG_PASSWORD }
  }
  if (name === 'hello') {
    const at = argv.findIndex((word, i) => i >= 2 && word.toLowerCase() === 'auth')
    const given = at >= 0 && at + 2 < argv.length
    if (given && !login(connection, argv[at + 1] ?? '', argv[at + 2] ?? '', password)) return { reply: WRONG_PASSWORD }
    if (connection.parser.stranger) return { reply: NO_AUTH_HELLO }
    return { argv: given ? [...argv.slice(0, at), ...argv.slice(at + 3)] : argv }
  }
  if (!connection.parser.stranger || name === 'quit' || name === 'reset') return { argv }
  return { reply: NO_AUTH }
}

function login(connection: Connection, user: Bytes, given: Bytes, password: Bytes): boolean {
  const [a, b] = [Buffer.from(given, 'latin1'), Buffer.from(password, 'latin1')]
  if (user !== 'default' || a.length !== b.length || !timingSafeEqual(a, b)) return false
  connection.parser.stranger = false
  return true
}
