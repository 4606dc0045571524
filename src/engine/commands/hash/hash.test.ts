import { describe, expect, it } from 'vitest'
import { map } from '../../reply.ts'
import { newInstance } from '../../testing/run.ts'

const WRONG_TYPE = 'WRONGTYPE Operation against a key holding the wrong kind of value'

function events(db: ReturnType<typeof newInstance>): string[] {
  return db.instance.take().changes.map((change) => change.event)
}

describe('setting and reading fields', () => {
  it('counts new fields once, the last value of a repeated field counting', () => {
    const db = newInstance()
    expect(db.run('HSET h a 1 b 2 a 3')).toBe(2)
    expect(db.run('HSET h a 4 c 5')).toBe(1)
    expect(db.run('HGETALL h')).toEqual(map(['a', '4', 'b', '2', 'c', '5']))
    expect(db.run('HKEYS h')).toEqual(['a', 'b', 'c'])
    expect(db.run('HVALS h')).toEqual(['4', '2', '5'])
    expect(db.run('HLEN h')).toBe(3)
  })

  it('reads one field or several, missing ones as null', () => {
    const db = newInstance()
    db.run('HMSET h a one b ""')
    expect(db.run('HGET h a')).toBe('one')
    expect(db.run('HGET h x')).toBeNull()
    expect(db.run('HGET none a')).toBeNull()
    expect(db.run('HMGET h b x a')).toEqual(['', null, 'one'])
    expect(db.run('HMGET none a b')).toEqual([null, null])
    expect([db.run('HEXISTS h a'), db.run('HEXISTS h x'), db.run('HEXISTS none a')]).toEqual([1, 0, 0])
    expect([db.run('HSTRLEN h a'), db.run('HSTRLEN h b'), db.run('HSTRLEN h x')]).toEqual([3, 0, 0])
    expect(db.run('HGETALL none')).toEqual(map([]))
    expect(db.run('HLEN none')).toBe(0)
  })

  it('HMSET replies OK and HSETNX only sets what is not there', () => {
    const db = newInstance()
    expect(db.run('HMSET h a 1')).toEqual({ type: 'status', text: 'OK' })
    expect(db.run('HSETNX h a 2')).toBe(0)
    expect(db.run('HSETNX h b 2')).toBe(1)
    expect(db.run('HMGET h a b')).toEqual(['1', '2'])
  })

  it('HDEL counts what it removed, and takes the key away with the last field', () => {
    const db = newInstance()
    db.run('HSET h a 1 b 2 c 3')
    expect(db.run('HDEL h a a x')).toBe(1)
    events(db)
    expect(db.run('HDEL h b c')).toBe(2)
    expect(events(db)).toEqual(['hdel', 'del'])
    expect(db.instance.keyspace.size).toBe(0)
    expect(db.run('HDEL h b')).toBe(0)
  })

  it.each(['HSET h f', 'HSET h f v g', 'HMSET h f v g'])('%s has a wrong number of arguments', (line) => {
    const name = line.split(' ')[0]?.toLowerCase()
    expect(newInstance().run(line)).toEqual({
      type: 'error',
      text: `ERR wrong number of arguments for '${name}' command`,
    })
  })

  it.each([
    'HSET s f v',
    'HMSET s f v',
    'HSETNX s f v',
    'HGET s f',
    'HMGET s f',
    'HGETALL s',
    'HKEYS s',
    'HVALS s',
    'HLEN s',
    'HEXISTS s f',
    'HSTRLEN s f',
    'HDEL s f',
    'HINCRBY s f 1',
    'HINCRBYFLOAT s f 1',
    'HSCAN s 0 NONSENSE',
    'HRANDFIELD s',
    'HEXPIRE s x NONSENSE 1 f',
    'HTTL s NONSENSE 1 f',
    'HPERSIST s NONSENSE 1 f',
    'HGETDEL s NONSENSE 1 f',
    'HGETEX s NONSENSE 1 f',
    'HSETEX s FIELDS 1 f v',
  ])('%s refuses a string', (line) => {
    const db = newInstance()
    db.run('SET s v')
    expect(db.run(line)).toEqual({ type: 'error', text: WRONG_TYPE })
  })
})

