/** Replies of the JSON commands, most of them from the examples of their documentation. */
import { beforeAll, describe, expect, it } from 'vitest'
import { loadParts } from '../../parts.ts'
import { error, status, type Reply } from '../../reply.ts'
import { newInstance, type TestInstance } from '../../testing/run.ts'

beforeAll(() => loadParts(['json']))

const NO_KEY = error("ERR could not perform this operation on a key that doesn't exist")
const WRONG_KEY = error('Existing key has wrong Redis type')

/** `run` with words as they are. */
function open(...first: readonly (readonly string[])[]): { db: TestInstance; run: (...words: string[]) => Reply } {
  const db = newInstance()
  const run = (...words: string[]) => db.call(words)
  for (const words of first) run(...words)
  return { db, run }
}

function withDocument(text: string) {
  return open(['JSON.SET', 'doc', '$', text])
}

function resp3(db: TestInstance): void {
  db.run('HELLO 3')
}

describe('JSON.SET and JSON.GET', () => {
  it('sets and gets, J6: in both notations', () => {
    const { run } = withDocument('{"a":2}')
    expect(run('JSON.GET', 'doc', '$')).toBe('[{"a":2}]')
    expect(run('JSON.GET', 'doc')).toBe('{"a":2}')
    expect(run('JSON.GET', 'doc', '.')).toBe('{"a":2}')
    expect(run('JSON.GET', 'doc', 'a')).toBe('2')
    expect(run('JSON.SET', 'doc', '$.b', '8')).toEqual(status('OK'))
    expect(run('JSON.GET', 'doc', '$')).toBe('[{"a":2,"b":8}]')
    expect(run('TYPE', 'doc')).toEqual(status('ReJSON-RL'))
  })

  it('replaces every match', () => {
    const { run } = withDocument('{"f1":{"a":1},"f2":{"a":2}}')
    expect(run('JSON.SET', 'doc', '$..a', '3')).toEqual(status('OK'))
    expect(run('JSON.GET', 'doc')).toBe('{"f1":{"a":3},"f2":{"a":3}}')
  })

  it('knows NX and XX', () => {
    const { run } = open()
    expect(run('JSON.SET', 'doc', '$', '1', 'XX')).toBe(null)
    expect(run('JSON.SET', 'doc', '$', '{"a":1}', 'NX')).toEqual(status('OK'))
    expect(run('JSON.SET', 'doc', '$', '2', 'NX')).toBe(null)
    expect(run('JSON.SET', 'doc', '$.a', '2', 'NX')).toBe(null)
    expect(run('JSON.SET', 'doc', '$.b', '2', 'XX')).toBe(null)
    expect(run('JSON.SET', 'doc', '$.b', '2', 'NX')).toEqual(status('OK'))
    expect(run('JSON.SET', 'doc', '$.b', '3', 'xx')).toEqual(status('OK'))
    expect(run('JSON.GET', 'doc')).toBe('{"a":1,"b":3}')
    expect(run('JSON.SET', 'doc', '$.b', '3', 'NX', 'XX')).toEqual(error('ERR syntax error'))
    expect(run('JSON.SET', 'doc', '$.b', '3', 'YY')).toEqual(error('ERR syntax error'))
    expect(run('JSON.SET', 'doc', '$.b', '3', 'FORMAT', 'BSOM')).toEqual(error('ERR wrong format'))
  })

  it('says why a value has no place', () => {
    const { run } = withDocument('{"a":[1],"s":"x"}')
    expect(run('JSON.SET', 'new', '$.a', '1')).toEqual(error('ERR new objects must be created at the root'))
    expect(run('JSON.SET', 'doc', '$.x.y', '1')).toBe(null)
    expect(run('JSON.SET', 'doc', '$.s.y', '1')).toBe(null)
    expect(run('JSON.SET', 'doc', '$.a[1]', '1')).toEqual(error('ERR array index out of range'))
    expect(run('JSON.SET', 'doc', '$..x', '1')).toEqual(error('Err wrong static path'))
    expect(run('JSON.SET', 'doc', '$.*.x', '1')).toEqual(error('Err wrong static path'))
    expect(run('JSON.SET', 'doc', '$', '{')).toEqual(error('EOF while parsing an object at line 1 column 1'))
    expect(run('JSON.GET', 'doc')).toBe('{"a":[1],"s":"x"}')
  })

  it('lays text out', () => {
    const { run } = withDocument('{"a":2,"b":[1,{"c":[]}],"d":{}}')
    expect(run('JSON.GET', 'doc', 'INDENT', '  ', 'NEWLINE', '\n', 'SPACE', ' ', '.')).toBe(
      '{\n  "a": 2,\n  "b": [\n    1,\n    {\n      "c": []\n    }\n  ],\n  "d": {}\n}',
    )
    expect(run('JSON.GET', 'doc', 'indent', '_', '$.b')).toBe('[_[__1,__{___"c":[]__}_]]')
    expect(run('JSON.GET', 'doc', '$.a', 'NOESCAPE', 'SPACE', '~', '$.d')).toBe('{"$.a":~[2],"$.d":~[{}]}')
    expect(run('JSON.GET', 'doc', 'INDENT')).toEqual(error("ERR wrong number of arguments for 'json.get' command"))
  })

  it('gives several paths as one object', () => {
    const { run } = withDocument('{"a":2,"b":3,"nested":{"a":4,"b":null}}')
    expect(run('JSON.GET', 'doc', '$..b')).toBe('[3,null]')
    expect(run('JSON.GET', 'doc', '..a', '$..b')).toBe('{"..a":[2,4],"$..b":[3,null]}')
    expect(run('JSON.GET', 'doc', '.a', '.b')).toBe('{".a":2,".b":3}')
    expect(run('JSON.GET', 'doc', '.a', '.x')).toEqual(error("ERR Path '.x' does not exist"))
    expect(run('JSON.GET', 'doc', '$.x')).toBe('[]')
    expect(run('JSON.GET', 'doc', '.x')).toEqual(error("ERR Path '$.x' does not exist"))
    expect(run('JSON.GET', 'none', '.x')).toBe(null)
  })

  it('tells documents from other keys', () => {
    const { run } = open(['SET', 's', 'x'], ['JSON.SET', 'doc', '$', '1'])
    expect(run('JSON.GET', 's')).toEqual(WRONG_KEY)
    expect(run('JSON.SET', 's', '$', '1')).toEqual(WRONG_KEY)
    expect(run('GET', 'doc')).toEqual(error('WRONGTYPE Operation against a key holding the wrong kind of value'))
    expect(run('SET', 'doc', 'x')).toEqual(status('OK'))
    expect(run('GET', 'doc')).toBe('x')
  })

  it('X4: setting a document anew clears its expiry, a change inside keeps it', () => {
    const { run } = open(['JSON.SET', 'doc', '$', '{}'], ['EXPIRE', 'doc', '100'])
    run('JSON.SET', 'doc', '$.a', '1')
    expect(run('TTL', 'doc')).toBe(100)
    run('JSON.SET', 'doc', '$', '{}')
    expect(run('TTL', 'doc')).toBe(-1)
  })

  it('keeps fields in the order in which they were added, a replaced one in its place', () => {
    const { run } = withDocument('{"z":1,"a":2,"m":3,"a":4}')
    run('JSON.SET', 'doc', '$.b', '5')
    run('JSON.SET', 'doc', '$.a', '6')
    expect(run('JSON.GET', 'doc')).toBe('{"z":1,"a":6,"m":3,"b":5}')
    run('JSON.DEL', 'doc', '$.z')
    run('JSON.SET', 'doc', '$.z', '7')
    expect(run('JSON.GET', 'doc')).toBe('{"a":6,"m":3,"b":5,"z":7}')
    expect(run('JSON.OBJKEYS', 'doc', '$')).toEqual([['a', 'm', 'b', 'z']])
  })

  it('refuses what is nested too deeply', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    const { run } = open()
    expect(run('JSON.SET', 'doc', '$', nested(128))).toEqual(status('OK'))
    expect(run('JSON.SET', 'doc', '$', nested(129))).toEqual(error('recursion limit exceeded at line 1 column 129'))
    expect(run('JSON.SET', 'doc', '$[0][0]', nested(127))).toEqual(error('ERR recursion limit exceeded'))
    expect(run('JSON.SET', 'doc', '$[0][0]', nested(126))).toEqual(status('OK'))
  })
})

