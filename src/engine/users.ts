/**
 * The users of access control. There is one, `default`, who may do everything; in test mode others can be made, looked at and authenticated as. Their rules are
 * kept and shown, not enforced: nothing here protects anything.
 */
import type { Bytes } from '../lib/index.ts'
import type { Instance } from './instance.ts'
import { sha256Hex } from './sha256.ts'

/** The default of `acllog-max-len`. */
const LOG_LENGTH = 128

export interface Rules {
  commands: Bytes[]
  keys: Bytes[]
  channels: Bytes[]
}

export interface User extends Rules {
  on: boolean
  nopass: boolean
  /** Digests. */
  passwords: Bytes[]
  selectors: Rules[]
}

export const noRules = (): Rules => ({ commands: ['-@all'], keys: [], channels: [] })
export const newUser = (): User => ({ on: false, nopass: false, passwords: [], selectors: [], ...noRules() })

class Users {
  readonly all = new Map<Bytes, User>([
    ['default', { ...newUser(), on: true, nopass: true, commands: ['+@all'], keys: ['~*'], channels: ['&*'] }],
  ])

  admits(name: Bytes, password: Bytes): boolean {
    const user = this.all.get(name)
    return user !== undefined && user.on && (user.nopass || user.passwords.includes(sha256Hex(password)))
  }

  /** Failed logins, newest first: as whom, with which command, when (ms since 1970), and CLIENT INFO's line. */
  log: {
    readonly id: number
    readonly name: Bytes
    readonly command: Bytes
    readonly at: number
    readonly client: Bytes
  }[] = []
  #logged = 0

  noteFailure(name: Bytes, command: Bytes, at: number, client: Bytes): void {
    this.log = [{ id: this.#logged++, name, command, at, client }, ...this.log.slice(0, LOG_LENGTH - 1)]
  }

  /** The setting `requirepass`: the only password of `default`; none when empty. */
  requirePassword(password: Bytes): void {
    const user = this.all.get('default') as User
    user.nopass = password === ''
    user.passwords = password === '' ? [] : [sha256Hex(password)]
  }
}

const known = new WeakMap<Instance, Users>()

/** The users of an instance. */
export function usersOf(instance: Instance): Users {
  let users = known.get(instance)
  if (users === undefined) known.set(instance, (users = new Users()))
  return users
}
