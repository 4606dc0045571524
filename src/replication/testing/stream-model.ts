/**
 * An independent model of streams: entries that removals had observed are gone (E1, E8), a group lives if its author knew every deletion there is (E5), and a
 * stream is there while an addition that no DEL had observed, or a group, is (E9). It shares no code with the engine.
 */
import type { Random } from '../../lib/index.ts'
import { isError } from '../../engine/index.ts'
import { History, type Step } from './history.ts'

interface Write {
  readonly step: Step
  readonly n: number
}

const KEY = 'stream'

export function drawStreamModelled(random: Random): string[][] {
  const ms = String(100 + random.below(6))
  const group = random.pick(['g1', 'g2'])
  switch (random.below(9)) {
    case 0:
    case 1:
    case 2:
      return [['XADD', KEY, ms, 'f', 'v']]
    case 3:
      return [['XDEL', KEY, `${ms}-${1 + random.below(3)}`, `${ms}-17`]]
    case 4:
      return [['DEL', KEY]]
    case 5:
    case 6:
    case 7:
      return [['XGROUP', 'CREATE', KEY, group, '0', 'MKSTREAM']]
    default:
      return [['XGROUP', 'DESTROY', KEY, group]]
  }
}

function writesOf(steps: readonly Step[]): Write[] {
  return steps.flatMap((step) => (step.dots === null || isError(step.reply) ? [] : [{ step, n: step.dots[1] }]))
}

const isDelete = ({ step: { argv } }: Write) => argv[0] === 'DEL'
const groupOf = ({ step: { argv } }: Write) => (argv[0] === 'XGROUP' ? argv[3] : undefined)

/** Had the author of `later` itself received `earlier`? */
function received(later: Write, earlier: Write): boolean {
  if (later.step.replica === earlier.step.replica) return later.n > earlier.n
  return (later.step.seen[earlier.step.replica] ?? 0) >= earlier.n
}

/** News of a deletion also travels with what was written by those who knew of it: of DEL with every DEL and group, of DESTROY with that group. */
function knows(write: Write, deletion: Write, writes: readonly Write[]): boolean {
  if (received(write, deletion)) return true
  const carries = (w: Write) =>
    isDelete(deletion) ? isDelete(w) || groupOf(w) !== undefined : groupOf(w) === groupOf(deletion)
  return writes.some((w) => carries(w) && received(write, w) && knows(w, deletion, writes))
}

/** What every region shows: `exists`, entry IDs in order, names of groups in order. */
export function streamModel(steps: readonly Step[]): string {
  const writes = writesOf(steps)
  const deletes = writes.filter(isDelete)
  const added = writes.filter((w) => w.step.argv[0] === 'XADD' && !deletes.some((d) => received(d, w)))
  const removes = (w: Write, id: string) => w.step.argv[0] === 'XDEL' && w.step.argv.includes(id)
  const ids = added
    .map((write) => ({ write, id: write.step.reply as string }))
    .filter(({ write, id }) => !writes.some((w) => removes(w, id) && received(w, write)))
    .map(({ id }) => id)
  const groups = new Set<string>()
  for (const write of writes) {
    const { argv } = write.step
    const name = argv[3] ?? ''
    if (argv[0] !== 'XGROUP' || argv[1] !== 'CREATE') continue
    const deadly = writes.filter((w) => isDelete(w) || (w.step.argv[1] === 'DESTROY' && groupOf(w) === name))
    if (deadly.every((deletion) => knows(write, deletion, writes))) groups.add(name)
  }
  const exists = added.length > 0 || groups.size > 0
  return shown(exists, ids, [...groups])
}

function shown(exists: boolean, ids: readonly string[], groups: readonly string[]): string {
  const order = (id: string) => id.split('-').map(Number) as [number, number]
  const sorted = [...ids].sort((a, b) => order(a)[0] - order(b)[0] || order(a)[1] - order(b)[1])
  return `${exists ? 'exists' : 'absent'} [${sorted.join(' ')}] [${[...groups].sort().join(' ')}]`
}

/** The same of a region's replies to EXISTS, XRANGE and XINFO GROUPS, as text. */
export function shownStream(exists: string, entries: string, groups: string): string {
  return shown(
    exists === '1',
    [...entries.matchAll(/\["(\d+-\d+)"/g)].map(([, id]) => id ?? ''),
    [...groups.matchAll(/"name"="(\w+)"/g)].map(([, name]) => name ?? ''),
  )
}

/** Do all regions show what follows from who had observed whom? */
export function departureOfStreams(seed: number): string | undefined {
  const history = new History(seed, { replicas: 3 + (seed % 2), steps: 80, draw: drawStreamModelled, xaddId: 'strict' })
  history.run().settle()
  const want = streamModel(history.steps)
  const exists = history.everywhere(['EXISTS', KEY])
  const entries = history.everywhere(['XRANGE', KEY, '-', '+'])
  const groups = history.everywhere(['XINFO', 'GROUPS', KEY])
  const got = exists.map((there, i) => shownStream(there, entries[i] ?? '', groups[i] ?? ''))
  return got.some((one) => one !== want) ? `${got.join(' | ')}, the model says ${want}` : undefined
}