describe('JSON.MGET, JSON.MSET and JSON.MERGE', () => {
  it('gets one path of several documents', () => {
    const { run } = open(
      ['JSON.SET', 'doc1', '$', '{"a":1,"b":2,"nested":{"a":3},"c":null}'],
      ['JSON.SET', 'doc2', '$', '{"a":4,"b":5,"nested":{"a":6},"c":null}'],
      ['SET', 's', 'x'],
    )
    expect(run('JSON.MGET', 'doc1', 'doc2', '$..a')).toEqual(['[1,3]', '[4,6]'])
    expect(run('JSON.MGET', 'doc1', 's', 'none', 'doc2', 'b')).toEqual(['2', null, null, '5'])
    expect(run('JSON.MGET', 'doc1', 'x')).toEqual([null])
    expect(run('JSON.MGET', 'doc1')).toEqual(error("ERR wrong number of arguments for 'json.mget' command"))
    expect(run('COMMAND', 'GETKEYS', 'JSON.MGET', 'k1', 'k2', '$')).toEqual(['k1', 'k2'])
  })

  it('sets in several documents, all or nothing', () => {
    const { run } = open()
    expect(run('JSON.MSET', 'a', '$', '{"x":1}', 'b', '$', '[1]')).toEqual(status('OK'))
    expect(run('JSON.MSET', 'a', '$.x', '2', 'c', '$.y', '3')).toEqual(
      error('ERR new objects must be created at the root'),
    )
    expect(run('JSON.MSET', 'a', '$.x', '2', 'b', '$', 'nope')).toEqual(error('expected ident at line 1 column 2'))
    expect(run('JSON.GET', 'a')).toBe('{"x":1}')
    expect(run('JSON.MSET', 'a', '$', '{}', 'a', '$.y', '{"z":{}}', 'a', '$.y.z', '[{}]')).toEqual(status('OK'))
    expect(run('JSON.GET', 'a')).toBe('{"y":{"z":[{}]}}')
    expect(run('JSON.MSET', 'a', '$.y', '7', 'a', '$.y.z', '8')).toBe(null)
    expect(run('JSON.GET', 'a')).toBe('{"y":7}')
    expect(run('JSON.MSET', 'a', '$')).toEqual(error("ERR wrong number of arguments for 'json.mset' command"))
  })

  it('merges as RFC 7396 says', () => {
    const { run } = withDocument('{"a":2}')
    const merge = (path: string, patch: string) => {
      expect(run('JSON.MERGE', 'doc', path, patch)).toEqual(status('OK'))
      return run('JSON.GET', 'doc', '$')
    }
    expect(merge('$.b', '8')).toBe('[{"a":2,"b":8}]')
    expect(merge('$.a', '3')).toBe('[{"a":3,"b":8}]')
    expect(merge('$', '{"a":null}')).toBe('[{"b":8}]')
    expect(merge('$', '{"c":{"d":null,"e":{"f":null,"g":1}},"b":[null]}')).toBe('[{"b":[null],"c":{"e":{"g":1}}}]')
    expect(merge('$.c', '{"e":{"h":2}}')).toBe('[{"b":[null],"c":{"e":{"g":1,"h":2}}}]')
    expect(merge('$.c.e', '5')).toBe('[{"b":[null],"c":{"e":5}}]')
    expect(run('JSON.MERGE', 'none', '$.x', '1')).toEqual(error('ERR new objects must be created at the root'))
    expect(run('JSON.MERGE', 'none', '$', '{"x":1}')).toEqual(status('OK'))
  })
})

