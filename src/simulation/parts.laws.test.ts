/** The small parts that the kernel stands on. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../lib/index.ts'
import { canonicalText, Digest } from './digest.ts'
import { EventQueue } from './event-queue.ts'
import { Fifo } from './fifo.ts'
import { Network } from './network.ts'

test('the event queue gives events by time, and at one time in the order in which they came', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat({ max: 9 }), { nil: 'pop' as const })), (actions) => {
      const queue = new EventQueue<number>()
      let model: { at: number; item: number }[] = []
      const given: (number | undefined)[] = []
      const wanted: (number | undefined)[] = []
      actions.forEach((action, item) => {
        if (action === 'pop') {
          const first = model.toSorted((a, b) => a.at - b.at || a.item - b.item)[0]
          model = model.filter((event) => event !== first)
          wanted.push(first?.item, first?.item)
          given.push(queue.peek()?.item, queue.pop()?.item)
        } else {
          queue.push(action, item)
          model.push({ at: action, item })
        }
      })
      expect(given).toEqual(wanted)
    }),
  )
})

test('the fifo is a queue', () => {
  const action = fc.constantFrom('push', 'push', 'push', 'shift', 'shift', 'clear', 'look')
  fc.assert(
    fc.property(fc.array(action, { maxLength: 300 }), (actions) => {
      const fifo = new Fifo<number>()
      const model: number[] = []
      const given: unknown[] = []
      const wanted: unknown[] = []
      actions.forEach((name, item) => {
        if (name === 'push') {
          fifo.push(item)
          model.push(item)
        } else if (name === 'shift') {
          given.push(fifo.shift())
          wanted.push(model.shift())
        } else {
          given.push(name === 'clear' ? fifo.clear() : [...fifo.values()])
          wanted.push(name === 'clear' ? model.splice(0) : [...model])
        }
        given.push([fifo.size, fifo.first, fifo.last])
        wanted.push([model.length, model[0], model.at(-1)])
      })
      expect(given).toEqual(wanted)
    }),
  )
})

describe('digest', () => {
  const hex = (...values: unknown[]) => {
    const digest = new Digest()
    for (const value of values) digest.add(value)
    return digest.hex()
  }

  test('does not see the order of fields, nor absent ones', () => {
    expect(hex({ a: 1, b: [2, null], c: undefined })).toBe(hex({ b: [2, null], a: 1 }))
  })

  test('tells different values apart, also those that JSON confuses', () => {
    const values = [
      0,
      -0,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      null,
      1,
      1n,
      '1',
      '1n',
      [],
      {},
      [[]],
      [1, 2],
      [12],
      { a: 1 },
      { b: 1 },
    ]
    expect(new Set(values.map(canonicalText)).size).toBe(values.length)
    expect(new Set(values.map((value) => hex(value))).size).toBe(values.length)
  })

  test('sees order and repetition', () => {
    expect(new Set([hex(1, 2), hex(2, 1), hex(1, 2, 2), hex()]).size).toBe(4)
  })
})

describe('links', () => {
  const message = { what: 'effects', dots: null, bytes: new Uint8Array() } as const

  /** Delays of messages sent one by one on an otherwise empty link. */
  function delays(set: { latencyMs: number; jitterMs?: number; loss?: number }): number[] {
    const network = new Network(new Random(1), () => {})
    network.add(1, 2, 0, false)
    const link = Object.assign(network.link(1, 2), set)
    return Array.from({ length: 2000 }, () => {
      const { dueAt } = network.send(link, message, 1000)
      network.take(link)
      return dueAt - 1000
    })
  }

  test('jitter spreads delays evenly around the latency, never below zero', () => {
    const spread = delays({ latencyMs: 80, jitterMs: 10 })
    expect([Math.min(...spread), Math.max(...spread)]).toEqual([70, 90])
    expect(spread.reduce((sum, delay) => sum + delay) / spread.length).toBeCloseTo(80, 0)
    expect(Math.min(...delays({ latencyMs: 5, jitterMs: 50 }))).toBe(0)
  })

  test.each([
    [10, 200],
    [300, 600],
  ])('a loss at %i ms costs %i ms for each time that the message is sent again', (latencyMs, againMs) => {
    const lossy = delays({ latencyMs, loss: 0.25 })
    expect(lossy.every((delay) => (delay - latencyMs) % againMs === 0)).toBe(true)
    const lost = (times: number) => lossy.filter((delay) => delay === latencyMs + times * againMs).length
    // Of 2000: 1500 at once, 375 at the second try, 94 at the third; deviations of five sigmas are allowed.
    expect(Math.abs(lost(0) - 1500)).toBeLessThan(97)
    expect(Math.abs(lost(1) - 375)).toBeLessThan(88)
    expect(Math.abs(lost(2) - 94)).toBeLessThan(47)
  })
})
