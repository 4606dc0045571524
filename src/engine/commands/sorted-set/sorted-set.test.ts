import { describe, expect, it, test } from 'vitest'
import { double, error, NO_REPLY, NULL_ARRAY, type Reply } from '../../reply.ts'
import { toResp2 } from '../../resp2.ts'
import { newInstance, START_MS, type TestInstance } from '../../testing/run.ts'

const WRONG_TYPE = error('WRONGTYPE Operation against a key holding the wrong kind of value')

/** z: a 1, b 2, c 3, d 4; w: b 10, d 0.5; l: names with one score; s: a string; t: a set. */
function filled(): TestInstance {
  const db = newInstance()
  db.run('ZADD z 1 a 2 b 3 c 4 d')
  db.run('ZADD w 10 b 0.5 d')
  db.run('ZADD l 0 a 0 b 0 c 0 d')
  db.run('SET s text')
  db.run('SADD t a d e')
  db.instance.take()
  return db
}

const reply = (line: string, db = filled()): Reply => toResp2(db.run(line))

function events(db: TestInstance): string[] {
  return db.instance.take().changes.map((change) => `${change.event} ${change.key}`)
}

describe('ZADD and ZINCRBY', () => {
  test.each([
    ['ZADD z 9 a 5 e', 1],
    ['ZADD z CH 9 a 2 b 5 e', 2],
    ['ZADD z NX 9 a 5 e', 1],
    ['ZADD z XX 9 a 5 e', 0],
    ['ZADD z XX CH 9 a 5 e', 1],
    ['ZADD z GT CH 0 a 9 b 5 e', 2],
    ['ZADD z LT CH 0 a 9 b 5 e', 2],
    ['ZADD z CH 7 e 8 e', 2],
    ['ZADD z INCR 1.5 a', '2.5'],
    ['ZADD z NX INCR 1 a', null],
    ['ZADD z XX INCR 1 e', null],
    ['ZADD z GT INCR -1 a', null],
    ['ZADD z LT INCR -1 a', '0'],
    ['ZADD none XX 1 a', 0],
    ['ZINCRBY z 1.25 a', '2.25'],
    ['ZINCRBY none -3 a', '-3'],
    ['ZINCRBY z inf a', 'inf'],
    ['ZADD z 0x10 a', 0],
    ['ZADD z NX XX 1 a', error('ERR XX and NX options at the same time are not compatible')],
    ['ZADD z GT LT 1 a', error('ERR GT, LT, and/or NX options at the same time are not compatible')],
    ['ZADD z NX GT 1 a', error('ERR GT, LT, and/or NX options at the same time are not compatible')],
    ['ZADD z INCR 1 a 2 b', error('ERR INCR option supports a single increment-element pair')],
    ['ZADD z NX XX 1 a 2', error('ERR syntax error')],
    ['ZADD z NX XX', error('ERR syntax error')],
    ['ZADD z 1 a nan b', error('ERR value is not a valid float')],
    ['ZADD s 1e400 a', error('ERR value is not a valid float')],
    ['ZINCRBY z "1 " a', error('ERR value is not a valid float')],
    ['ZADD s 1 a', WRONG_TYPE],
  ])('%s', (line, expected) => {
    expect(reply(line)).toEqual(expected)
  })

  it('an error changes nothing', () => {
    const db = filled()
    db.run('ZADD z 9 a x b')
    expect(db.instance.take().writes).toEqual([])
    db.run('ZADD z inf a')
    db.instance.take()
    expect(db.run('ZINCRBY z -inf a')).toEqual(error('ERR resulting score is not a number (NaN)'))
    expect(db.instance.take().writes).toEqual([])
  })

  it('Z1: a member that keeps its score is written anew', () => {
    const db = filled()
    expect(db.run('ZADD z 1 a')).toBe(0)
    expect(db.instance.take().writes.length).toBe(1)
  })

  it('Z3: one region alone computes what doubles give', () => {
    const db = newInstance()
    let score = 2.3
    db.run('ZADD k 2.3 m')
    for (const by of [1.2, 2.5, 5.4, 0.1, 0.2, 1e15, -1e15, 7.7, 1e-9]) {
      score += by
      expect(db.run(`ZINCRBY k ${by} m`)).toEqual(double(score))
      expect(db.run('ZSCORE k m')).toEqual(double(score))
    }
  })
})