describe('JSON.DEL and JSON.CLEAR', () => {
  it('deletes matches, and a document of which nothing is left', () => {
    const { run } = withDocument('{"a":1,"nested":{"a":2,"b":3}}')
    expect(run('JSON.DEL', 'doc', '$..a')).toBe(2)
    expect(run('JSON.GET', 'doc', '$')).toBe('[{"nested":{"b":3}}]')
    expect(run('JSON.DEL', 'doc', '$.x')).toBe(0)
    expect(run('JSON.DEL', 'doc', '$.nested')).toBe(1)
    expect(run('EXISTS', 'doc')).toBe(0)
    expect(run('JSON.DEL', 'doc')).toBe(0)
    run('JSON.SET', 'doc', '$', '[[1],[1,2,3]]')
    expect(run('JSON.FORGET', 'doc', '$..[0]')).toBe(2)
    expect(run('JSON.GET', 'doc')).toBe('[[2,3]]')
    expect(run('JSON.DEL', 'doc', '.')).toBe(1)
    expect(run('EXISTS', 'doc')).toBe(0)
  })

  it('clears containers and numbers', () => {
    const { run } = withDocument('{"obj":{"a":1,"b":2},"arr":[1,2,3],"str":"foo","bool":true,"int":42,"float":3.14}')
    expect(run('JSON.CLEAR', 'doc', '$.*')).toBe(4)
    expect(run('JSON.GET', 'doc', '$')).toBe('[{"obj":{},"arr":[],"str":"foo","bool":true,"int":0,"float":0}]')
    expect(run('JSON.CLEAR', 'doc', '$.*')).toBe(0)
    expect(run('JSON.CLEAR', 'doc')).toBe(1)
    expect(run('JSON.GET', 'doc')).toBe('{}')
    expect(run('JSON.CLEAR', 'none')).toEqual(NO_KEY)
  })
})

