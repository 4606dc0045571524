/**
 * Do the law suites catch bugs? Each bug here is planted in a copy of the sources, and the same checks that pass on the real ones must fail on it.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Bug, plant } from './testing/plant.ts'

const PARTS = ['src/lib', 'src/lua', 'src/engine', 'src/replication', 'package.json']
const RUNS = 1500

const CELL = 'engine/crdt/parts/cell.ts'
const SET = 'engine/crdt/set/set.ts'
const HLL = 'engine/crdt/hyperloglog/hyperloglog.ts'
const ZSET = 'engine/crdt/zset/zset.ts'
const OPS = 'engine/crdt/parts/cell-ops.ts'
const LIST = 'engine/crdt/list/list.ts'
const RUN = 'engine/crdt/sequence/run.ts'
const SEQUENCE = 'engine/crdt/sequence/sequence.ts'
const SEQUENCE_MERGE = 'engine/crdt/sequence/merge.ts'
const JSON_SLOTS = 'engine/crdt/json/slots.ts'
const KEYSPACE = 'engine/keyspace/keyspace.ts'
const REPLICA = 'replication/running-replica.ts'

const BUGS: readonly Bug[] = [
  {
    what: 'M3: what EXEC and scripts run has no dot of its own',
    file: 'engine/commands/context.ts',
    from: '  end(): void {\n',
    to: '  end(): void {\n    if (this.atomic) return\n',
  },
  { what: 'S1: the earliest assignment wins', file: CELL, from: 'after.wall > wall ||', to: 'after.wall < wall ||' },
  {
    what: 'G5: the larger replica id wins a tie',
    file: CELL,
    from: 'after.origin < origin',
    to: 'after.origin > origin',
  },
  {
    what: 'G6: one winner is kept instead of all siblings',
    file: CELL,
    from: '  added.next = after\n',
    to: '  added.next = null\n',
  },
  {
    what: 'C3: a removal forgets the sum it had observed',
    file: CELL,
    from: 'note(i.origin, i.to, i.sum)',
    to: 'note(i.origin, i.to, null)',
  },
  {
    what: 'C3: a new generation is never opened',
    file: CELL,
    from: '{ from: n, sum: by } :',
    to: '{ from: 1, sum: by } :',
  },
  {
    what: 'C1: the running sum of a peer is added instead of taken over',
    file: CELL,
    from: 'known.to = to\n    known.sum = sum',
    to: 'known.to = to\n    known.sum = addAmounts(known.sum, sum)',
  },
  {
    what: 'T1: a removal takes everything, seen or not',
    file: SET,
    from: 'if (!covers(clock, replicaOf(dots), numberOf(dots))) return false',
    to: '',
  },
  {
    what: 'T1: SADD of a present member does not refresh it',
    file: SET,
    from: 'if (dot > dots) state.members.set(member, dot)',
    to: '',
  },
  {
    what: 'T1: a late add comes back from the dead',
    file: SET,
    from: 'if (buried !== undefined && covers(buried, replicaOf(dot), numberOf(dot))) return',
    to: '',
  },
  {
    what: 'H1: HDEL takes what it had not observed',
    file: OPS,
    from: "kind: 'remove', element, observed: observedOf(map.cells.get(element), self)",
    to: "kind: 'remove', element, observed: [1, 2, 3, 4, 5].map((origin) => ({ origin, upTo: 1e9, sum: null }))",
  },
  {
    what: 'Z1: a member that goes stays in the order',
    file: ZSET,
    from: 'if (was) order.delete(member.score, name)',
    to: 'if (was && live) order.delete(member.score, name)',
  },
  {
    what: 'Z3: a score that an increment changed keeps its place in the order',
    file: ZSET,
    from: '(!was || !live || score !== member.score)',
    to: '(!was || !live)',
  },
  {
    what: 'Z3: an increment does not change the score',
    file: ZSET,
    from: 'live ? scoreOf(member) : 0',
    to: 'live && at !== null ? scoreOf(member) : member.score',
  },
  {
    what: 'P1: an addition that did not know of a deletion stays',
    file: HLL,
    from: 'if (!outlives(state.deletes, op.names, at)) {',
    to: 'if (at.origin < 0) {',
  },
  {
    what: 'P1: a full sync joins what a deletion had taken',
    file: HLL,
    from: 'if (theirsGo || coversAll(intoSeen, from.writers)) return',
    to: '',
  },
  {
    what: 'P1: an expiry outlives the deletion that it did not know of',
    file: KEYSPACE,
    from: 'const dead = at.lost || (',
    to: 'const dead = (',
  },
  {
    what: 'P1: after a reconnect nobody knows what the author had announced',
    file: REPLICA,
    from: 'if (acknowledged !== null) this.#stability.acknowledge(origin, acknowledged)',
    to: '',
  },
  {
    what: 'L1: a removal that comes before its element is forgotten',
    file: SEQUENCE,
    from: 'if (takeEarly(run, i) || dead) continue',
    to: 'if (dead) continue',
  },
  {
    what: 'L1: a pop that empties the list takes what nobody has seen yet',
    file: 'engine/commands/list/elements.ts',
    from: 'state.sequence.waiting === 0 && ',
    to: '',
  },
  {
    what: 'L2: siblings are ordered by arrival',
    file: RUN,
    from: 'return a.right === b.right ? a.rank - b.rank : a.right ? 1 : -1',
    to: 'return a.right === b.right ? 1 : a.right ? 1 : -1',
  },
  {
    what: 'L2: a run whose anchor has not arrived is put at the root',
    file: SEQUENCE,
    from: 'anchor.run === 0 ? this.root : this.runOf(anchor.run)',
    to: 'this.runs.get(anchor.run) ?? this.root',
  },
  {
    what: 'L5: an LSET that comes before its element is lost',
    file: LIST,
    from: 'if (element === undefined) (state.early ??= new Map()).set(name, cell)',
    to: '',
  },
  {
    what: 'R4: a run is swept while others may still refer to it',
    file: SEQUENCE,
    from: 'if (at.solo && at.origin !== 0) this.#due(run)',
    to: 'if (at.origin !== 0) this.#due(run)',
  },
  {
    what: 'R2: a full sync brings back what was removed here',
    file: SEQUENCE_MERGE,
    from: 'if (covers(intoSeen, run.replica, n)) continue',
    to: 'if (into.find(run.id, i)) continue',
  },
  {
    what: 'S4: a deleted key does not keep what it removed',
    file: KEYSPACE,
    from: 'key.removed = key.removed === null ? clock : joined(key.removed, clock)\n',
    to: '',
  },
  {
    what: 'J1: the larger replica id wins',
    file: 'engine/crdt/json/ids.ts',
    from: '(256 - origin) * RANKS',
    to: 'origin * RANKS',
  },
  {
    what: 'J2: a change in an object that is gone waits for it',
    file: JSON_SLOTS,
    from: 'return seen(id.origin, id.n) ? undefined : makeNode',
    to: 'return makeNode',
  },
  {
    what: 'J2: a replaced object stays, and changes in it too',
    file: JSON_SLOTS,
    from: 'if (held.container !== undefined) dropNode(document, held.container)\n    else if',
    to: 'if',
  },
  {
    what: 'J3: JSON.DEL keeps a field from ever coming back',
    file: 'engine/commands/json/edit.ts',
    from: 'field, observed: observationsOf(cell, this.#ctx.self) })\n    } else',
    to: 'field, observed: [1, 2, 3, 4, 5].map((origin) => ({ origin, upTo: 1e9, sum: null })) })\n    } else',
  },
  {
    what: 'J5: of the increments of one region the last counts',
    file: 'engine/commands/json/edit.ts',
    from: 'known === undefined ? by : addAmounts(known.sum, by)',
    to: 'by',
  },
  {
    what: 'X1: the expiry observed is not forgotten when it arrives late',
    file: KEYSPACE,
    from: 'effect.expiry !== FORGET || key.expiry !== null',
    to: 'effect.expiry.at !== 0 || key.expiry !== null',
  },
  {
    what: 'G10: the visible type follows arrival',
    file: 'engine/keyspace/key.ts',
    from: 'a.type.smallestWriter(a) - b.type.smallestWriter(b) || a.type.code - b.type.code',
    to: '0',
  },
  {
    what: 'E1: an entry comes back after XDEL or XTRIM',
    file: 'engine/crdt/stream/log.ts',
    from: 'state.trims.size === 0) || !isBuried(state, entry)',
    to: 'state.trims.size === 0) || true',
  },
  {
    what: 'E1: a trim takes what its author had not seen',
    file: 'engine/crdt/stream/log.ts',
    from: 'state.entries.removeUpTo(upTo, ({ dot }) => covers(observed, replicaOf(dot), numberOf(dot)))',
    to: 'state.entries.removeUpTo(upTo, () => true)',
  },
  {
    what: 'E5: a group made concurrently outlives its deletion',
    file: 'engine/crdt/parts/delete-wins.ts',
    from: 'if (n > known) return false',
    to: '',
  },
  {
    what: 'E5: news of a deletion does not travel with what was written by those who knew',
    file: 'engine/crdt/parts/delete-wins.ts',
    from: '    setComponent(deletes, r, n)\n    news = true',
    to: '',
  },
  {
    what: 'E9: an emptied stream is forgotten by a full sync',
    file: 'engine/crdt/stream/stream.ts',
    from: 'if (!covers(intoSeen, r, theirs.n)) into.marks[r] = theirs',
    to: '',
  },
  {
    what: 'R4: tombstones are collected before everyone has seen the deletion',
    file: 'replication/stability.ts',
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
    what: 'R2: the backlog starts one effect too late',
    file: 'replication/backlog.ts',
    from: '.last <= n) low',
    to: '.last <= n + 1) low',
  },
  {
    what: 'R2: a full sync does not merge removals',
    file: CELL,
    from: 'joinRemoval(into, r.origin, r.upTo, r.sum, r.byOrigin, r.byN)',
    to: '',
  },
  {
    what: 'R1: what was applied already is applied again',
    file: 'replication/inbox.ts',
    from: 'if (covers(reached, origin, last) || this.#isWaiting(origin, first)) {',
    to: 'if (first < 0) {',
  },
]

const folder = mkdtempSync(join(tmpdir(), 'planted-bugs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function check(copy: string): Promise<{ failed: boolean; output: string }> {
  const script = join(copy, 'src/replication/testing/run-checks.ts')
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', script, String(RUNS)], { cwd: copy }, (error, stdout, stderr) =>
      resolve({ failed: error !== null, output: stdout + stderr }),
    )
  })
}

describe('planted bugs are caught', () => {
  test.each(BUGS.map((bug) => [bug.what, bug] as const))(
    '%s',
    async (_what, bug) => {
      const { failed, output } = await check(plant(bug, join(folder, String(BUGS.indexOf(bug))), PARTS))
      expect(failed, `${RUNS} histories did not notice`).toBe(true)
      expect(output).toMatch(/^seed \d+: |broken invariant|RangeError|TypeError|DecodeError/m)
    },
    120_000,
  )
})
