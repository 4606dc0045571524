/** docs/limits.md says what is refused and with which words: here it is tried, word for word. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isError } from '../engine/index.ts'
import { newInstance } from '../engine/testing/run.ts'
import { indexCommands, NEW_SESSION, submitLine } from '../terminal/index.ts'
import { MAX_ELEMENTS, MAX_KEYS } from '../engine/commands/capacity.ts'
import { MAX_STRING_LENGTH } from '../engine/commands/string/assign.ts'
import { openLocalCluster } from '../simulation/index.ts'

const page = readFileSync('docs/limits.md', 'utf8')

describe('docs/limits.md', () => {
  test.each([
    ['a string that would be too long', 'SETRANGE s 536870888 x'],
    ['a bit beyond the longest string', 'SETBIT s 4294967296 1'],
    ['C2: a counter above 2^58 - 1', 'INCRBY c 288230376151711744'],
    ['C2: a counter below -2^58', 'DECRBY c 288230376151711745'],
    ['an integer of more than 64 bits', 'INCRBY c 9223372036854775808'],
    ['an infinite sum', 'INCRBYFLOAT c inf'],
    ['an unsigned field of 64 bits', 'BITFIELD s GET u64 0'],
    ['X3: an expiry time beyond 2^49 ms', 'EXPIRE k 562949953422'],
    ['another keyspace', 'SELECT 1'],
  ])('%s is refused in these words', (_, line) => {
    const region = newInstance()
    region.run('SET k v')
    const reply = region.run(line)
    expect(isError(reply) && page.includes(`\`${reply.text}\``), `${line}: ${JSON.stringify(reply)}`).toBe(true)
  })

  test('the longest string and the largest counter are still accepted', () => {
    const region = newInstance()
    expect(page).toContain(MAX_STRING_LENGTH.toLocaleString('en'))
    expect(region.run('INCRBY c 288230376151711743')).toBe(288230376151711743n)
    expect(region.run('DECRBY d 288230376151711744')).toBe(-288230376151711744n)
    expect(region.run('SETBIT s 0 1')).toBe(0)
    expect(region.run('PEXPIREAT s 562949953421312')).toBe(1)
  })

  test('elements and keys: the numbers are those of the code', () => {
    expect(page).toContain(`ERR a set holds at most ${MAX_ELEMENTS} members`)
    expect(page).toContain(`ERR a sorted set holds at most ${MAX_ELEMENTS} members`)
    expect(page).toContain(`ERR a hash holds at most ${MAX_ELEMENTS} fields`)
    expect(page).toContain(`ERR a region holds at most ${MAX_KEYS} keys`)
  })

  test('G7: an eleventh region, a duration too long, and a repeat count too large', async () => {
    const regions = Array.from({ length: 10 }, (_, i) => `Region ${i + 1}`)
    const cluster = await openLocalCluster({ seed: 1, regions, epochMs: 0, latencyMs: 0, held: false })
    const refusals = [await cluster.control('add-region'), await cluster.control('wait 721h')]
    expect(refusals.map(({ ok }) => ok)).toEqual([false, false])
    expect(refusals[0]?.text).toContain('there are 10 regions, and a database has at most 10')
    expect(refusals[1]?.text).toContain('expected a duration such as 80ms, 10s, 5m or 2h, at most 720h')
    for (const { text } of refusals) expect(page).toContain(/(?:there are|expected).*?(?=\.|$)/.exec(text)?.[0])
    const { action } = submitLine(NEW_SESSION, '10001 PING', indexCommands([]))
    expect(action.type === 'show' && page.includes(action.text)).toBe(true)
    cluster.close()
  })
})
