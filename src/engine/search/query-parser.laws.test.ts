/** Random and broken queries: each is read or refused with an error of its own, quickly, and never disturbs the index. `LAW_SEED` replays. */
import { beforeAll, expect, test } from 'vitest'
import { bytesOfText, Random } from '../../lib/index.ts'
import { isError } from '../reply.ts'
import { newInstance } from '../testing/run.ts'
import { loadParts } from '../parts.ts'

beforeAll(() => loadParts())

const RUNS = Number(process.env['LAW_RUNS'] ?? 4000)
const SEED = Number(process.env['LAW_SEED'] ?? 1)
const PIECES =
  'hello wor* *ld *or* %helo% "hello world" "the $p" @t: @n: @g: @t|t: [ ] [1 2] [(1 inf] {a} {a|b} { } ( ) | - ~ * % $p $ $q : " \\ \\- => é \0 😀 the'.split(
    ' ',
  )

test(`${RUNS} random queries are read or refused, and the index still answers`, () => {
  const random = new Random(SEED)
  const db = newInstance()
  db.run('FT.CREATE idx SCHEMA t TEXT n NUMERIC g TAG')
  db.run('HSET k t "hello world" n 1 g a')
  let read = 0
  for (let run = 0; run < RUNS; run++) {
    let query = ''
    for (let i = random.below(9); i >= 0; i--) query += random.pick(PIECES) + (random.chance(0.5) ? ' ' : '')
    if (random.chance(0.2)) {
      const at = random.below(query.length)
      query = query.slice(0, at) + String.fromCharCode(random.below(256)) + query.slice(at + random.below(3))
    }
    const reply = db.call(['FT.SEARCH', 'idx', bytesOfText(query), 'NOCONTENT', 'PARAMS', '2', 'p', 'hello'])
    if (!isError(reply)) read++
    expect(isError(reply) ? reply.text : JSON.stringify(reply), `seed ${SEED}, query ${JSON.stringify(query)}`).toMatch(
      /^(\[0\]$|\[1,"k"\]$|Syntax error|Unknown field|Expected a|No such parameter|Query attributes|Geo queries|ERR )/,
    )
  }
  expect(read).toBeGreaterThan(RUNS / 20)
  expect(db.run('FT.SEARCH idx hello NOCONTENT')).toEqual([1, 'k'])
}, 60_000)
