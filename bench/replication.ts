/** W2, W3, W5, W6, W7: what replication costs. The mix is strings, counters, sets and hashes; lists join when they exist. */
import { Random } from '../src/lib/index.ts'
import { createReplica, type Replica } from '../src/replication/index.ts'
import { median, pad, time, values, type Figure } from './measure.ts'

const NOW = 1_700_000_000_000

function mix(seed: number, count: number): string[][] {
  const random = new Random(seed)
  const pool = values(seed, 65_536)
  return Array.from({ length: count }, () => {
    const value = random.pick(pool)
    switch (random.below(4)) {
      case 0:
        return ['SET', `key:${pad(random.below(10_000))}`, value]
      case 1:
        return ['INCRBY', `ctr:${pad(random.below(1000))}`, String(1 + random.below(10))]
      case 2:
        return [random.chance(0.7) ? 'SADD' : 'SREM', `set:${pad(random.below(50))}`, `mem:${pad(random.below(200))}`]
      default:
        return ['HSET', `map:${pad(random.below(100))}`, `fld:${pad(random.below(100))}`, value]
    }
  })
}

function replicas(count: number): Replica[] {
  const members = Array.from({ length: count }, (_, i) => i + 1)
  return members.map((id) => createReplica({ id, name: `r${id}`, members, joining: false, seed: id }))
}

/** Three regions, one update per command, each delivered singly to both others, in rounds of 100. */
export function replicated(commandsPerRegion = 50_000): Figure[] {
  const all = replicas(3)
  const mixes = all.map((_, i) => mix(101 + i, commandsPerRegion))
  let localMs = 0
  let applyMs = 0
  let bytes = 0
  let updates = 0
  let applied = 0
  for (let start = 0; start < commandsPerRegion; start += 100) {
    const rounds = all.map((replica, i) => {
      const out: Uint8Array[] = []
      const commands = (mixes[i] as string[][]).slice(start, start + 100)
      localMs += time(() => {
        for (const argv of commands) {
          for (const message of replica.submit({ kind: 'command', session: 1, argv, now: NOW + start }).messages)
            out.push(message.bytes)
        }
      })
      return out
    })
    for (const round of rounds) {
      updates += round.length
      for (const update of round) bytes += update.length
    }
    all.forEach((replica, to) => {
      applyMs += time(() => {
        rounds.forEach((round, from) => {
          if (from === to) return
          for (const update of round)
            replica.submit({ kind: 'deliver', from: from + 1, bytes: update, now: NOW + start })
          applied += round.length
        })
      })
    })
  }
  assertEqual(all)
  return [
    { name: 'W2 local', value: ((commandsPerRegion * 3) / localMs) * 1000, unit: 'commands/s' },
    { name: 'W2 remote', value: (applied / applyMs) * 1000, unit: 'effects/s' },
    { name: 'W2 size', value: bytes / updates, unit: 'bytes/effect' },
  ]
}

/** Two regions with a common base diverge by so many writes each; then their link heals. */
export function diverged(writes = 100_000): Figure[] {
  const syncMs: number[] = []
  let bytes = 0
  for (let run = 0; run < 3; run++) {
    const pair = replicas(2)
    const [a, b] = pair as [Replica, Replica]
    cut(a, b)
    for (const argv of mix(11, writes)) a.submit({ kind: 'command', session: 1, argv, now: NOW })
    for (const argv of mix(12, writes)) b.submit({ kind: 'command', session: 1, argv, now: NOW })
    bytes = 0
    syncMs.push(
      time(() => {
        const toB = a
          .submit({ kind: 'connect', peer: 2, now: NOW })
          .messages.map((m) => ({ to: b, from: 1, bytes: m.bytes }))
        const queue = [
          ...toB,
          ...b.submit({ kind: 'connect', peer: 1, now: NOW }).messages.map((m) => ({ to: a, from: 2, bytes: m.bytes })),
        ]
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          bytes += next.bytes.length
          const answers = next.to.submit({ kind: 'deliver', from: next.from, bytes: next.bytes, now: NOW }).messages
          for (const answer of answers)
            queue.push({ to: next.to === a ? b : a, from: next.to === a ? 1 : 2, bytes: answer.bytes })
        }
      }),
    )
    assertEqual(pair)
  }
  return [
    { name: 'W3 sync of two regions, 100,000 writes apart each', value: median(syncMs), unit: 'ms' },
    { name: 'W3 size', value: bytes / 1e6, unit: 'MB' },
  ]
}

function cut(a: Replica, b: Replica): void {
  a.submit({ kind: 'disconnect', peer: 2, now: NOW })
  b.submit({ kind: 'disconnect', peer: 1, now: NOW })
}

function assertEqual(all: readonly Replica[]): void {
  const states = all.map((replica) => replica.canonicalState())
  if (states.some((state) => state !== states[0])) throw new Error('the regions do not agree: the figures mean nothing')
}

/** Decoded from bytes, as a gateway would: without this, V8 keeps a string made of parts. */
function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1')
}

function heapBytes(): number {
  if (globalThis.gc === undefined) throw new Error('memory needs node --expose-gc (npm run bench sets it)')
  for (let i = 0; i < 3; i++) globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** W5: a set of many 16-byte members, strings included; W6: what is left after adding and removing them ten times, in two synced regions. */
export function memory(members = 300_000): Figure[] {
  const before = heapBytes()
  const [replica] = replicas(1) as [Replica]
  for (let i = 0; i < members; i++)
    replica.submit({ kind: 'command', session: 1, argv: ['SADD', 'S', flat(`mem:${pad(i)}`)], now: NOW })
  const perMember = (heapBytes() - before) / members
  replica.submit({ kind: 'command', session: 1, argv: ['SCARD', 'S'], now: NOW })
  return [{ name: 'W5 set member', value: perMember, unit: 'bytes/element' }, churn()]
}

function churn(): Figure {
  const pair = replicas(2)
  const [a, b] = pair as [Replica, Replica]
  const pass = (from: Replica, to: Replica, id: number, input: Parameters<Replica['submit']>[0]) => {
    for (const message of from.submit(input).messages) {
      for (const back of to.submit({ kind: 'deliver', from: id, bytes: message.bytes, now: input.now }).messages) {
        from.submit({ kind: 'deliver', from: 3 - id, bytes: back.bytes, now: input.now })
      }
    }
  }
  const start = heapBytes()
  let peak = 0
  let now = NOW
  for (let cycle = 0; cycle < 10; cycle++) {
    for (const name of ['SADD', 'SREM']) {
      for (let i = 0; i < 100_000; i += 100) {
        const argv = [name, 'S', ...Array.from({ length: 100 }, (_, k) => `mem:${pad(i + k)}`)]
        pass(a, b, 1, { kind: 'command', session: 1, argv, now })
      }
      if (cycle === 0 && name === 'SADD') peak = heapBytes() - start
    }
    now += 5000
    pass(a, b, 1, { kind: 'tick', now })
    pass(b, a, 2, { kind: 'tick', now })
    pass(a, b, 1, { kind: 'tick', now: now + 2000 })
    pass(b, a, 2, { kind: 'tick', now: now + 2000 })
  }
  const kept = heapBytes() - start
  if (pair.some((replica) => replica.canonicalState() !== '')) throw new Error('the set should be empty')
  return { name: 'W6 memory kept after 10 × (add, remove) 100,000', value: (kept / peak) * 100, unit: '% of live peak' }
}
