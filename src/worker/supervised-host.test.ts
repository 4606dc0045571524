import { describe, expect, test } from 'vitest'
import type { Input, Output, ReplicaConfig } from '../replication/index.ts'
import { makeStandIn } from '../simulation/testing/stand-in.ts'
import type { RegionProcess } from './region-process.ts'
import { KILLED_TWICE, superviseHost } from './supervised-host.ts'

const CONFIG: ReplicaConfig = { id: 2, name: 'eu', members: [1, 2], joining: false, seed: 1 }

const incr = (key: string): Input => ({ kind: 'command', session: 4, argv: ['INCR', key], now: 0 })
const replies = (outputs: readonly Output[]) => outputs.flatMap((output) => output.replies.map(({ reply }) => reply))

/** Workers whose fate a test decides: `CRASH` kills, `HANG` never answers, `THROW` breaks an invariant. */
async function setUp(options: { failingStarts?: number } = {}) {
  const incidents: string[] = []
  const timers = new Set<() => void>()
  let starts = 0
  const start = (): RegionProcess => {
    starts++
    const broken = starts > 1 && starts <= 1 + (options.failingStarts ?? 0)
    let replica = makeStandIn(CONFIG)
    let tell = (_how: string): void => {}
    const never = new Promise<never>(() => {})
    const fate = (input: Input) => (input.kind === 'command' ? input.argv[0] : undefined)
    return {
      open(config) {
        if (broken) {
          tell('failed (its script did not load)')
          return never
        }
        replica = makeStandIn(config)
        return Promise.resolve()
      },
      async submit(inputs) {
        return inputs.some((input) => fate(input) === 'HANG')
          ? never
          : inputs.some((input) => fate(input) === 'CRASH')
            ? (tell('failed (out of memory)'), never)
            : inputs.map((input) => {
                if (fate(input) === 'THROW') throw new Error('broken invariant')
                return replica.submit(input)
              })
      },
      canonicalState: async () => replica.canonicalState(),
      inspect: async () => null,
      look: async () => null,
      catalogue: async () => [],
      onDeath: (listener) => (tell = listener),
      terminate: () => {},
    }
  }
  const host = await superviseHost(CONFIG, {
    start,
    onIncident: (text) => incidents.push(text),
    answerLimitMs: 5000,
    after(_delayMs, action) {
      timers.add(action)
      return () => timers.delete(action)
    },
  })
  /** Lets the answer limit pass for whatever is asked, once things have come to rest. */
  const passLimit = async () => {
    await new Promise((resolve) => setTimeout(resolve))
    for (const action of Array.from(timers)) action()
  }
  return { host, incidents, passLimit, starts: () => starts, timers }
}

describe('a supervised host', () => {
  test('answers as its replica does, and leaves no timer behind', async () => {
    const { host, incidents, timers } = await setUp()
    expect(replies(await host.submit([incr('a'), incr('a')]))).toEqual([1, 2])
    expect(incidents).toEqual([])
    expect(timers.size).toBe(0)
  })

  test('restarts a killed worker from its log at once', async () => {
    const { host, incidents } = await setUp()
    await host.submit([incr('a'), incr('a')])
    await host.kill()
    expect(incidents).toEqual(["Region 2's worker was killed and was restarted from its log (2 inputs)"])
    expect(replies(await host.submit([incr('a')]))).toEqual([3])
    expect(await host.canonicalState()).toBe('[["a",3]]')
  })

  test('leaves out an input that crashes two workers, and keeps those beside it', async () => {
    const { host, incidents } = await setUp()
    const crash: Input = { kind: 'command', session: 4, argv: ['CRASH'], now: 0 }
    expect(replies(await host.submit([incr('a'), crash, incr('a')]))).toEqual([1, KILLED_TWICE, 2])
    expect(incidents).toEqual([
      "Region 2's worker failed (out of memory) and was restarted from its log (0 inputs)",
      "Region 2's worker failed (out of memory) and was restarted from its log (1 input)",
    ])
    expect(replies(await host.submit([incr('a')]))).toEqual([3])
  })

  test('treats a replica that throws like a dead one', async () => {
    const { host, incidents } = await setUp()
    expect(replies(await host.submit([{ kind: 'command', session: 4, argv: ['THROW'], now: 0 }]))).toEqual([
      KILLED_TWICE,
    ])
    expect(incidents[0]).toBe("Region 2's worker failed (broken invariant) and was restarted from its log (0 inputs)")
  })

  test('restarts a worker that does not answer within the limit; later requests wait', async () => {
    const { host, incidents, passLimit } = await setUp()
    await host.submit([incr('a')])
    const hanging = host.submit([{ kind: 'command', session: 4, argv: ['HANG'], now: 0 }])
    const later = host.submit([incr('a')])
    await passLimit()
    await passLimit()
    expect(replies(await hanging)).toEqual([KILLED_TWICE])
    expect(replies(await later)).toEqual([2])
    expect(incidents[0]).toBe("Region 2's worker stopped answering and was restarted from its log (1 input)")
  })

  test('tries again when the new worker does not start either, but not for ever', async () => {
    const lucky = await setUp({ failingStarts: 2 })
    await lucky.host.kill()
    expect(replies(await lucky.host.submit([incr('a')]))).toEqual([1])
    expect(lucky.starts()).toBe(4)
    const unlucky = await setUp({ failingStarts: 1000 })
    await expect(unlucky.host.kill()).rejects.toThrow('could not be restarted')
    await expect(unlucky.host.submit([incr('a')])).rejects.toThrow('could not be restarted')
  })
})
