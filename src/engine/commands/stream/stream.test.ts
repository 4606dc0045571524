/** Stream commands on one instance: replies, errors, and what Redis 7.2 and later brought. Entry IDs as in Redis (`liberal`) unless a test says otherwise. */
import { describe, expect, test } from 'vitest'
import type { XaddIdMode } from '../../settings.ts'
import { newInstance, START_MS, type TestInstance } from '../../testing/run.ts'
import { toResp2 } from '../../resp2.ts'

function open(mode: XaddIdMode = 'liberal'): TestInstance {
  const db = newInstance()
  db.instance.context.xaddId = mode
  return db
}

function withEntries(...ids: readonly string[]): TestInstance {
  const db = open()
  for (const id of ids) db.run(`XADD x ${id} f ${id}`)
  return db
}

const failure = (text: string) => ({ type: 'error', text })
const idsOf = (reply: unknown) => (reply as [string, string[]][]).map(([id]) => id)
const TOO_SMALL = failure('ERR The ID specified in XADD is equal or smaller than the target stream top item')

describe('XADD', () => {
  test('E2: strict takes * and milliseconds; the sequence carries the region', () => {
    const db = open('strict')
    expect(db.run('XADD x 110 f v')).toBe('110-1')
    expect(db.run('XADD x 110 f v')).toBe('110-17')
    expect(db.run('XADD x 110-* f v')).toBe('110-33')
    expect(db.run('XADD x * f v')).toBe(`${START_MS}-1`)
    expect(db.run('XADD x * f v')).toBe(`${START_MS}-17`)
    expect(db.run('XADD x 111-1 f v')).toMatchObject({
      type: 'error',
      text: expect.stringMatching(/^ERR With xadd-id strict/),
    })
    expect(db.run('XADD x 5 f v')).toEqual(TOO_SMALL)
  })

  test('E2: semi-strict takes whole IDs too, and still generates by region', () => {
    const db = open('semi-strict')
    expect(db.run('XADD x 110-5 f v')).toBe('110-5')
    expect(db.run('XADD x 110 f v')).toBe('110-17')
    expect(db.run('XADD x 110-17 f v')).toEqual(TOO_SMALL)
  })

  test('E2: liberal gives a bare millisecond part the sequence 0, and counts as Redis does', () => {
    const db = open()
    expect(db.run('XADD x 110 f v')).toBe('110-0')
    expect(db.run('XADD x 110 f v')).toEqual(TOO_SMALL)
    expect(db.run('XADD x 110-* f v')).toBe('110-1')
    expect(db.run('XADD x * f v')).toBe(`${START_MS}-0`)
    expect(db.run('XADD x * f v')).toBe(`${START_MS}-1`)
  })

  test('an ID uses all of its 64 bits, up to the last one', () => {
    const db = open()
    expect(db.run('XADD x 9007199254740993-1 f v')).toBe('9007199254740993-1')
    expect(db.run('XADD x 9007199254740992-1 f v')).toEqual(TOO_SMALL)
    expect(db.run('XADD x 18446744073709551615-18446744073709551614 f v')).toBe(
      '18446744073709551615-18446744073709551614',
    )
    expect(db.run('XADD x * f v')).toBe('18446744073709551615-18446744073709551615')
    expect(db.run('XADD x * f v')).toEqual(
      failure('ERR The stream has exhausted the last possible ID, unable to add more items'),
    )
    expect(idsOf(db.run('XRANGE x 9007199254740993 9007199254740993'))).toEqual(['9007199254740993-1'])
  })

  test('NOMKSTREAM, MAXLEN and MINID', () => {
    const db = open()
    expect(db.run('XADD x NOMKSTREAM * f v')).toBeNull()
    for (let i = 1; i <= 5; i++) db.run(`XADD x MAXLEN 3 ${i}-0 f v`)
    expect(idsOf(db.run('XRANGE x - +'))).toEqual(['3-0', '4-0', '5-0'])
    db.run('XADD x MINID 5 6-0 f v')
    expect(idsOf(db.run('XRANGE x - +'))).toEqual(['5-0', '6-0'])
  })

  test('E9: MAXLEN 0 leaves an empty stream that keeps its last ID', () => {
    const db = open()
    expect(db.run('XADD x MAXLEN 0 7-0 f v')).toBe('7-0')
    expect(db.run('EXISTS x')).toBe(1)
    expect(db.run('XLEN x')).toBe(0)
    expect(db.run('XADD x 7-0 f v')).toEqual(TOO_SMALL)
  })

  test('trimming with ~ takes whole nodes of a hundred entries, at most as many as LIMIT says', () => {
    const db = open()
    for (let i = 1; i <= 1000; i++) db.run(`XADD x ${i} f v`)
    expect(db.run('XTRIM x MAXLEN ~ 550')).toBe(400)
    expect(db.run('XTRIM x MAXLEN ~ 0 LIMIT 250')).toBe(200)
    expect(db.run('XTRIM x MINID ~ 999')).toBe(300)
    expect(db.run('XLEN x')).toBe(100)
  })

  test('IDMP: an entry sent again is not added again, for a while', () => {
    const db = open()
    const first = db.run('XADD x IDMP p1 m1 * f v')
    db.at(START_MS + 5000)
    expect(db.run('XADD x IDMP p1 m1 * f other')).toBe(first)
    expect(db.run('XADD x IDMP p2 m1 * f v')).not.toBe(first)
    const auto = db.run('XADD x IDMPAUTO p1 * f v')
    expect(db.run('XADD x IDMPAUTO p1 * f v')).toBe(auto)
    expect(db.run('XADD x IDMPAUTO p1 * fv ""')).not.toBe(auto)
    db.at(START_MS + 101_000)
    expect(db.run('XADD x IDMP p1 m1 * f v')).not.toBe(first)
    expect(db.run('XCFGSET x IDMP-DURATION 1 IDMP-MAXSIZE 1')).toEqual({ type: 'status', text: 'OK' })
    const a = db.run('XADD x IDMP p1 a * f v')
    db.run('XADD x IDMP p1 b * f v')
    expect(db.run('XADD x IDMP p1 a * f v')).not.toBe(a)
    expect(db.run('XCFGSET x IDMP-DURATION 0')).toEqual(
      failure('ERR IDMP-DURATION must be between 1 and 86400 seconds'),
    )
    expect(db.run('XCFGSET x')).toEqual(failure('ERR syntax error'))
  })
})