describe('numbers, strings and booleans', () => {
  it('adds and multiplies', () => {
    const { run } = withDocument('{"a":"b","b":[{"a":2},{"a":5},{"a":"c"}]}')
    expect(run('JSON.NUMINCRBY', 'doc', '$.a', '2')).toBe('[null]')
    expect(run('JSON.NUMINCRBY', 'doc', '$..a', '2')).toBe('[null,4,7,null]')
    expect(run('JSON.NUMMULTBY', 'doc', '$..a', '2')).toBe('[null,8,14,null]')
    expect(run('JSON.NUMINCRBY', 'doc', '.b[0].a', '0.5')).toBe('8.5')
    expect(run('JSON.NUMMULTBY', 'doc', '.b[0].a', '-2')).toBe('-17.0')
    expect(run('JSON.NUMINCRBY', 'doc', '.a', '1')).toEqual(
      error("ERR Path '$.a' does not exist or does not contains a number"),
    )
    expect(run('JSON.NUMINCRBY', 'doc', '$.x', '1')).toBe('[]')
    expect(run('JSON.NUMINCRBY', 'doc', '$..a', '"1"')).toEqual(error('bad input number'))
    expect(run('JSON.NUMINCRBY', 'doc', '$..a', 'x')).toEqual(error('expected value at line 1 column 1'))
    expect(run('JSON.NUMINCRBY', 'none', '$', '1')).toEqual(NO_KEY)
  })

  it('shows sums of doubles as one region computes them', () => {
    const { run } = withDocument('0.1')
    expect(run('JSON.NUMINCRBY', 'doc', '$', '0.2')).toBe('[0.30000000000000004]')
    expect(run('JSON.NUMINCRBY', 'doc', '$', '0.3')).toBe('[0.6000000000000001]')
    expect(run('JSON.GET', 'doc')).toBe('0.6000000000000001')
    expect(run('JSON.NUMINCRBY', 'doc', '$', '1e308')).toBe('[1e308]')
    expect(run('JSON.NUMINCRBY', 'doc', '$', '1e308')).toEqual(error('result is not a number'))
    run('JSON.SET', 'doc', '$', '9223372036854775806')
    expect(run('JSON.NUMINCRBY', 'doc', '$', '1')).toBe('[9223372036854775807]')
    expect(run('JSON.NUMINCRBY', 'doc', '$', '1')).toEqual(error('ERR numeric overflow'))
    expect(run('JSON.GET', 'doc')).toBe('9223372036854775807')
  })

  it('appends to strings and measures them in bytes', () => {
    const { run } = withDocument('{"a":"foo","nested":{"a":"hello"},"nested2":{"a":31}}')
    expect(run('JSON.STRAPPEND', 'doc', '$..a', '"baz"')).toEqual([6, 8, null])
    expect(run('JSON.STRLEN', 'doc', '$..a')).toEqual([6, 8, null])
    expect(run('JSON.STRAPPEND', 'doc', '.a', '"\\u00e9"')).toBe(8)
    expect(run('JSON.STRLEN', 'doc', 'a')).toBe(8)
    expect(run('JSON.STRLEN', 'doc')).toEqual(
      error('WRONGTYPE wrong type of path value - expected string but found object'),
    )
    expect(run('JSON.STRAPPEND', 'doc', '$.a', '1')).toEqual(
      error('WRONGTYPE wrong type of path value - expected string but found 1'),
    )
    expect(run('JSON.STRAPPEND', 'doc', '.nested2.a', '"x"')).toEqual(
      error("ERR Path '$.nested2.a' does not exist or not a string"),
    )
    expect(run('JSON.STRLEN', 'none', '$')).toEqual(NO_KEY)
    expect(run('JSON.STRLEN', 'none')).toBe(null)
    run('JSON.SET', 's', '$', '"a"')
    expect(run('JSON.STRAPPEND', 's', '"b"')).toBe(2)
    expect(run('JSON.GET', 's')).toBe('"ab"')
  })

  it('toggles booleans', () => {
    const { run } = withDocument('{"bool":true,"n":1}')
    expect(run('JSON.TOGGLE', 'doc', '$.bool')).toEqual([0])
    expect(run('JSON.TOGGLE', 'doc', '$.*')).toEqual([1, null])
    expect(run('JSON.TOGGLE', 'doc', '.bool')).toBe('false')
    expect(run('JSON.TOGGLE', 'doc', '.n')).toEqual(error("ERR Path '$.n' does not exist or not a bool"))
  })
})

