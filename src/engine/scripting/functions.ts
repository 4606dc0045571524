/** Function libraries: FUNCTION and FCALL. They belong to one region (G9). */
import type { Bytes } from '../../lib/index.ts'
import { Closure, CompileError, LuaError, Native, type Rand48, Stopped, Table, type Value } from '../../lua/index.ts'
import type { Context } from '../commands/context.ts'
import { fail } from '../commands/errors.ts'
import type { Reply } from '../reply.ts'
import { failApi, listOf } from './convert.ts'
import { FunctionSandbox, type Registration } from './sandbox.ts'
import { newRun, type Call } from './scripts.ts'
import { isScriptFlag, readLibraryHead, SCRIPT_FLAGS, type ScriptFlag } from './shebang.ts'

export interface LibraryFunction {
  readonly name: Bytes
  readonly description: Bytes | undefined
  readonly flags: readonly ScriptFlag[]
  readonly callback: Value
}

export interface Library {
  readonly name: Bytes
  readonly code: Bytes
  readonly functions: readonly LibraryFunction[]
}

export type RestorePolicy = 'APPEND' | 'FLUSH' | 'REPLACE'

const NAME_RULE =
  'Library names can only contain letters, numbers, or underscores(_) and must be at least one character long'
const isName = (name: Bytes): boolean => /^\w+$/.test(name)

export class Functions {
  readonly #generator: Rand48
  #sandbox: FunctionSandbox | undefined
  #libraries = new Map<Bytes, Library>()
  /** By name in lower case: function names do not tell cases apart. */
  #functions = new Map<Bytes, LibraryFunction>()
  /** What the library that is being loaded has registered; null outside loading. */
  #registered: LibraryFunction[] | null = null

  constructor(generator: Rand48) {
    this.#generator = generator
  }

  get libraries(): readonly Library[] {
    return [...this.#libraries.values()]
  }

  get count(): number {
    return this.#functions.size
  }

  /** Known, and declared `no-writes`. */
  isReadonly(name: Bytes): boolean {
    return this.#functions.get(name.toLowerCase())?.flags.includes('no-writes') === true
  }

  /** FUNCTION LOAD: the library's name. */
  load(code: Bytes, replace: boolean): Bytes {
    const library = this.#compile(code)
    const old = this.#libraries.get(library.name)
    if (old !== undefined && !replace) fail(`ERR Library '${library.name}' already exists`)
    this.#checkNames(library, new Set(old?.functions))
    if (old !== undefined) this.#unlink(old)
    this.#link(library)
    return library.name
  }

  delete(name: Bytes): void {
    const library = this.#libraries.get(name)
    if (library === undefined) fail('ERR Library not found')
    this.#unlink(library)
  }

  flush(): void {
    this.#libraries.clear()
    this.#functions.clear()
    this.#sandbox = undefined
  }

  /** FUNCTION RESTORE: all of the libraries, or none. */
  restore(codes: readonly Bytes[], policy: RestorePolicy): void {
    const libraries = codes.map((code) => this.#compile(code))
    const replaced = libraries.flatMap(({ name }) => this.#libraries.get(name) ?? [])
    const [first] = replaced
    if (first !== undefined && policy === 'APPEND') fail(`ERR Library ${first.name} already exists`)
    const leaving = new Set((policy === 'FLUSH' ? this.libraries : replaced).flatMap(({ functions }) => functions))
    const arriving = new Set<Bytes>()
    for (const library of libraries) {
      this.#checkNames(library, leaving)
      for (const { name } of library.functions) {
        if (arriving.has(name.toLowerCase())) fail(`ERR Function ${name} already exists`)
        arriving.add(name.toLowerCase())
      }
    }
    for (const library of policy === 'FLUSH' ? this.libraries : replaced) this.#unlink(library)
    for (const library of libraries) this.#link(library)
  }

  /** FCALL. */
  call(ctx: Context, name: Bytes, given: () => Call): Reply {
    const found = this.#functions.get(name.toLowerCase())
    if (found === undefined) fail('ERR Function not found')
    const { keys, args, readonly } = given()
    const run = newRun(ctx, new Set(found.flags), readonly)
    const sandbox = this.#sandbox as FunctionSandbox
    return sandbox.call(run, found.callback, [listOf(keys), listOf(args)], found.name)
  }

  #link(library: Library): void {
    this.#libraries.set(library.name, library)
    for (const one of library.functions) this.#functions.set(one.name.toLowerCase(), one)
  }

  #unlink(library: Library): void {
    this.#libraries.delete(library.name)
    for (const one of library.functions) this.#functions.delete(one.name.toLowerCase())
  }

  #checkNames(library: Library, leaving: ReadonlySet<LibraryFunction>): void {
    for (const { name } of library.functions) {
      const known = this.#functions.get(name.toLowerCase())
      if (known !== undefined && !leaving.has(known)) fail(`ERR Function ${name} already exists`)
    }
  }