describe('ranges', () => {
  test.each<[string, Reply]>([
    ['ZRANGE z 0 -1', ['a', 'b', 'c', 'd']],
    ['ZRANGE z 1 2 WITHSCORES', ['b', '2', 'c', '3']],
    ['ZRANGE z -2 100 REV', ['b', 'a']],
    ['ZRANGE z 5 10', []],
    ['ZRANGE none 0 -1', []],
    ['ZREVRANGE z 0 1', ['d', 'c']],
    ['ZRANGE z (1 3 BYSCORE', ['b', 'c']],
    ['ZRANGE z 3 (1 BYSCORE REV WITHSCORES', ['c', '3', 'b', '2']],
    ['ZRANGE z -inf +inf BYSCORE LIMIT 1 2', ['b', 'c']],
    ['ZRANGE z +inf -inf BYSCORE REV LIMIT 1 2', ['c', 'b']],
    ['ZRANGE z -inf +inf BYSCORE LIMIT 2 -1', ['c', 'd']],
    ['ZRANGE z -inf +inf BYSCORE LIMIT -1 2', []],
    ['ZRANGEBYSCORE z 2 3', ['b', 'c']],
    ['ZREVRANGEBYSCORE z 3 2 LIMIT 0 1', ['c']],
    ['ZRANGE l [b (d BYLEX', ['b', 'c']],
    ['ZRANGE l + [c BYLEX REV', ['d', 'c']],
    ['ZRANGEBYLEX l - + LIMIT 1 2', ['b', 'c']],
    ['ZREVRANGEBYLEX l (d -', ['c', 'b', 'a']],
    ['ZRANGEBYLEX l + -', []],
    ['ZCOUNT z (1 4', 3],
    ['ZLEXCOUNT l [b +', 3],
    [
      'ZRANGE z 0 -1 LIMIT 0 1',
      error('ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX'),
    ],
    ['ZRANGE l - + BYLEX WITHSCORES', error('ERR syntax error, WITHSCORES not supported in combination with BYLEX')],
    ['ZRANGE z 0 1 BYSCORE BYLEX', error('ERR syntax error')],
    ['ZRANGE z 0 1 REV REV', error('ERR syntax error')],
    ['ZRANGE z a 1', error('ERR value is not an integer or out of range')],
    ['ZRANGE z a 1 BYSCORE', error('ERR min or max is not a float')],
    ['ZRANGE z a 1 BYLEX', error('ERR min or max not valid string range item')],
    ['ZRANGE s 0 1', WRONG_TYPE],
    ['ZRANGESTORE d z 2 3 BYSCORE', 2],
    ['ZRANGESTORE z none 0 -1', 0],
    ['ZREMRANGEBYRANK z 0 1', 2],
    ['ZREMRANGEBYSCORE z (1 3', 2],
    ['ZREMRANGEBYLEX l [b [c', 2],
    ['ZREMRANGEBYSCORE z 9 10', 0],
  ])('%s', (line, expected) => {
    expect(reply(line)).toEqual(expected)
  })

  it('RESP3 nests members with their scores', () => {
    const db = filled()
    db.run('HELLO 3')
    expect(db.run('ZRANGE z 0 1 WITHSCORES')).toEqual([
      ['a', double(1)],
      ['b', double(2)],
    ])
    expect(db.run('ZPOPMIN z')).toEqual(['a', double(1)])
    expect(db.run('ZPOPMIN z 1')).toEqual([['b', double(2)]])
    expect(db.run('ZSCORE z c')).toEqual(double(3))
  })

  it('T3: ZRANGESTORE replaces its destination, type and expiry included', () => {
    const db = filled()
    db.run('SET d text EX 100')
    db.instance.take()
    expect(db.run('ZRANGESTORE d z 0 0')).toBe(1)
    expect(events(db)).toEqual(['zrangestore d'])
    db.at(START_MS + 200_000)
    expect(toResp2(db.run('ZRANGE d 0 -1 WITHSCORES'))).toEqual(['a', '1'])
  })
})

