/**
 * `npm run simulate:bugs [-- WORD]`: does the simulator catch bugs? Each one here is planted in a copy of the sources, and the seeds that pass on the real ones
 * must find it. WORD: only bugs whose description has it. Prints which seed did; exit status 1 when one was not found.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bug, plant } from '../src/replication/testing/plant.ts'

const PARTS = ['src', 'scripts', 'package.json']
const RUNS = Number(process.env['BUG_RUNS'] ?? 500)

const CELL = 'engine/crdt/parts/cell.ts'
const RUNNING = 'replication/running-replica.ts'
const STABILITY = 'replication/stability.ts'
const BACKLOG = 'replication/backlog.ts'
const INBOX = 'replication/inbox.ts'
const OUTBOX = 'replication/outbox.ts'
const WIRE = 'replication/wire.ts'
const DISK = 'replication/disk.ts'
const TOPOLOGY = 'simulation/topology.ts'

const BUGS: readonly Bug[] = [
  {
    what: 'R1: what was applied already is applied again',
    file: INBOX,
    from: 'if (covers(reached, origin, last) || this.#isWaiting(origin, first)) {',
    to: 'if (first < 0) {',
  },
  {
    what: 'R1: of several envelopes in a message only the first counts',
    file: INBOX,
    from: 'setComponent(reached, origin, last)',
    to: '',
  },
  {
    what: 'R2: the backlog starts one effect too late',
    file: BACKLOG,
    from: '.last <= n) low',
    to: '.last <= n + 1) low',
  },
  {
    what: 'R2: the backlog believes to reach back one effect further',
    file: BACKLOG,
    from: 'oldest.first > n + 1',
    to: 'oldest.first > n + 2',
  },
  {
    what: 'R2: nothing is asked for when a connection is made again',
    file: RUNNING,
    from: "if (this.#stability.isMember(input.peer)) this.#pull(input.peer, instance.standing === 'joining')",
    to: '',
  },
  {
    what: 'R2: a full sync does not merge removals',
    file: CELL,
    from: 'joinRemoval(into, r.origin, r.upTo, r.sum, r.byOrigin, r.byN)',
    to: '',
  },
  {
    what: 'R2: a full sync forgets how far streams were read',
    file: 'replication/whole-state.ts',
    from: 'inbox.setStream(author, stream)',
    to: 'void stream',
  },
  {
    what: 'R2: a late full sync brings back what a deletion took (P1)',
    file: 'engine/crdt/hyperloglog/hyperloglog.ts',
    from: 'if (theirsGo || coversAll(intoSeen, from.writers)) return',
    to: 'if (theirsGo) return',
  },
  {
    what: 'R2: a late full sync brings back a group (E5)',
    file: 'engine/crdt/stream/groups.ts',
    from: '!covers(intoSeen, author, n)',
    to: 'n > 0 || !covers(intoSeen, author, n)',
  },
  {
    what: 'R3: effects do not wait for their causes',
    file: INBOX,
    from: '&& (depends === null || coversAll(clock, depends))',
    to: '',
  },
  {
    what: 'R3: an author tells all but the last of what it had observed',
    file: OUTBOX,
    from: 'n <= (this.#depended[author] ?? 0)) continue',
    to: 'n <= (this.#depended[author] ?? 0) + 1) continue',
  },
  {
    what: 'R3: what was received is not passed on',
    file: OUTBOX,
    from: "this.post(to, 'effects', effectsMessage([bytes]), { dots: null, relayed: [{ origin, dots }] })",
    to: '',
  },
  {
    what: 'R3: who reconnects gets only what its peer itself wrote',
    file: OUTBOX,
    from: '|| !passesOn(author))',
    to: '|| !passesOn(author) || true)',
  },
  {
    what: 'R3: a whole state is not passed on',
    file: RUNNING,
    from: "if (causal) this.#outbox.post(this.#outbox.streamingBut(from), 'snapshot', message)",
    to: '',
  },
  {
    what: 'R4: tombstones go before everyone has seen the deletion',
    file: STABILITY,
    from: 'out[r] = Math.min(out[r] ?? 0, clock[r] ?? 0)',
    to: 'out[r] = Math.max(out[r] ?? 0, clock[r] ?? 0)',
  },
  {
    what: 'R4: tombstones are never collected',
    file: 'replication/apply-settings.ts',
    from: 'instance.keyspace.collect(stable, (name) => instance.memory.touched(name))',
    to: '',
  },
  {
    what: 'R4: an acknowledgement counts before the effects ahead of it are applied',
    file: STABILITY,
    from: 'if (!covers(own, member, clock[member] ?? 0)) {',
    to: 'if (removals < 0) {',
  },
  {
    what: 'R4: regions acknowledge nothing',
    file: RUNNING,
    from: 'this.#outbox.acknowledge([...this.#outbox.streaming], this.#stability.saying)',
    to: '',
  },
  {
    what: 'R6: messages of a removed region are taken',
    file: RUNNING,
    from: '} else if (!this.#stability.isMember(from)) {',
    to: '} else if (from < 0) {',
  },
  {
    what: 'R6: what only some have of a removed region is not asked for',
    file: RUNNING,
    from: 'if (lacks && !this.#syncs.isAsked(from)) this.#pull(from, false)',
    to: '',
  },
  {
    what: 'R6: what a removed region wrote is not passed on',
    file: RUNNING,
    from: 'this.#settings.causal || this.#stability.wasRemoved(author)',
    to: 'this.#settings.causal',
  },
  {
    what: 'R6: lost writes of a removed region hold back collection for ever',
    file: STABILITY,
    from: 'for (const author of settled) setComponent(out, author, Number.MAX_SAFE_INTEGER)',
    to: '',
  },
  {
    what: 'R6: a new region is not told who was removed',
    file: 'simulation/kernel.ts',
    from: 'this.everyRegion.filter((region) => !isMember(region)).map((region) => region.id)',
    to: '[]',
  },
  {
    what: 'R6: a region that joins gets effects only, though they do not tell of what was collected',
    file: RUNNING,
    from: "this.#pull(input.peer, instance.standing === 'joining')",
    to: 'this.#pull(input.peer, false)',
  },
  {
    what: 'R7: the log lacks what was received',
    file: RUNNING,
    from: 'this.#disk.append(() => effectsMessage([envelope.bytes]))',
    to: '',
  },
  {
    what: 'R7: the log lacks full syncs',
    file: RUNNING,
    from: 'const message = snapshotOf(received)\n    this.#disk.append(() => message)',
    to: 'const message = snapshotOf(received)',
  },
  {
    what: 'R7: a region that lost writes comes back under its old id',
    file: TOPOLOGY,
    from: 'region.health?.logIsComplete === true',
    to: 'region.health !== null',
  },
  {
    what: 'R7: what is on no disk yet is acknowledged',
    file: DISK,
    from: 'return this.mayLose ? this.#syncedClock : clock',
    to: 'return clock',
  },
  {
    what: 'R7: a region forgets what it had announced before',
    file: STABILITY,
    from: 'raise(this.knownTo(member), clock)',
    to: 'if (member !== this.#self) raise(this.knownTo(member), clock)',
  },
  {
    what: 'R7: a crash loses one record more than the log says',
    file: DISK,
    from: 'for (const bytes of this.#records.splice(this.#synced)) this.#bytes -= bytes.length',
    to: 'this.#records.length = this.#synced === 0 ? 0 : this.#synced - 1',
  },
  {
    what: 'R8: what was dropped is never asked for again',
    file: RUNNING,
    from: 'for (const peer of this.#outbox.streaming) this.#pull(peer, true)',
    to: '',
  },
  {
    what: 'R8: effects after those that were dropped are taken at once',
    file: RUNNING,
    from: 'const awaitsWhole = this.#syncs.awaitsWhole(from)',
    to: 'const awaitsWhole = false',
  },
  {
    what: 'R9: a compressed message is not marked',
    file: WIRE,
    from: '(message[0] as number) | COMPRESSED',
    to: 'message[0] as number',
  },
  {
    what: 'X2: nobody carries out the expiries of a region that is gone',
    file: STABILITY,
    from: 'this.#self === Math.min(...this.#members) ? this.removed : []',
    to: '[]',
  },
  {
    what: 'X1: the shortest of concurrent lifetimes wins',
    file: 'engine/crdt/parts/expiry.ts',
    from: 'const winner = cell.siblings',
    to: 'let winner = cell.siblings\n  while (winner?.next) winner = winner.next',
  },
  {
    what: 'X4: a new value does not take out the expiry that it had observed',
    file: 'engine/keyspace/keyspace.ts',
    from: 'effect.expiry !== FORGET || key.expiry !== null',
    to: 'effect.expiry !== FORGET',
  },
  { what: 'S1: the earliest assignment wins', file: CELL, from: 'after.wall > wall ||', to: 'after.wall < wall ||' },
  {
    what: 'G5: the larger replica id wins a tie',
    file: CELL,
    from: 'after.origin < origin',
    to: 'after.origin > origin',
  },
  {
    what: 'T1: SADD of a present member does not refresh it',
    file: 'engine/crdt/set/set.ts',
    from: 'if (dot > dots) state.members.set(member, dot)',
    to: '',
  },
  {
    what: 'L2: siblings are ordered by arrival',
    file: 'engine/crdt/sequence/run.ts',
    from: 'return a.right === b.right ? a.rank - b.rank : a.right ? 1 : -1',
    to: 'return a.right === b.right ? 1 : a.right ? 1 : -1',
  },
  {
    what: 'E9: an emptied stream is forgotten by a full sync',
    file: 'engine/crdt/stream/stream.ts',
    from: 'if (!covers(intoSeen, r, theirs.n)) into.marks[r] = theirs',
    to: '',
  },
]

function verdictOn(copy: string): Promise<string | undefined> {
  const args = ['--import', 'tsx', 'scripts/simulate.ts', '--seed', '1', '--runs', String(RUNS), '--found', '--quick']
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: copy, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const found = /^(Seed \d+|Found before): .*$/m.exec(stdout)?.[0]
      resolve(error === null ? undefined : (found ?? `fails to run: ${stderr.slice(0, 200)}`))
    })
  })
}

const folder = mkdtempSync(join(tmpdir(), 'simulate-bugs-'))
const [only = ''] = process.argv.slice(2)
let missed = 0
for (const bug of BUGS.filter(({ what }) => what.includes(only))) {
  const found = await verdictOn(plant(bug, join(folder, 'copy'), PARTS))
  if (found === undefined || found.startsWith('fails')) missed++
  console.log(
    `${found === undefined ? 'MISSED' : found.startsWith('fails') ? 'BROKEN' : 'caught'}  ${bug.what}: ${found ?? `${RUNS} runs did not notice`}`,
  )
}
rmSync(folder, { recursive: true, force: true })
process.exitCode = missed === 0 ? 0 : 1