describe('arrays', () => {
  it('appends and inserts', () => {
    const { run } = withDocument('{"a":[1],"nested":{"a":[1,2]},"nested2":{"a":42}}')
    expect(run('JSON.ARRAPPEND', 'doc', '$..a', '3', '4')).toEqual([3, 4, null])
    expect(run('JSON.ARRINSERT', 'doc', '$..a', '0', '"x"', '[]')).toEqual([5, 6, null])
    expect(run('JSON.ARRINSERT', 'doc', '.a', '-1', '{"y":1}')).toBe(6)
    expect(run('JSON.GET', 'doc', '.a')).toBe('["x",[],1,3,{"y":1},4]')
    expect(run('JSON.ARRINSERT', 'doc', '$.a', '7', '1')).toEqual(error('ERR index out of bounds'))
    expect(run('JSON.ARRINSERT', 'doc', '$.a', 'x', '1')).toEqual(error("Couldn't parse as integer"))
    expect(run('JSON.ARRAPPEND', 'doc', '.nested2.a', '1')).toEqual(
      error("ERR Path '.nested2.a' does not exist or not an array"),
    )
    expect(run('JSON.ARRAPPEND', 'doc', '$.a', '1', '{')).toEqual(
      error('EOF while parsing an object at line 1 column 1'),
    )
    expect(run('JSON.ARRLEN', 'doc', '$..a')).toEqual([6, 6, null])
    expect(run('JSON.ARRLEN', 'doc', 'a')).toBe(6)
    expect(run('JSON.ARRLEN', 'doc')).toEqual(error("ERR Path '.' does not exist or not an array"))
    expect(run('JSON.ARRLEN', 'none')).toBe(null)
  })

  it('pops', () => {
    const { run } = withDocument('{"a":[3],"nested":{"a":[3,4]},"e":{"a":[]},"s":{"a":1}}')
    expect(run('JSON.ARRPOP', 'doc', '$..a')).toEqual(['3', '4', null, null])
    expect(run('JSON.ARRPOP', 'doc', 'nested.a', '5')).toBe('3')
    expect(run('JSON.ARRPOP', 'doc', 'nested.a')).toBe(null)
    run('JSON.SET', 'doc', '$', '[1,{"b":[2]},"x"]')
    expect(run('JSON.ARRPOP', 'doc', '.', '-2')).toBe('{"b":[2]}')
    expect(run('JSON.ARRPOP', 'doc', '.', '-9')).toBe('1')
    expect(run('JSON.ARRPOP', 'doc')).toBe('"x"')
    expect(run('JSON.GET', 'doc')).toBe('[]')
    expect(run('JSON.ARRPOP', 'doc', 'FORMAT', 'EXPAND', '$')).toEqual(
      error('ERR FORMAT argument is not supported on RESP2'),
    )
  })

  it('trims', () => {
    const trimmed = (start: string, stop: string) => {
      const { run } = withDocument('[0,1,2,3,4]')
      const length = run('JSON.ARRTRIM', 'doc', '$', start, stop)
      return [length, run('JSON.GET', 'doc')]
    }
    expect(trimmed('1', '2')).toEqual([[2], '[1,2]'])
    expect(trimmed('-2', '-1')).toEqual([[2], '[3,4]'])
    expect(trimmed('0', '99')).toEqual([[5], '[0,1,2,3,4]'])
    expect(trimmed('3', '1')).toEqual([[0], '[]'])
    expect(trimmed('9', '10')).toEqual([[0], '[]'])
    expect(trimmed('-99', '0')).toEqual([[1], '[0]'])
  })

  it('finds values', () => {
    const { run } = withDocument('{"arr":[1,2,"x",[1,{"b":1.0}],2],"n":1}')
    expect(run('JSON.ARRINDEX', 'doc', '$.arr', '2')).toEqual([1])
    expect(run('JSON.ARRINDEX', 'doc', '$.arr', '2', '2')).toEqual([4])
    expect(run('JSON.ARRINDEX', 'doc', '$.arr', '2', '2', '4')).toEqual([-1])
    expect(run('JSON.ARRINDEX', 'doc', '$.arr', '2', '-3', '-1')).toEqual([-1])
    expect(run('JSON.ARRINDEX', 'doc', '$.arr', '[1,{"b":1.0}]')).toEqual([3])
    expect(run('JSON.ARRINDEX', 'doc', '$.arr', '1.0')).toEqual([-1])
    expect(run('JSON.ARRINDEX', 'doc', '$.*', '1')).toEqual([0, null])
    expect(run('JSON.ARRINDEX', 'doc', 'arr', '"x"')).toBe(2)
    expect(run('JSON.ARRINDEX', 'doc', 'n', '1')).toEqual(
      error('WRONGTYPE wrong type of path value - expected array but found integer'),
    )
    expect(run('JSON.ARRINDEX', 'none', '$', '1')).toEqual(error("ERR Path '$' does not exist"))
  })
})

