/** W4: random-position inserts in one list on two regions, then each gets the other's. Redis has no command that inserts at an index, so the engine is asked directly. */
import { ByteReader, Random } from '../src/lib/index.ts'
import type { Clock } from '../src/engine/index.ts'
import { listType } from '../src/engine/crdt/list/list.ts'
import { Instance } from '../src/engine/instance.ts'
import { encodeEnvelope, newStream, readEnvelopeBody, readEnvelopeHead } from '../src/replication/envelope.ts'
import { median, time, type Figure } from './measure.ts'

const INSERTS = 100_000
const NOW = 1_700_000_000_000
const KNOWN: Clock = []

class Region {
  readonly instance: Instance
  readonly #id: number
  readonly #out = newStream()
  readonly #in = newStream()

  constructor(id: number) {
    this.#id = id
    this.instance = new Instance({ id, name: `r${id}`, solo: false, seed: id, replicationInfo: () => [] })
  }

  insert(index: number, value: string): Uint8Array {
    const { context } = this.instance
    context.begin(this.instance.session(1, NOW), NOW)
    const { sequence } = context.read(listType, 'L') ?? listType.empty()
    const op = sequence.prepareInsert(this.#id, context.dot, index, [value])
    if (op === undefined) throw new Error('one insertion per write')
    context.update(listType, 'L', op, 'linsert')
    context.end()
    return encodeEnvelope(this.#out, this.#id, NOW, this.instance.take().writes, null, null, false)
  }

  apply(bytes: Uint8Array): void {
    const reader = new ByteReader(bytes)
    const head = readEnvelopeHead(reader)
    for (const { n, effects } of readEnvelopeBody(reader, this.#in, head).writes) {
      this.instance.applyRemote(head.origin, n, NOW, effects, KNOWN)
    }
    this.instance.take()
  }
}

export function lists(): Figure[] {
  const insertMs: number[] = []
  const mergeMs: number[] = []
  let bytes = 0
  for (let round = 0; round < 3; round++) {
    const [a, b] = [new Region(1), new Region(2)]
    const updates = [a, b].map((region, i) => {
      const random = new Random(21 + i)
      const out: Uint8Array[] = []
      insertMs.push(
        time(() => {
          for (let k = 0; k < INSERTS; k++) out.push(region.insert(random.below(k + 1), `v${k % 1000}`))
        }),
      )
      return out
    })
    bytes = updates.flat().reduce((sum, update) => sum + update.length, 0)
    mergeMs.push(time(() => updates[1]?.forEach((update) => a.apply(update))))
    mergeMs.push(time(() => updates[0]?.forEach((update) => b.apply(update))))
    if (a.instance.keyspace.describe() !== b.instance.keyspace.describe()) {
      throw new Error('the regions do not agree: the figures mean nothing')
    }
  }
  return [
    { name: 'W4 list, random inserts', value: (INSERTS / median(insertMs)) * 1000, unit: 'inserts/s' },
    { name: 'W4 list, merging the other’s', value: (INSERTS / median(mergeMs)) * 1000, unit: 'inserts/s' },
    { name: 'W4 size', value: bytes / INSERTS / 2, unit: 'bytes/insert' },
  ]
}
