import { expect, test } from 'vitest'
import { newInstance } from '../../testing/run.ts'
import { crc64 } from '../rdb/crc64.ts'

test('the checksum is the CRC-64 that RDB files use', () => {
  expect(crc64('123456789')).toBe(0xe9c6d914c4b8d9can)
})

test('DUMP: type, content, version 10, checksum', () => {
  const db = newInstance()
  db.run('SET k hello')
  const payload = db.run('DUMP k') as string
  expect(payload.slice(0, 9)).toBe('\x00\x05hello\x0a\x00')
  // The checksum of a text followed by its own checksum, lowest byte first, is 0.
  expect(crc64(payload)).toBe(0n)
  expect(payload).toHaveLength(17)
  db.run('SADD s a bc')
  expect((db.run('DUMP s') as string).slice(0, 9)).toBe('\x02\x02\x01a\x02bc\x0a\x00')
  db.call(['SET', 'long', 'x'.repeat(300)])
  expect((db.run('DUMP long') as string).slice(0, 4)).toBe('\x00\x41\x2cx')
  expect(db.run('DUMP none')).toBeNull()
})
