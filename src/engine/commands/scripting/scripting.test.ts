import { beforeAll, describe, expect, test } from 'vitest'
import { loadParts } from '../../parts.ts'
import type { Reply } from '../../reply.ts'
import { newInstance, type TestInstance } from '../../testing/run.ts'

beforeAll(() => loadParts())

const evaluate = (db: TestInstance, script: string, ...args: string[]): Reply =>
  db.call(['EVAL', script, ...(args.length === 0 ? ['0'] : args)])

const textOf = (reply: Reply): string =>
  typeof reply === 'object' && reply !== null && 'text' in reply ? reply.text : JSON.stringify(reply)

const LIBRARY = `#!lua name=lib
local function get(keys, args) return redis.call('GET', keys[1]) end
redis.register_function('get', get)
redis.register_function{function_name = 'look', callback = get, flags = {'no-writes'}, description = 'reads'}
redis.register_function('put', function(keys, args) return redis.call('SET', keys[1], args[1]) end)`

describe('EVAL', () => {
  test('keys and arguments are counted before the script is compiled', () => {
    const db = newInstance()
    expect(textOf(db.run('EVAL ( x'))).toBe('ERR value is not an integer or out of range')
    expect(textOf(db.run('EVAL ( -1'))).toBe("ERR Number of keys can't be negative")
    expect(textOf(db.run('EVAL ( 2 a'))).toBe("ERR Number of keys can't be greater than number of args")
    expect(db.call(['EVAL', 'return {KEYS[1], ARGV[1], ARGV[2]}', '1', 'k', 'a', 'b'])).toEqual(['k', 'a', 'b'])
    expect(db.run('COMMAND GETKEYS EVAL script 2 a b c')).toEqual(['a', 'b'])
  })

  test('M3: a script that fails has done what it did before', () => {
    const db = newInstance()
    expect(textOf(evaluate(db, "redis.call('SET', 'a', '1') error('late')"))).toMatch(
      /^ERR user_script:1: late script: [0-9a-f]{40}, on @user_script:1\.$/,
    )
    expect(db.run('GET a')).toBe('1')
  })

  test('R8: without memory, scripts that declare what they do may write only with allow-oom', () => {
    const db = newInstance()
    db.run('SET big x')
    db.instance.limit = { ...db.instance.limit, bytes: 1 }
    const write = "return redis.call('SET', 'k', 'v')"
    expect(textOf(evaluate(db, `#!lua\n${write}`))).toBe(
      "OOM allow-oom flag is not set on the script, can not run it when used memory > 'maxmemory'",
    )
    expect(textOf(evaluate(db, write))).toMatch(/^OOM command not allowed when used memory > 'maxmemory'\. script: /)
    expect(textOf(evaluate(db, `#!lua flags=allow-oom\n${write}`))).toBe('OK')
    expect(textOf(evaluate(db, "#!lua flags=no-writes\nreturn redis.call('GET', 'k')"))).toBe('"v"')
  })

  test('a script sees the time stand still, and its own writes', () => {
    const db = newInstance()
    db.run('SET k 1 PX 5')
    expect(
      evaluate(
        db,
        "redis.call('INCR', 'k') return {redis.call('TIME')[1] == redis.call('TIME')[1], redis.call('GET', 'k')}",
      ),
    ).toEqual([1, '2'])
  })

  test('commands that wait do not wait in a script, and some are not allowed', () => {
    const db = newInstance()
    for (const line of [
      "'MULTI'",
      "'WATCH', 'k'",
      "'SUBSCRIBE', 'c'",
      "'EVAL', 'return 1', '0'",
      "'SCRIPT', 'KILL'",
      "'FCALL', 'f', '0'",
    ]) {
      expect(textOf(evaluate(db, `return redis.call(${line})`)), line).toMatch(
        /^ERR This Redis command is not allowed from script/,
      )
    }
  })

  test('M4: what Active-Active refuses is refused in scripts too', () => {
    expect(textOf(evaluate(newInstance(), "return redis.call('FLUSHALL')"))).toMatch(
      /not supported in an Active-Active database/,
    )
  })

  test('M2: redis.set_repl does not exist', () => {
    const db = newInstance()
    expect(textOf(evaluate(db, 'redis.set_repl(0)'))).toMatch(/attempt to call field 'set_repl' \(a nil value\)/)
    expect(evaluate(db, 'return redis.replicate_commands()')).toBe(1)
  })

  test('a script in a transaction runs there', () => {
    const db = newInstance()
    db.run('MULTI')
    expect(evaluate(db, "return redis.call('INCR', 'n')")).toMatchObject({ text: 'QUEUED' })
    db.run('INCR n')
    expect(db.run('EXEC')).toEqual([1, 2])
  })

  test('RESP3 types on both ways', () => {
    const db = newInstance()
    db.run('HSET h f v')
    expect(evaluate(db, "redis.setresp(3) return redis.call('HGETALL', 'h')")).toEqual({
      type: 'map',
      entries: ['f', 'v'],
    })
    expect(evaluate(db, 'redis.setresp(3) return {double = 1.5}')).toEqual({ type: 'double', value: 1.5 })
    expect(evaluate(db, 'redis.setresp(3) return true')).toEqual({ type: 'boolean', value: true })
    expect(evaluate(db, 'return {set = {a = true}}')).toEqual({ type: 'set', members: ['a'] })
    expect(evaluate(db, "return {verbatim_string = {format = 'mkd', string = 'x'}}")).toEqual({
      type: 'verbatim',
      format: 'mkd',
      text: 'x',
    })
    expect(evaluate(db, 'return 2^62')).toBe(2n ** 62n)
  })

  test('EVAL_RO and no-writes refuse writes before they happen', () => {
    const db = newInstance()
    const write = "return redis.call('SET', 'k', 'v')"
    expect(textOf(db.call(['EVAL_RO', write, '0']))).toMatch(
      /^ERR Write commands are not allowed from read-only scripts\./,
    )
    expect(textOf(evaluate(db, `#!lua flags=no-writes\n${write}`))).toMatch(/^ERR Write commands are not allowed/)
    expect(textOf(db.call(['EVAL_RO', '#!lua\nreturn 1', '0']))).toBe(
      'ERR Can not execute a script with write flag using *_ro command.',
    )
    expect(db.run('EXISTS k')).toBe(0)
    expect(db.call(['EVAL_RO', "return redis.call('GET', 'k')", '0'])).toBeNull()
  })
})