describe('single members', () => {
  test.each<[string, Reply]>([
    ['ZSCORE z b', '2'],
    ['ZSCORE z q', null],
    ['ZMSCORE z a q', ['1', null]],
    ['ZMSCORE none a', [null]],
    ['ZCARD z', 4],
    ['ZRANK z b', 1],
    ['ZREVRANK z b', 2],
    ['ZRANK z q', null],
    ['ZRANK z b WITHSCORE', [1, '2']],
    ['ZREVRANK z q WITHSCORE', NULL_ARRAY],
    ['ZRANK none q WITHSCORE', NULL_ARRAY],
    ['ZRANK z b NONSENSE', error('ERR syntax error')],
    ['ZRANK z b WITHSCORE more', error("ERR wrong number of arguments for 'zrank' command")],
    ['ZREM z a a q', 1],
    ['ZREM none a', 0],
    ['TYPE z', { type: 'status', text: 'zset' }],
    ['SORT z BY nosort DESC', ['d', 'c', 'b', 'a']],
    ['SORT z ALPHA DESC LIMIT 0 2', ['d', 'c']],
    ['ZRANDMEMBER z 0', []],
    ['ZRANDMEMBER none', null],
    ['ZRANDMEMBER none 3', []],
    ['ZRANDMEMBER z 1 NONSENSE', error('ERR syntax error')],
    ['ZRANDMEMBER none 7 WITHSCORES WITHSCORES', error('ERR syntax error')],
    ['ZRANDMEMBER z 4611686018427387904 WITHSCORES', error('ERR value is out of range')],
    ['ZSCAN z x', error('ERR invalid cursor')],
  ])('%s', (line, expected) => {
    expect(reply(line)).toEqual(expected)
  })

  it('ZSCAN returns every member with its score exactly once, also while others come and go', () => {
    const db = newInstance()
    db.call(['ZADD', 'k', ...Array.from({ length: 100 }, (_, i) => [`${i}.5`, `m${i}`]).flat()])
    const seen: string[] = []
    let cursor = '0'
    do {
      const [next, items] = db.run(`ZSCAN k ${cursor} COUNT 7`) as [string, string[]]
      for (let i = 0; i < items.length; i += 2) if (items[i]?.startsWith('m')) seen.push(`${items[i]}=${items[i + 1]}`)
      db.run(`ZADD k 1 x${seen.length}`)
      cursor = next
    } while (cursor !== '0')
    expect(seen.sort()).toEqual(Array.from({ length: 100 }, (_, i) => `m${i}=${i}.5`).sort())
  })

  it('ZRANDMEMBER chooses different members, or repeats them', () => {
    const db = filled()
    expect(new Set(db.run('ZRANDMEMBER z 3') as string[]).size).toBe(3)
    expect((db.run('ZRANDMEMBER z -9') as string[]).length).toBe(9)
    expect((toResp2(db.run('ZRANDMEMBER z 9 WITHSCORES')) as string[]).length).toBe(8)
  })
})