describe('reading', () => {
  test('XREAD + gives the last entry, and $ what comes later', () => {
    const db = withEntries('1-0', '2-0', '3-0')
    expect(db.run('XREAD STREAMS x +')).toEqual([['x', [['3-0', ['f', '3-0']]]]])
    expect(db.run('XREAD STREAMS x $')).toEqual({ type: 'nullArray' })
    expect(db.run('XREAD COUNT 1 STREAMS x 1')).toEqual([['x', [['2-0', ['f', '2-0']]]]])
  })

  test('RESP3 gets a map of streams', () => {
    const db = withEntries('1-0')
    db.run('HELLO 3')
    expect(db.run('XREAD STREAMS x 0')).toEqual({ type: 'map', entries: ['x', [['1-0', ['f', '1-0']]]] })
  })

  test('XREAD BLOCK is served by the next XADD', () => {
    const db = open()
    db.run('XREAD BLOCK 0 STREAMS x y $ $', 2)
    expect(db.instance.blocking.size).toBe(1)
    db.run('XADD y 5-0 f v')
    db.instance.afterInput(START_MS)
    expect(db.instance.outbox).toMatchObject([{ session: 2, reply: [['y', [['5-0', ['f', 'v']]]]] }])
  })

  test('XREADGROUP BLOCK ends when the group or the stream is gone', () => {
    for (const line of ['XGROUP DESTROY x g', 'DEL x']) {
      const db = withEntries('1-0')
      db.run('XGROUP CREATE x g $')
      db.run('XREADGROUP GROUP g alice BLOCK 0 STREAMS x >', 2)
      db.run(line)
      db.instance.afterInput(START_MS)
      expect(db.instance.outbox).toMatchObject([
        { session: 2, reply: failure('NOGROUP the consumer group this client was blocked on no longer exists') },
      ])
    }
  })

  test('consumers that wait share what comes, the one that waited longer first', () => {
    const db = withEntries('1-0')
    db.run('XGROUP CREATE x g $')
    db.run('XREADGROUP GROUP g alice COUNT 1 BLOCK 0 STREAMS x >', 2)
    db.run('XREADGROUP GROUP g bob COUNT 1 BLOCK 0 STREAMS x >', 3)
    db.run('XADD x 2-0 f v')
    db.instance.afterInput(START_MS)
    db.run('XADD x 3-0 f v')
    db.instance.afterInput(START_MS)
    expect(db.instance.outbox.map(({ session }) => session)).toEqual([2, 3])
    expect(db.run('XPENDING x g - + 10')).toMatchObject([
      ['2-0', 'alice', 0, 1],
      ['3-0', 'bob', 0, 1],
    ])
  })
})