describe('SCRIPT', () => {
  test('LOAD, EXISTS, EVALSHA, FLUSH, KILL', () => {
    const db = newInstance()
    const sha = db.call(['SCRIPT', 'LOAD', 'return ARGV[1]']) as string
    expect(sha).toBe('098e0f0d1448c0a81dafe820f66d460eb09263da')
    expect(db.call(['SCRIPT', 'EXISTS', sha, 'x'])).toEqual([1, 0])
    expect(db.call(['EVALSHA', sha.toUpperCase(), '0', 'hi'])).toBe('hi')
    expect(textOf(db.run('EVALSHA short x'))).toBe('NOSCRIPT No matching script. Please use EVAL.')
    expect(textOf(db.run('SCRIPT FLUSH now'))).toBe('ERR SCRIPT FLUSH only support SYNC|ASYNC option')
    expect(textOf(db.run('SCRIPT FLUSH SYNC'))).toBe('OK')
    expect(textOf(db.call(['EVALSHA', sha, '0']))).toBe('NOSCRIPT No matching script. Please use EVAL.')
    expect(textOf(db.run('SCRIPT KILL'))).toBe('NOTBUSY No scripts in execution right now.')
    expect(textOf(db.call(['SCRIPT', 'LOAD', 'return return']))).toBe(
      "ERR Error compiling script (new function): user_script:1: unexpected symbol near 'return'",
    )
  })

  test('scripts that only EVAL brought are forgotten in the end, loaded ones are not', () => {
    const db = newInstance()
    const loaded = db.call(['SCRIPT', 'LOAD', 'return 0']) as string
    for (let i = 1; i <= 600; i++) evaluate(db, `return ${i}`)
    expect(db.call(['SCRIPT', 'EXISTS', loaded])).toEqual([1])
    const first = db.call(['EVAL', `return redis.sha1hex('return 1')`, '0']) as string
    expect(db.call(['SCRIPT', 'EXISTS', first])).toEqual([0])
    expect(db.instance.scripting?.scripts.count).toBeLessThan(510)
  })
})

