/** `--persist`: a session goes on where it was. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Reply, SessionReply } from '../../engine/index.ts'
import { openRecordedCluster } from './recorded-cluster.ts'

vi.setConfig({ testTimeout: 60_000 })
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crdb-persist-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const ENDS = { address: 'a:1', localAddress: 'b:2', fd: 8 }

async function open() {
  const got: SessionReply[] = []
  const failures: unknown[] = []
  const settings = { seed: 7, regions: ['us', 'eu'], epochMs: Date.now(), latencyMs: 10, held: false }
  const opened = await openRecordedCluster(folder, settings, {
    onReply: (_region, reply) => got.push(reply),
    onStopped: () => {},
    onClosed: () => {},
    onFailure: (_region, _session, problem) => failures.push(problem),
  })
  const { cluster } = opened
  await new Promise((done) => setImmediate(done))
  return {
    ...opened,
    /** A control line; commands after it run at once again. */
    async control(line: string) {
      const result = await cluster.control(line)
      await new Promise((done) => setImmediate(done))
      return result
    },
    /** Runs a command and gives its reply. */
    ask(region: number, session: number, ...argv: string[]): Reply | undefined {
      got.length = 0
      cluster.send(region, session, argv)
      expect(failures).toEqual([])
      return got[0]?.reply
    },
  }
}

test('data, chance, partitions and what is on its way come back', async () => {
  const first = await open()
  expect(first.replayed).toBeUndefined()
  first.cluster.openSession(1, 1, ENDS)
  first.ask(1, 1, 'SET', 'bytes', '\0\xff\r\n')
  first.ask(1, 1, 'SADD', 's', 'a', 'b', 'c', 'd')
  const popped = first.ask(1, 1, 'SPOP', 's')
  await first.control('wait 1s')
  await first.control('cut 1-2')
  first.ask(1, 1, 'INCR', 'n')
  first.ask(2, 2, 'INCRBY', 'n', '5')
  first.ask(1, 1, 'MULTI')
  first.ask(1, 1, 'SET', 'half', '1')
  first.close()

  const second = await open()
  expect(second.replayed).toBeGreaterThan(8)
  expect(second.latestSession).toBe(2)
  expect(second.ask(1, 3, 'GET', 'bytes')).toBe('\0\xff\r\n')
  expect(second.ask(2, 4, 'SISMEMBER', 's', popped as string)).toBe(0)
  expect(second.ask(2, 4, 'SCARD', 's')).toBe(3)
  expect(second.ask(1, 3, 'GET', 'n')).toBe('1')
  expect(second.ask(2, 4, 'GET', 'n')).toBe('5')
  // Who was connected is not any more, and a transaction that was under way is gone.
  expect(second.ask(1, 3, 'GET', 'half')).toBeNull()
  expect(second.ask(1, 3, 'CLIENT', 'LIST', 'ID', '1')).toMatchObject({ text: '' })
  await second.control('heal')
  await second.control('sync')
  expect(await second.control('expect converged')).toEqual({ ok: true, text: 'converged' })
  second.close()

  const third = await open()
  expect(third.ask(2, 9, 'GET', 'n')).toBe('6')
  third.close()
})

test('a line that a crash cut off is left out, and writing goes on behind the whole ones', async () => {
  const first = await open()
  first.ask(1, 1, 'SET', 'a', '1')
  first.close()
  const path = join(folder, 'session.jsonl')
  appendFileSync(path, '{"at":5,"kind":"command","reg')
  const second = await open()
  expect(second.ask(1, 2, 'GET', 'a')).toBe('1')
  second.ask(1, 2, 'SET', 'b', '2')
  second.close()
  expect(
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .every((line) => JSON.parse(line) !== null),
  ).toBe(true)
  const third = await open()
  expect(third.ask(1, 3, 'MGET', 'a', 'b')).toEqual(['1', '2'])
  third.close()
})

test('a file that is none of ours is refused with a sentence', async () => {
  writeFileSync(join(folder, 'session.jsonl'), 'hello\n')
  await expect(open()).rejects.toThrow(/session.jsonl cannot be read: /)
})
