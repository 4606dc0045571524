import { expect, test } from 'vitest'
import { slotOf } from './slots.ts'

test('M5: slots of the OSS cluster specification', () => {
  // The specification's own check value: CRC16("123456789") = 0x31C3.
  expect(slotOf('123456789')).toBe(0x31c3 % 16_384)
  expect(slotOf('{user1000}.following')).toBe(slotOf('{user1000}.followers'))
  expect(slotOf('foo{}{bar}')).not.toBe(slotOf('bar'))
  expect(slotOf('foo{{bar}}zap')).toBe(slotOf('{bar'))
  expect(slotOf('foo{bar}{zap}')).toBe(slotOf('bar'))
})
