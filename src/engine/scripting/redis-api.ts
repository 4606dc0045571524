/** The `redis` table: how scripts call commands. */
import type { Bytes } from '../../lib/index.ts'
import {
  formatGeneral,
  LuaError,
  type Machine,
  register,
  sha1Hex,
  Table,
  toInteger,
  type Arguments,
  type Value,
} from '../../lua/index.ts'
import type { Context } from '../commands/context.ts'
import { REDIS_VERSION } from '../commands/version.ts'
import type { Reply } from '../reply.ts'
import type { Session } from '../session.ts'
import { apiError, errorTable, failApi, toLua } from './convert.ts'

/** A script that runs: on whose behalf, and what it may do. */
export interface Run {
  readonly ctx: Context
  /** The caller's session, with a protocol version and no transaction of its own. */
  readonly session: Session
  readonly readonly: boolean
  /** It has called a command that writes. */
  hasWritten: boolean
}

/** What commands are reckoned to take, at least. */
const CALL_STEPS = 100
const WRITE_STEPS = 200
const LOG_LEVELS = { LOG_DEBUG: 0, LOG_VERBOSE: 1, LOG_NOTICE: 2, LOG_WARNING: 3 }

/** `current` gives the run; undefined while a library is loaded. */
export function redisTable(current: () => Run | undefined): Table {
  const running = (name: string): Run =>
    current() ?? failApi(`redis.${name} can only be called inside a script invocation`)
  const call = (args: Arguments, machine: Machine, raises: boolean): Value => {
    const run = current() ?? failApi('redis.call/pcall can only be called inside a script invocation')
    machine.spend(CALL_STEPS)
    const result = callCommand(args, machine, run)
    if (raises && result instanceof Table && result.field('err') !== undefined) throw new LuaError(result)
    return result
  }
  const table = register(new Table(), {
    acl_check_cmd(args) {
      const { ctx } = running('acl_check_cmd')
      const argv = argvOf(args)
      if (argv instanceof Table) throw new LuaError(argv)
      if ('type' in ctx.instance.table.lookup(argv)) failApi('Invalid command passed to redis.acl_check_cmd()')
      return true
    },
    call: (args, machine) => call(args, machine, true),
    error_reply: (args) => (isOneText(args) ? apiError(args.text(1).replace(/^-?/, '-')) : apiError(WRONG_ARGUMENTS)),
    pcall: (args, machine) => call(args, machine, false),
    setresp(args) {
      const { session } = running('setresp')
      if (args.count !== 1) failApi('redis.setresp() requires one argument.')
      const version = args.at(1)
      const resp = typeof version === 'number' || typeof version === 'string' ? toInteger(Number(version)) : 0
      if (resp !== 2 && resp !== 3) failApi('RESP version must be 2 or 3.')
      session.resp = resp
      return []
    },
    sha1hex(args) {
      if (args.count !== 1) failApi('wrong number of arguments')
      const text = args.at(1)
      return sha1Hex(typeof text === 'string' || typeof text === 'number' ? args.text(1) : '')
    },
    status_reply(args) {
      if (!isOneText(args)) return apiError(WRONG_ARGUMENTS)
      const reply = new Table()
      reply.set('ok', args.at(1))
      return reply
    },
  })
  addLog(table)
  addVersion(table)
  return table
}

const WRONG_ARGUMENTS = 'wrong number or type of arguments'

function isOneText(args: Arguments): boolean {
  return args.count === 1 && typeof args.at(1) === 'string'
}

/** `redis.log` and its levels. There is no log to write to: the arguments are checked, and that is all. */
export function addLog(table: Table): void {
  register(table, {
    log(args) {
      if (args.count < 2) failApi('redis.log() requires two arguments or more.')
      const level = args.at(1)
      if (typeof level !== 'number' && (typeof level !== 'string' || Number.isNaN(Number(level)))) {
        failApi('First argument must be a number (log level).')
      }
      if (Number(level) < 0 || Math.trunc(Number(level)) > 3) failApi('Invalid debug level.')
      return []
    },
  })
  for (const [name, level] of Object.entries(LOG_LEVELS)) table.set(name, level)
}

export function addVersion(table: Table): void {
  const [major = 0, minor = 0, patch = 0] = REDIS_VERSION.split('.').map(Number)
  table.set('REDIS_VERSION', REDIS_VERSION)
  table.set('REDIS_VERSION_NUM', (major << 16) | (minor << 8) | patch)
}

/** What only scripts have, not functions. */
export function addEvalOnly(table: Table): void {
  register(table, { breakpoint: () => false, debug: () => [], replicate_commands: () => true })
}

function argvOf(args: Arguments): Bytes[] | Table {
  if (args.count === 0) return apiError('Please specify at least one argument for this redis lib call')
  const argv: Bytes[] = []
  for (const value of args.values) {
    if (typeof value === 'string') argv.push(value)
    else if (typeof value === 'number')
      argv.push(Number.isSafeInteger(value) ? String(value) : formatGeneral(value, 17, false))
    else return apiError('Lua redis lib command arguments must be strings or integers')
  }
  return argv
}

/** The command's reply as a value; errors are tables. Each command is a write of its own, as in EXEC: within one dot a removal could not take away what came before it. */
function callCommand(args: Arguments, machine: Machine, run: Run): Value {
  const { ctx, session, readonly } = run
  const argv = argvOf(args)
  if (argv instanceof Table) return argv
  const { instance } = ctx
  const command = instance.table.lookup(argv)
  const refuse = (text: string) => {
    instance.statistics.failed({ type: 'error', text })
    if (!('type' in command)) instance.statistics.countsOf(command).rejected++
    return errorTable(text, true)
  }
  if ('type' in command) {
    const isShort = command.text.startsWith('ERR wrong number')
    return refuse(isShort ? WRONG_ARITY : 'ERR Unknown Redis command called from script')
  }
  if (command.arity > 0 ? argv.length !== command.arity : argv.length < -command.arity) return refuse(WRONG_ARITY)
  if (command.flags.includes('noscript') && instance.deniesInScripts)
    return refuse('ERR This Redis command is not allowed from script')
  if (readonly && (command.writes || MAY_REPLICATE.has(command.name))) {
    return refuse('ERR Write commands are not allowed from read-only scripts.')
  }
  if (command.writes) {
    run.hasWritten = true
    machine.spend(WRITE_STEPS)
  }
  const reply: Reply = instance.run(session, command, argv, ctx.now)
  return toLua(reply, session.resp)
}

const WRONG_ARITY = 'ERR Wrong number of args calling Redis command from script'
/** Not writes by their flags, but their effects travel. */
const MAY_REPLICATE = new Set(['PUBLISH', 'SPUBLISH', 'PFCOUNT'])
