/** Bytes that no replica has written: messages with flipped, cut, doubled and random bytes. They are refused whole or they are some other message; nothing else may happen. */
import { beforeAll, expect, test } from 'vitest'
import { loadParts } from '../engine/index.ts'
import { DecodeError, Random } from '../lib/index.ts'
import { createReplica, type Replica } from './index.ts'
import { drawLinesOf } from './testing/workload.ts'

const NOW = 1_700_000_000_000
const RUNS = Number(process.env['LAW_RUNS'] ?? 2000) / 10

beforeAll(() => loadParts())

const open = (id: number): Replica =>
  createReplica({ id, name: `r${id}`, members: [1, 2], joining: false, seed: id, settings: { backlogBytes: 1 } })

/** What region 1 sends: every envelope of a short history, and its whole state. */
function messagesOf(seed: number): Uint8Array[] {
  const random = new Random(seed)
  const draw = drawLinesOf(seed)
  const replica = open(1)
  const sent: Uint8Array[] = []
  for (let i = 0; i < 30; i++) {
    for (const argv of draw(random)) {
      const { messages } = replica.submit({ kind: 'command', session: 1, argv, now: NOW + i })
      sent.push(...messages.map(({ bytes }) => bytes))
    }
  }
  replica.submit({ kind: 'disconnect', peer: 2, now: NOW + 100 })
  const pull = open(2).submit({ kind: 'connect', peer: 1, now: NOW + 100 }).messages[0]?.bytes ?? new Uint8Array()
  const { messages } = replica.submit({ kind: 'deliver', from: 2, bytes: pull, now: NOW + 100 })
  return [...sent, ...messages.map(({ bytes }) => bytes)]
}

function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  const out = [...bytes]
  for (let times = 1 + random.below(3); times > 0; times--) {
    const at = random.below(Math.max(1, out.length))
    const kind = random.below(4)
    if (kind === 0) out[at] = random.below(256)
    else if (kind === 1) out.splice(at, 1 + random.below(3))
    else if (kind === 2) out.splice(at, 0, random.below(256))
    else out.length = at
  }
  return Uint8Array.from(out)
}

test(`mutated messages are refused whole, or are some message (${RUNS} histories)`, () => {
  const wrong: string[] = []
  let refused = 0
  for (let seed = 1; seed <= RUNS; seed++) {
    const random = new Random(seed)
    for (const original of messagesOf(seed)) {
      const bytes = mutated(original, random)
      const replica = open(2)
      const before = replica.canonicalState()
      try {
        replica.submit({ kind: 'deliver', from: 1, bytes, now: NOW + 200 })
      } catch (problem) {
        if (!(problem instanceof DecodeError))
          wrong.push(`seed ${seed}, bytes ${Buffer.from(bytes).toString('hex')}: ${String(problem)}`)
        else if (replica.canonicalState() !== before) wrong.push(`seed ${seed}: refused, and changed something`)
        refused++
      }
    }
  }
  expect(wrong.slice(0, 5)).toEqual([])
  expect(refused).toBeGreaterThan(0)
})