describe('counters in fields', () => {
  it('C1: adds whole numbers and decimals, from 0 when there is nothing', () => {
    const db = newInstance()
    expect(db.run('HINCRBY h n 5')).toBe(5)
    expect(db.run('HINCRBY h n -7')).toBe(-2)
    expect(db.run('HINCRBYFLOAT h n 0.1')).toBe('-1.9')
    expect(db.run('HINCRBYFLOAT h n 1.9')).toBe('0')
    expect(db.run('HINCRBY h n 3')).toBe(3)
    expect(db.run('HGET h n')).toBe('3')
  })

  it('a value that was made whole by decimals counts on as a whole number', () => {
    const db = newInstance()
    db.run('HSET h n 1.5')
    expect(db.run('HINCRBY h n 1')).toEqual({ type: 'error', text: 'ERR hash value is not an integer' })
    db.run('HINCRBYFLOAT h n 0.5')
    expect(db.run('HINCRBY h n 1')).toBe(3)
  })

  it('C2: counters are 59 bits wide, and exact throughout', () => {
    const db = newInstance()
    db.run('HSET h n 288230376151711742')
    expect(db.run('HINCRBY h n 1')).toBe(288230376151711743n)
    expect(db.run('HINCRBY h n 1')).toEqual({ type: 'error', text: 'ERR increment or decrement would overflow' })
    expect(db.run('HGET h n')).toBe('288230376151711743')
    expect(db.run('HINCRBY h m -288230376151711744')).toBe(-288230376151711744n)
    expect(db.run('HINCRBY h m -1')).toEqual({ type: 'error', text: 'ERR increment or decrement would overflow' })
  })

  it.each([
    ['HINCRBY h w 1', 'ERR hash value is not an integer'],
    ['HINCRBY h w x', 'ERR value is not an integer or out of range'],
    ['HINCRBYFLOAT h w 1', 'ERR hash value is not a float'],
    ['HINCRBYFLOAT h w x', 'ERR value is not a valid float'],
    ['HINCRBYFLOAT h w inf', 'ERR value is NaN or Infinity'],
    ['HINCRBYFLOAT h i 1', 'ERR increment would produce NaN or Infinity'],
  ])('%s is refused: %s', (line, text) => {
    const db = newInstance()
    db.run('HSET h w word i inf')
    expect(db.run(line)).toEqual({ type: 'error', text })
    expect(db.run('HMGET h w i')).toEqual(['word', 'inf'])
  })
})

describe('walking and choosing', () => {
  function large() {
    const db = newInstance()
    for (let i = 0; i < 100; i++) db.run(`HSET h f${i} v${i}`)
    return db
  }

  it('HSCAN returns every field exactly once, with its value', () => {
    const db = large()
    const seen: string[] = []
    let cursor = '0'
    do {
      const [next, items] = db.run(`HSCAN h ${cursor} COUNT 7`) as [string, string[]]
      expect(items.length).toBeLessThan(40)
      for (let i = 0; i < items.length; i += 2) {
        expect(items[i + 1]).toBe(items[i]?.replace('f', 'v'))
        seen.push(items[i] as string)
      }
      cursor = next
    } while (cursor !== '0')
    expect(seen.length).toBe(100)
    expect(new Set(seen).size).toBe(100)
  })

  it('HSCAN knows MATCH and NOVALUES', () => {
    const db = large()
    expect(db.run('HSCAN h 0 NOVALUES MATCH f7 COUNT 1000')).toEqual(['0', ['f7']])
    expect(db.run('HSCAN h 0 COUNT 1000 MATCH f7')).toEqual(['0', ['f7', 'v7']])
    expect(db.run('HSCAN none 0')).toEqual(['0', []])
  })

  it.each([
    ['HSCAN h x', 'ERR invalid cursor'],
    ['HSCAN h 18446744073709551616', 'ERR invalid cursor'],
    ['HSCAN h 0 COUNT 0', 'ERR syntax error'],
    ['HSCAN h 0 COUNT x', 'ERR value is not an integer or out of range'],
    ['HSCAN h 0 NONSENSE', 'ERR syntax error'],
    ['HRANDFIELD h x', 'ERR value is not an integer or out of range'],
    ['HRANDFIELD h 1 NONSENSE', 'ERR syntax error'],
    ['HRANDFIELD missing -2 WITHVALUES WITHVALUES', 'ERR syntax error'],
    ['HRANDFIELD h -9223372036854775807 WITHVALUES', 'ERR value is out of range'],
    ['HRANDFIELD h -16000001', 'ERR value is out of range'],
  ])('%s is refused: %s', (line, text) => {
    expect(large().run(line)).toEqual({ type: 'error', text })
  })

  it('HRANDFIELD chooses different fields, or repeats them for a negative count', () => {
    const db = large()
    expect(db.run('HRANDFIELD h')).toMatch(/^f\d+$/)
    for (const count of [10, 90]) {
      const fields = db.run(`HRANDFIELD h ${count}`) as string[]
      expect(new Set(fields).size).toBe(count)
    }
    expect((db.run('HRANDFIELD h 1000') as string[]).length).toBe(100)
    expect((db.run('HRANDFIELD h -1000') as string[]).length).toBe(1000)
    expect(db.run('HRANDFIELD h 0')).toEqual([])
    expect(db.run('HRANDFIELD none')).toBeNull()
    expect(db.run('HRANDFIELD none 3')).toEqual([])
  })

  it('HRANDFIELD nests pairs in RESP3 only', () => {
    const db = newInstance()
    db.run('HSET h a 1')
    expect(db.run('HRANDFIELD h -2 WITHVALUES')).toEqual(['a', '1', 'a', '1'])
    db.instance.session(1, 0).resp = 3
    expect(db.run('HRANDFIELD h -2 WITHVALUES')).toEqual([
      ['a', '1'],
      ['a', '1'],
    ])
  })
})