  #compile(code: Bytes): Library {
    const head = readLibraryHead(code)
    if (!isName(head.name)) fail(`ERR ${NAME_RULE}`)
    if (head.engine !== 'LUA' && head.engine.toLowerCase() !== 'lua') fail(`ERR Engine '${head.engine}' not found`)
    this.#sandbox ??= new FunctionSandbox(this.#generator, (args) => this.#register(args))
    const registered: LibraryFunction[] = []
    this.#registered = registered
    try {
      this.#sandbox.load(head.code)
    } catch (problem) {
      fail(problemOf(problem))
    } finally {
      this.#registered = null
    }
    if (registered.length === 0) fail('ERR No functions registered')
    return { name: head.name, code, functions: registered }
  }

  #register(args: readonly Value[]): void {
    const registered =
      this.#registered ?? failApi('redis.register_function can only be called on FUNCTION LOAD command')
    const { name, description, callback, flags } = readRegistration(args)
    if (!isName(name)) failApi(NAME_RULE)
    if (registered.some((one) => one.name.toLowerCase() === name.toLowerCase())) {
      failApi('Function already exists in the library')
    }
    const known = SCRIPT_FLAGS.filter((flag) => flags.includes(flag))
    registered.push({ name, description, callback, flags: known })
  }
}

function problemOf(problem: unknown): Bytes {
  if (problem instanceof CompileError) return `ERR Error compiling function: ${problem.message}`
  if (problem instanceof Stopped) return 'ERR Error registering functions: ERR FUNCTION LOAD timeout'
  if (!(problem instanceof LuaError)) throw problem
  const { value } = problem
  const message = value instanceof Table ? value.field('err') : undefined
  const text = typeof message === 'string' ? message : typeof value === 'string' ? `ERR ${value}` : 'ERR unknown error'
  return `ERR Error registering functions: ${text.replace(/[\r\n]+/g, ' ')}`
}

const isFunction = (value: Value): boolean => value instanceof Closure || value instanceof Native

function textOf(value: Value): Bytes | undefined {
  return typeof value === 'number' ? String(value) : typeof value === 'string' ? value : undefined
}

/** Positional arguments, or one table of named ones. */
function readRegistration(args: readonly Value[]): Registration {
  if (args.length < 1 || args.length > 2) failApi('wrong number of arguments to redis.register_function')
  const [first, second] = args
  if (args.length === 2) {
    const name = textOf(first) ?? failApi('first argument to redis.register_function must be a string')
    if (!isFunction(second)) failApi('second argument to redis.register_function must be a function')
    return { name, description: undefined, callback: second, flags: [] }
  }
  if (!(first instanceof Table)) {
    failApi(
      'calling redis.register_function with a single argument is only applicable to Lua table (representing named arguments).',
    )
  }
  return readNamed(first)
}

function readNamed(table: Table): Registration {
  let name: Bytes | undefined
  let description: Bytes | undefined
  let callback: Value
  let flags: readonly Bytes[] = []
  for (const [key, value] of table.entries()) {
    const word = textOf(key) ?? failApi('named argument key given to redis.register_function is not a string')
    switch (word.toLowerCase()) {
      case 'function_name':
        name = textOf(value) ?? failApi('function_name argument given to redis.register_function must be a string')
        break
      case 'description':
        description = textOf(value) ?? failApi('description argument given to redis.register_function must be a string')
        break
      case 'callback':
        if (!isFunction(value)) failApi('callback argument given to redis.register_function must be a function')
        callback = value
        break
      case 'flags':
        if (!(value instanceof Table)) {
          failApi('flags argument to redis.register_function must be a table representing function flags')
        }
        flags = readFlags(value)
        break
      default:
        failApi('unknown argument given to redis.register_function')
    }
  }
  if (name === undefined) failApi('redis.register_function must get a function name argument')
  if (callback === undefined) failApi('redis.register_function must get a callback argument')
  return { name, description, callback, flags }
}

function readFlags(table: Table): Bytes[] {
  const flags: Bytes[] = []
  for (let i = 1; ; i++) {
    const flag = table.at(i)
    if (flag === undefined) return flags
    const word = textOf(flag)?.toLowerCase()
    if (word === undefined || !isScriptFlag(word)) failApi('unknown flag given')
    flags.push(word)
  }
}