describe('looking at documents', () => {
  it('counts and lists fields', () => {
    const { run } = withDocument('{"a":[3],"nested":{"a":{"b":2,"c":1}}}')
    expect(run('JSON.OBJLEN', 'doc', '$..a')).toEqual([null, 2])
    expect(run('JSON.OBJKEYS', 'doc', '$..a')).toEqual([null, ['b', 'c']])
    expect(run('JSON.OBJKEYS', 'doc')).toEqual(['a', 'nested'])
    expect(run('JSON.OBJLEN', 'doc', '.x')).toBe(null)
    expect(run('JSON.OBJLEN', 'doc', '.a')).toEqual(
      error('WRONGTYPE wrong type of path value - expected object but found array'),
    )
    expect(run('JSON.OBJKEYS', 'doc', '.a')).toEqual(error("ERR Path '$.a' does not exist or not an object"))
    expect(run('JSON.OBJKEYS', 'none', '$')).toEqual(NO_KEY)
    expect(run('JSON.OBJLEN', 'none', '$')).toEqual(error("ERR Path '$' does not exist or not an object"))
  })

  it('names types', () => {
    const { run } = withDocument('{"a":2,"nested":{"a":true},"foo":"bar","n":null,"f":1.5,"l":[]}')
    expect(run('JSON.TYPE', 'doc', '$..foo')).toEqual(['string'])
    expect(run('JSON.TYPE', 'doc', '$..a')).toEqual(['integer', 'boolean'])
    expect(run('JSON.TYPE', 'doc', '$.*')).toEqual(['integer', 'object', 'string', 'null', 'number', 'array'])
    expect(run('JSON.TYPE', 'doc', '$..dummy')).toEqual([])
    expect(run('JSON.TYPE', 'doc')).toBe('object')
    expect(run('JSON.TYPE', 'doc', 'x')).toBe(null)
    expect(run('JSON.TYPE', 'none')).toBe(null)
  })

  it('gives values as replies', () => {
    const { run } = withDocument('{"name":"x","n":59.95,"i":1,"ok":true,"no":null,"l":[1,[]]}')
    const whole = [
      status('{'),
      'name',
      'x',
      'n',
      { type: 'double', value: 59.95 },
      'i',
      1,
      'ok',
      status('true'),
      'no',
      null,
      'l',
      [status('['), 1, [status('[')]],
    ]
    expect(run('JSON.RESP', 'doc')).toEqual(whole)
    expect(run('JSON.RESP', 'doc', '$')).toEqual([whole])
    expect(run('JSON.RESP', 'doc', '$.l')).toEqual([[status('['), 1, [status('[')]]])
  })

  it('tells about memory', () => {
    const { run } = withDocument('{"a":"x","b":{"c":[1,2,3]}}')
    const all = run('JSON.DEBUG', 'MEMORY', 'doc') as number
    const [part] = run('JSON.DEBUG', 'MEMORY', 'doc', '$.b') as number[]
    expect(all).toBeGreaterThan(part as number)
    expect(run('JSON.DEBUG', 'MEMORY', 'none')).toBe(0)
    expect(run('JSON.DEBUG', 'MEMORY', 'none', '$')).toEqual([])
    expect(run('MEMORY', 'USAGE', 'doc')).toBeGreaterThan(all)
  })

  it('has RESP3 forms of its own', () => {
    const { db, run } = withDocument('{"a1":{"b":{"c":true,"d":null}},"a2":{"b":{"c":2,"e":[1.5]}}}')
    resp3(db)
    expect(run('JSON.GET', 'doc', '$..c')).toBe('[true,2]')
    expect(run('JSON.GET', 'doc', 'FORMAT', 'EXPAND', '$.a1.b', '$.x', '$..c')).toEqual([
      [{ type: 'map', entries: ['c', { type: 'boolean', value: true }, 'd', null] }],
      [],
      [{ type: 'boolean', value: true }, 2],
    ])
    expect(run('JSON.GET', 'doc', 'FORMAT', 'EXPAND1', '$.a2.b')).toEqual([['{"c":2,"e":[1.5]}']])
    expect(run('JSON.GET', 'doc', 'FORMAT', 'X', '$')).toEqual(error('ERR wrong reply format'))
    expect(run('JSON.NUMINCRBY', 'doc', '$..c', '1')).toEqual([null, 3])
    expect(run('JSON.NUMMULTBY', 'doc', '.a2.b.c', '0.5')).toEqual([{ type: 'double', value: 1.5 }])
    expect(run('JSON.TYPE', 'doc', '$..c')).toEqual([['boolean', 'number']])
    expect(run('JSON.TYPE', 'none', '$')).toEqual([null])
    expect(run('JSON.ARRPOP', 'doc', 'FORMAT', 'EXPAND', '$..e')).toEqual([{ type: 'double', value: 1.5 }])
  })

  it('keeps RENAME, COPY and DUMP working', () => {
    const { run } = withDocument('{"a":[1,{"b":2}]}')
    run('JSON.NUMINCRBY', 'doc', '$..b', '5')
    expect(run('COPY', 'doc', 'copy')).toBe(1)
    expect(run('RENAME', 'doc', 'other')).toEqual(status('OK'))
    expect([run('JSON.GET', 'copy'), run('JSON.GET', 'other')]).toEqual(['{"a":[1,{"b":7}]}', '{"a":[1,{"b":7}]}'])
  })

  it('announces what happened', () => {
    const { db, run } = withDocument('{"a":1}')
    db.instance.take()
    run('JSON.NUMINCRBY', 'doc', '$.a', '1')
    run('JSON.DEL', 'doc')
    expect(db.instance.take().changes.map(({ event }) => event)).toEqual(['json.numincrby', 'json.del', 'del'])
  })
})