describe('FUNCTION and FCALL', () => {
  test('a library is loaded, listed, called, deleted', () => {
    const db = newInstance()
    expect(db.call(['FUNCTION', 'LOAD', LIBRARY])).toBe('lib')
    expect(textOf(db.call(['FUNCTION', 'LOAD', LIBRARY]))).toBe("ERR Library 'lib' already exists")
    expect(db.call(['FUNCTION', 'LOAD', 'REPLACE', LIBRARY])).toBe('lib')
    expect(textOf(db.run('FCALL put 1 k v'))).toBe('OK')
    expect(db.run('FCALL get 1 k')).toBe('v')
    expect(db.run('FCALL_RO LOOK 1 k')).toBe('v')
    expect(textOf(db.run('FCALL_RO get 1 k'))).toBe('ERR Can not execute a script with write flag using *_ro command.')
    expect(textOf(db.run('FCALL nope x'))).toBe('ERR Function not found')
    expect(textOf(db.run('FCALL get x'))).toBe('ERR Bad number of keys provided')
    const [library] = db.run('FUNCTION LIST LIBRARYNAME l*') as Reply[]
    expect(library).toMatchObject({
      type: 'map',
      entries: ['library_name', 'lib', 'engine', 'LUA', 'functions', expect.any(Array)],
    })
    expect(db.run('FUNCTION STATS')).toEqual({
      type: 'map',
      entries: [
        'running_script',
        null,
        'engines',
        { type: 'map', entries: ['LUA', { type: 'map', entries: ['libraries_count', 1, 'functions_count', 3] }] },
      ],
    })
    expect(textOf(db.run('FUNCTION DELETE lib'))).toBe('OK')
    expect(textOf(db.run('FUNCTION DELETE lib'))).toBe('ERR Library not found')
    expect(textOf(db.run('FCALL get 1 k'))).toBe('ERR Function not found')
  })

  test.each([
    ['return 1', 'ERR Missing library metadata'],
    ['#!lua name=x', 'ERR Invalid library metadata'],
    ['#!lua\nreturn 1', 'ERR Library name was not given'],
    ['#!lua name=a name=b\nreturn 1', 'ERR Invalid metadata value, name argument was given multiple times'],
    ['#!lua name=a foo=b\nreturn 1', 'ERR Invalid metadata value given: foo=b'],
    [
      '#!lua name=a-b\nreturn 1',
      'ERR Library names can only contain letters, numbers, or underscores(_) and must be at least one character long',
    ],
    ['#!js name=a\nreturn 1', "ERR Engine 'js' not found"],
    ['#!lua name=a\nreturn 1', 'ERR No functions registered'],
    ['#!lua name=a\n(', "ERR Error compiling function: user_function:2: unexpected symbol near '<eof>'"],
    [
      '#!lua name=a\nredis.call("PING")',
      "ERR Error registering functions: ERR user_function:2: Script attempted to access nonexistent global variable 'call'",
    ],
    [
      '#!lua name=a\nredis.register_function("f")',
      'ERR Error registering functions: ERR calling redis.register_function with a single argument is only applicable to Lua table (representing named arguments).',
    ],
    ['#!lua name=a\nwhile true do end', 'ERR Error registering functions: ERR FUNCTION LOAD timeout'],
  ])('%j is refused', (code, text) => {
    expect(textOf(newInstance().call(['FUNCTION', 'LOAD', code]))).toBe(text)
  })

  test('DUMP and RESTORE', () => {
    const db = newInstance()
    db.call(['FUNCTION', 'LOAD', LIBRARY])
    const payload = db.run('FUNCTION DUMP') as string
    const other = newInstance()
    expect(textOf(other.call(['FUNCTION', 'RESTORE', payload]))).toBe('OK')
    expect(textOf(other.call(['FUNCTION', 'RESTORE', payload]))).toBe('ERR Library lib already exists')
    expect(textOf(other.call(['FUNCTION', 'RESTORE', payload, 'replace']))).toBe('OK')
    expect(textOf(other.call(['FUNCTION', 'RESTORE', payload, 'flush']))).toBe('OK')
    expect(textOf(other.call(['FUNCTION', 'RESTORE', payload, 'x']))).toMatch(/^ERR Wrong restore policy/)
    expect(textOf(other.call(['FUNCTION', 'RESTORE', `${payload.slice(0, -1)}?`]))).toBe(
      'ERR DUMP payload version or checksum are wrong',
    )
    other.run('SET k v')
    expect(other.run('FCALL get 1 k')).toBe('v')
  })
})
