import { expect, it } from 'vitest'
import { error } from '../reply.ts'
import { newInstance } from '../testing/run.ts'
import { checkRoom, itself, MAX_ELEMENTS, MAX_KEYS } from './capacity.ts'
import { CommandError } from './errors.ts'

function refusal(kind: 'set' | 'hash', held: string[], arriving: string[], max?: number): unknown {
  try {
    checkRoom(kind, new Map(held.map((name) => [name, 0])), arriving, itself, max)
  } catch (thrown) {
    if (thrown instanceof CommandError) return thrown.reply
    throw thrown
  }
  return undefined
}

it('counts different new elements only', () => {
  expect(refusal('set', ['a', 'b'], ['a', 'b', 'c', 'c'], 3)).toBeUndefined()
  expect(refusal('set', ['a', 'b'], ['c', 'd'], 3)).toEqual(error('ERR a set holds at most 3 members'))
  expect(refusal('hash', ['a'], ['b'], 1)).toEqual(error('ERR a hash holds at most 1 fields'))
})

it('stays below what a JavaScript map can hold', () => {
  expect(MAX_ELEMENTS).toBe(16_000_000)
  expect(MAX_ELEMENTS).toBeLessThan(2 ** 24)
})

it('a region that holds as many keys as it may refuses what would need memory, and nothing else', () => {
  const region = newInstance()
  region.run('SET k v')
  Object.defineProperty(region.instance.keyspace, 'size', { value: MAX_KEYS })
  expect(region.run('SET l v')).toEqual(error('ERR a region holds at most 16000000 keys'))
  expect(region.run('GET k')).toBe('v')
  expect(region.run('DEL k')).toBe(1)
})