describe('pops', () => {
  test.each<[string, Reply]>([
    ['ZPOPMIN z', ['a', '1']],
    ['ZPOPMAX z 2', ['d', '4', 'c', '3']],
    ['ZPOPMIN z 0', []],
    ['ZPOPMIN none', []],
    [
      'ZMPOP 2 none z MAX COUNT 2',
      [
        'z',
        [
          ['d', '4'],
          ['c', '3'],
        ],
      ],
    ],
    ['ZMPOP 1 none MIN', NULL_ARRAY],
    ['BZPOPMIN none z 1', ['z', 'a', '1']],
    ['BZPOPMAX z w 1', ['z', 'd', '4']],
    ['BZMPOP 1 2 none w MIN', ['w', [['d', '0.5']]]],
    ['BZPOPMIN z x', error('ERR timeout is not a float or out of range')],
    ['BZPOPMIN z -1', error('ERR timeout is negative')],
    ['ZPOPMIN z -1', error('ERR value is out of range, must be positive')],
    ['ZPOPMIN z 1 2', error('ERR syntax error')],
    ['ZMPOP 0 z MIN', error('ERR numkeys should be greater than 0')],
    ['ZMPOP 2 z MIN', error('ERR syntax error')],
    ['ZMPOP 1 z MIN COUNT 0', error('ERR count should be greater than 0')],
    ['ZMPOP 1 z MIN COUNT 1 COUNT 2', error('ERR syntax error')],
    ['BZPOPMIN none s 1', WRONG_TYPE],
  ])('%s', (line, expected) => {
    expect(reply(line)).toEqual(expected)
  })

  it('G10: the last member takes the key with it', () => {
    const db = filled()
    expect(db.run('ZPOPMIN w 5')).toMatchObject({ length: 4 })
    expect(events(db)).toEqual(['zpopmin w', 'del w'])
    expect(db.run('ZREM z a b c d')).toBe(4)
    expect(events(db)).toEqual(['zrem z', 'del z'])
  })

  it('a waiting pop is served by the next member; a key of another type is not what it waits for', () => {
    const db = filled()
    expect(db.run('BZPOPMAX q1 q2 0', 1)).toBe(NO_REPLY)
    expect(db.run('BZMPOP 0 1 q2 MIN COUNT 9', 2)).toBe(NO_REPLY)
    db.run('SET q1 text', 3)
    db.instance.afterInput(START_MS)
    expect(db.instance.take().replies).toEqual([])
    db.run('ZADD q2 1 a 2 b 3 c', 3)
    db.instance.afterInput(START_MS)
    expect(db.instance.take().replies).toMatchObject([
      { session: 1, reply: ['q2', 'c', double(3)] },
      {
        session: 2,
        reply: [
          'q2',
          [
            ['a', double(1)],
            ['b', double(2)],
          ],
        ],
      },
    ])
    expect(db.run('EXISTS q2', 3)).toBe(0)
  })
})

describe('algebra', () => {
  test.each<[string, Reply]>([
    ['ZUNION 2 z w WITHSCORES', ['a', '1', 'c', '3', 'd', '4.5', 'b', '12']],
    ['ZUNION 2 z t WEIGHTS 2 10 AGGREGATE MAX WITHSCORES', ['b', '4', 'c', '6', 'a', '10', 'd', '10', 'e', '10']],
    ['ZINTER 2 z w AGGREGATE MIN WITHSCORES', ['d', '0.5', 'b', '2']],
    ['ZINTER 2 z none', []],
    ['ZDIFF 2 z w WITHSCORES', ['a', '1', 'c', '3']],
    ['ZINTERCARD 2 z w', 2],
    ['ZINTERCARD 2 z w LIMIT 1', 1],
    ['ZUNIONSTORE d 2 z w', 4],
    ['ZINTERSTORE d 2 z t', 2],
    ['ZDIFFSTORE d 2 z z', 0],
    ['ZUNION 0 z', error("ERR at least 1 input key is needed for 'zunion' command")],
    ['ZUNION x z', error('ERR value is not an integer or out of range')],
    ['ZUNION 2 z', error('ERR syntax error')],
    ['ZUNION 1 z WEIGHTS', error('ERR syntax error')],
    ['ZUNION 1 z WEIGHTS x', error('ERR weight value is not a float')],
    ['ZUNION 1 z AGGREGATE AVG', error('ERR syntax error')],
    ['ZUNION 1 s NONSENSE', WRONG_TYPE],
    ['ZUNIONSTORE d 1 z WITHSCORES', error('ERR syntax error')],
    ['ZDIFF 1 z WEIGHTS 1', error('ERR syntax error')],
    ['ZINTERCARD 1 z LIMIT -1', error("ERR LIMIT can't be negative")],
  ])('%s', (line, expected) => {
    expect(reply(line)).toEqual(expected)
  })

  it('infinities that would make NaN make 0', () => {
    const db = newInstance()
    db.run('ZADD a inf x')
    db.run('ZADD b -inf x')
    expect(toResp2(db.run('ZUNION 2 a b WITHSCORES'))).toEqual(['x', '0'])
    expect(toResp2(db.run('ZUNION 1 a WEIGHTS 0 WITHSCORES'))).toEqual(['x', '0'])
  })
})
