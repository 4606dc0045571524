import { expect, test } from 'vitest'
import { ByteReader, ByteWriter, DecodeError, Random } from '../../../lib/index.ts'
import { ROOT_ANCHOR } from '../sequence/run.ts'
import { decodeJsonOp, encodeJsonOp, type JsonOp } from './op.ts'

const NODE = { origin: 2, n: 7, index: 3 }

const OP: JsonOp = {
  first: 2,
  changes: [
    { kind: 'assign', place: null, value: new Map([['a', ['1', '"x', 'n']]]), rank: 0, observed: null },
    {
      kind: 'assign',
      place: { node: NODE, field: 'f' },
      value: 't',
      rank: 513,
      observed: [{ origin: 1, upTo: 9, sum: null }],
    },
    { kind: 'increment', place: { node: NODE, element: { run: 2 ** 45, i: -2 } }, base: { origin: 1, n: 4 }, sum: -3 },
    { kind: 'remove', node: NODE, field: 'g', observed: null },
    {
      kind: 'insert',
      node: NODE,
      where: { kind: 'insert', run: 0, anchor: ROOT_ANCHOR, left: false, values: ['1', []] },
    },
    { kind: 'erase', node: NODE, spans: [{ run: 2 ** 45 + 1, from: -1, to: 4 }] },
  ],
}

function encoded(): Uint8Array {
  const writer = new ByteWriter()
  encodeJsonOp(writer, OP)
  return writer.take()
}

test('a change of a document survives the wire', () => {
  expect(decodeJsonOp(new ByteReader(encoded()))).toEqual(OP)
})

test('mutated and cut bytes give another change or a DecodeError, nothing else (20,000 mutations)', () => {
  const random = new Random(5)
  const others: unknown[] = []
  for (let i = 0; i < 20_000; i++) {
    const bytes = encoded()
    for (let count = random.below(3); count >= 0; count--) bytes[random.below(bytes.length)] = random.below(256)
    try {
      decodeJsonOp(new ByteReader(random.chance(0.2) ? bytes.slice(0, random.below(bytes.length)) : bytes))
    } catch (error) {
      if (!(error instanceof DecodeError)) others.push(error)
    }
  }
  expect(others).toEqual([])
})