describe('groups', () => {
  function pendingTwo(): TestInstance {
    const db = withEntries('1-0', '2-0', '3-0')
    db.run('XGROUP CREATE x g 0')
    db.run('XREADGROUP GROUP g alice COUNT 2 STREAMS x >')
    return db
  }

  test('what a consumer reads is pending for it until it is acknowledged', () => {
    const db = pendingTwo()
    expect(db.run('XPENDING x g')).toEqual([2, '1-0', '2-0', [['alice', '2']]])
    expect(db.run('XACK x g 1-0 9-9')).toBe(1)
    expect(db.run('XREADGROUP GROUP g alice STREAMS x 0')).toEqual([['x', [['2-0', ['f', '2-0']]]]])
    expect(db.run('XPENDING x g - + 10 alice')).toEqual([['2-0', 'alice', 0, 2]])
    expect(db.run('XGROUP DELCONSUMER x g alice')).toBe(1)
    expect(db.run('XPENDING x g')).toEqual([0, null, null, { type: 'nullArray' }])
  })

  test('an entry that is gone is shown without fields, and XAUTOCLAIM forgets it', () => {
    const db = pendingTwo()
    db.run('XDEL x 1-0')
    expect(db.run('XREADGROUP GROUP g alice STREAMS x 0')).toEqual([
      [
        'x',
        [
          ['1-0', { type: 'nullArray' }],
          ['2-0', ['f', '2-0']],
        ],
      ],
    ])
    expect(db.run('XAUTOCLAIM x g bob 0 0')).toEqual(['0-0', [['2-0', ['f', '2-0']]], ['1-0']])
    expect(db.run('XPENDING x g')).toEqual([1, '2-0', '2-0', [['bob', '1']]])
  })

  test('XCLAIM minds the idle time, and FORCE makes an entry pending', () => {
    const db = pendingTwo()
    db.at(START_MS + 100)
    expect(db.run('XCLAIM x g bob 200 1-0 JUSTID')).toEqual([])
    expect(db.run('XCLAIM x g bob 50 1-0 JUSTID')).toEqual(['1-0'])
    expect(db.run('XCLAIM x g bob 0 3-0')).toEqual([])
    expect(db.run('XCLAIM x g bob 0 3-0 FORCE RETRYCOUNT 7 IDLE 10')).toEqual([['3-0', ['f', '3-0']]])
    expect(db.run('XPENDING x g IDLE 10 - + 9 bob')).toEqual([['3-0', 'bob', 10, 7]])
    expect(db.run('XCLAIM x g bob 0 1-0 WRONG')).toEqual(failure("ERR Unrecognized XCLAIM option 'WRONG'"))
  })

  test('CLAIM gives idle pending entries first, with their idle time and deliveries', () => {
    const db = pendingTwo()
    db.at(START_MS + 100)
    expect(db.run('XREADGROUP GROUP g bob COUNT 3 CLAIM 100 STREAMS x >')).toEqual([
      [
        'x',
        [
          ['1-0', ['f', '1-0'], 100, 1],
          ['2-0', ['f', '2-0'], 100, 1],
          ['3-0', ['f', '3-0'], 0, 0],
        ],
      ],
    ])
    expect(db.run('XPENDING x g')).toEqual([3, '1-0', '3-0', [['bob', '3']]])
    expect(db.run('XREADGROUP GROUP g alice CLAIM 1 STREAMS x >')).toEqual({ type: 'nullArray' })
    // The greatest ID is another name of `>`.
    expect(db.run('XREADGROUP GROUP g alice STREAMS x 18446744073709551615-18446744073709551615')).toEqual({
      type: 'nullArray',
    })
  })

  test('KEEPREF, DELREF and ACKED of XDELEX and XACKDEL', () => {
    const db = pendingTwo()
    db.run('XGROUP CREATE x h 0')
    expect(db.run('XDELEX x ACKED IDS 2 1-0 9-0')).toEqual([2, -1])
    expect(db.run('XACKDEL x g ACKED IDS 1 1-0')).toEqual([2])
    db.run('XREADGROUP GROUP h carol STREAMS x >')
    expect(db.run('XACKDEL x h ACKED IDS 1 1-0')).toEqual([1])
    expect(db.run('XDELEX x DELREF IDS 1 2-0')).toEqual([1])
    expect(db.run('XPENDING x g')).toEqual([0, null, null, { type: 'nullArray' }])
    expect(db.run('XPENDING x h - + 9')).toEqual([['3-0', 'carol', 0, 1]])
    expect(db.run('XDELEX x IDS 1 3-0')).toEqual([1])
    expect(db.run('XPENDING x h - + 9')).toEqual([['3-0', 'carol', 0, 1]])
    expect(db.run('XACKDEL x h IDS 2 3-0')).toEqual(
      failure('ERR The `numids` parameter must match the number of arguments'),
    )
  })

  test('XADD and XTRIM with ACKED keep what a group still needs', () => {
    const db = pendingTwo()
    db.run('XACK x g 2-0')
    db.run('XADD x ACKED MAXLEN 1 4-0 f v')
    expect(idsOf(db.run('XRANGE x - +'))).toEqual(['1-0', '3-0', '4-0'])
    expect(db.run('XTRIM x MAXLEN 0 DELREF')).toBe(3)
    expect(db.run('XPENDING x g')).toEqual([0, null, null, { type: 'nullArray' }])
  })

  test('entries-read and lag follow the reads, and are unknown behind a gap', () => {
    const db = pendingTwo()
    const groups = () => toResp2(db.run('XINFO GROUPS x'))
    expect(groups()).toEqual([
      ['name', 'g', 'consumers', 1, 'pending', 2, 'last-delivered-id', '2-0', 'entries-read', 2, 'lag', 1],
    ])
    db.run('XADD x 4-0 f v')
    db.run('XDEL x 3-0')
    expect(groups()).toMatchObject([[...Array(11).fill(expect.anything()), null]])
  })

  test('E9: the last group of a stream that only MKSTREAM made takes the stream with it', () => {
    const db = open()
    db.run('XGROUP CREATE x g $ MKSTREAM')
    db.run('XGROUP CREATE x h $')
    expect(db.run('XGROUP DESTROY x g')).toBe(1)
    expect(db.run('EXISTS x')).toBe(1)
    db.run('EXPIRE x 1000')
    expect(db.run('XGROUP DESTROY x h')).toBe(1)
    expect(db.run('EXISTS x')).toBe(0)
    // Its expiry went, too: nothing is left of the key.
    expect(db.run('DBSIZE')).toBe(0)
  })

  test('E7: RENAME and COPY keep entries and the last ID, not groups', () => {
    const db = pendingTwo()
    db.run('XDEL x 3-0')
    db.run('COPY x y')
    db.run('RENAME x z')
    for (const name of ['y', 'z']) {
      expect(idsOf(db.run(`XRANGE ${name} - +`))).toEqual(['1-0', '2-0'])
      expect(db.run(`XINFO GROUPS ${name}`)).toEqual([])
      expect(db.run(`XADD ${name} 3-0 f v`)).toEqual(TOO_SMALL)
    }
  })

  test('E7: XSETID never goes back', () => {
    const db = withEntries('5-0')
    db.run('XSETID x 9-0 ENTRIESADDED 12 MAXDELETEDID 7-0')
    expect(db.run('XSETID x 8-0')).toEqual(
      failure('ERR The ID specified in XSETID is smaller than the target stream top item'),
    )
    expect((toResp2(db.run('XINFO STREAM x')) as unknown[]).slice(6, 12)).toEqual([
      'last-generated-id',
      '9-0',
      'max-deleted-entry-id',
      '7-0',
      'entries-added',
      12,
    ])
  })
})

test('CRDT.DEBUG ENCODING shows entries and groups, MEMORY USAGE grows with them', () => {
  const db = withEntries('1-0')
  db.run('XGROUP CREATE x g 0')
  const { text } = db.run('CRDT.DEBUG ENCODING x') as unknown as { text: string }
  expect(text).toContain('entry 1-0 by 1.1')
  expect(text).toContain('group "g" from 0-0 by 1.2')
  const before = db.run('MEMORY USAGE x') as number
  db.run('XADD x 2-0 f "a value of some length"')
  expect(db.run('MEMORY USAGE x')).toBeGreaterThan(before + 40)
})
