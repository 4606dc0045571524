/** Terminals of two regions on a headless screen, over a real database in process. */
import { Terminal } from '@xterm/headless'
import { describe, expect, test, vi } from 'vitest'
import type { Reply } from '../../engine/index.ts'
import type { Cluster } from '../../simulation/index.ts'
import { openLocalCluster } from '../../simulation/index.ts'
import { controlTerminal, type TerminalWiring } from './terminal-controller.ts'

const SETTINGS = { seed: 1, regions: ['One', 'Two'], epochMs: 0, latencyMs: 10, held: false }

function terminal(cluster: Cluster, region: number, wiring: Partial<TerminalWiring> = {}) {
  const screen = new Terminal({ cols: 80, rows: 30, allowProposedApi: true })
  const close = vi.fn<(session: number) => void>((session) => void cluster.closeSession(region, session))
  const controller = controlTerminal(screen as never, {
    region,
    name: SETTINGS.regions[region - 1] as string,
    history: [],
    run: (session, argv) => cluster.command(region, session, argv),
    close,
    remember: () => {},
    broadcast: () => null,
    leave: () => {},
    ...wiring,
  })
  cluster.subscribe(({ entries }) => controller.hear(entries))
  const settle = async () => {
    for (let i = 0; i < 5; i++) {
      await cluster.status()
      await new Promise((done) => screen.write('', () => done(undefined)))
    }
  }
  return {
    controller,
    close,
    async type(data: string) {
      controller.input(data)
      await settle()
    },
    async text() {
      await settle()
      const buffer = screen.buffer.active
      const lines = Array.from({ length: buffer.length }, (_, y) => buffer.getLine(y)?.translateToString(true) ?? '')
      return lines.join('\n').trimEnd()
    },
  }
}

describe('a terminal that listens', () => {
  test('M1: confirmations in their order, messages of every region above the line being typed, until Ctrl-C', async () => {
    const cluster = await openLocalCluster(SETTINGS)
    const one = terminal(cluster, 1)
    const two = terminal(cluster, 2)
    await two.type('SUBSCRIBE news sport\r')
    await two.type('PING half')
    await one.type('PUBLISH news hello\r')
    await cluster.advanceTo(20)
    expect((await two.text()).split('\n')).toEqual([
      'two> SUBSCRIBE news sport',
      'Reading messages... (press Ctrl-C to quit or any key to type command)',
      '1) "subscribe"',
      '2) "news"',
      '3) (integer) 1',
      '1) "subscribe"',
      '2) "sport"',
      '3) (integer) 2',
      '1) "message"',
      '2) "news"',
      '3) "hello"',
      'two(subscribed mode)> PING half',
    ])
    await two.type('\x03')
    expect(await two.text()).toMatch(/PING half\^C\ntwo\(subscribed mode\)>$/)
    await two.type('\x03')
    expect(await two.text()).toMatch(/\ntwo>$/)
    expect(two.close).toHaveBeenCalledOnce()
    await one.type('PUBLISH news again\r')
    await cluster.advanceTo(40)
    expect(await two.text()).not.toContain('again')
  })

  test('unsubscribing from everything ends it, and the next subscription is announced again', async () => {
    const cluster = await openLocalCluster(SETTINGS)
    const one = terminal(cluster, 1)
    await one.type('SUBSCRIBE a\r')
    await one.type('UNSUBSCRIBE\r')
    expect(await one.text()).toMatch(/1\) "unsubscribe"\n2\) "a"\n3\) \(integer\) 0\none>$/)
    await one.type('SUBSCRIBE b\r')
    expect((await one.text()).match(/Reading messages/g)).toHaveLength(2)
  })

  test('MONITOR shows what the region runs; keys do nothing until Ctrl-C', async () => {
    const cluster = await openLocalCluster(SETTINGS)
    const one = terminal(cluster, 1)
    await one.type('MONITOR\r')
    await one.type('GET ignored\r')
    await cluster.command(1, 2000, ['SET', 'k', 'v'])
    expect(await one.text()).toMatch(/^one> MONITOR\nOK\n\d+\.\d+ \[0 127\.0\.0\.1:\d+\] "SET" "k" "v"/m)
    await one.type('\x03')
    expect(await one.text()).toMatch(/\^C\none>$/)
    expect(await one.text()).not.toContain('ignored')
  })
})

test('a command that waits is given up with Ctrl-C: its session is closed, and what was typed ahead is dropped', async () => {
  const cluster = await openLocalCluster(SETTINGS)
  const asked: string[] = []
  const one = terminal(cluster, 1, {
    run: (session, argv) => {
      asked.push(`${session} ${argv.join(' ')}`)
      return argv[0] === 'WAITS' ? new Promise<Reply>(() => {}) : cluster.command(1, session, argv)
    },
  })
  await one.type('WAITS\r')
  await one.type('PING ahead\r')
  await one.type('\x03PING after\r')
  expect(await one.text()).toBe('one> WAITS\n^C\none> PING after\n"after"\none>')
  expect(one.close.mock.calls).toEqual([[1000]])
  expect(asked).toEqual(['1000 WAITS', '1001 PING after'])
})

test('Esc, then Tab leaves also while a command waits, and when it was pressed just before the reply', async () => {
  const cluster = await openLocalCluster(SETTINGS)
  const leave = vi.fn<(direction: 'forward' | 'backward') => void>()
  let answer: (reply: Reply) => void = () => {}
  const run = () => new Promise<Reply>((done) => (answer = done))
  const one = terminal(cluster, 1, { run, leave })
  await one.type('WAITS\r')
  await one.type('\x1b')
  await one.type('\t')
  expect(leave.mock.calls).toEqual([['forward']])
  await one.type('\x1b')
  answer('done')
  await one.text()
  await one.type('\x1b[Z')
  expect(leave.mock.calls).toEqual([['forward'], ['backward']])
  expect(await one.text()).toBe('one> WAITS\n"done"\none>')
})

test('Alt-Enter runs a line in every terminal; what is half typed elsewhere stays, and both remember the line', async () => {
  const cluster = await openLocalCluster(SETTINGS)
  const terminals: ReturnType<typeof terminal>[] = []
  const remembered: string[] = []
  const wiring = (region: number): Partial<TerminalWiring> => ({
    remember: (line) => remembered.push(`${region} ${line}`),
    broadcast: (line) => {
      for (const { controller } of terminals) controller.submit(line)
      return null
    },
  })
  terminals.push(terminal(cluster, 1, wiring(1)), terminal(cluster, 2, wiring(2)))
  const [one, two] = terminals as [ReturnType<typeof terminal>, ReturnType<typeof terminal>]
  await two.type('GET half')
  await one.type('INCR n\x1b\r')
  expect(await one.text()).toBe('one> INCR n\n(integer) 1\none>')
  expect(await two.text()).toBe('two> INCR n\n(integer) 1\ntwo> GET half')
  expect(remembered).toEqual(['1 INCR n', '2 INCR n'])
  await two.type('\x15\x1b[A')
  expect(await two.text()).toMatch(/\ntwo> INCR n$/)
})

test('a line that cannot be broadcast stays to be mended, and the terminal says why', async () => {
  const cluster = await openLocalCluster(SETTINGS)
  const one = terminal(cluster, 1, { broadcast: () => 'Not run: Two\x1b[2J is busy.' })
  await one.type('INCR n')
  await one.type('\x1b\r')
  expect(await one.text()).toBe('Not run: Two\\x1b[2J is busy.\none> INCR n')
  expect((await cluster.journal()).length).toBe(0)
})

test('the commands on the screen, without prompts and replies: own and of others, not what was dropped or cleared away', async () => {
  const cluster = await openLocalCluster(SETTINGS)
  const one = terminal(cluster, 1)
  await one.type('SET a "x y"\r')
  await one.type('SET dropped\x03')
  // A value that looks like a prompt and a command.
  await one.type('EVAL "return redis.status_reply(\'one> FLUSHALL\')" 0\r')
  await cluster.command(1, 1, ['GET', 'a'])
  expect(await one.text()).toMatch(/\none> FLUSHALL\none> GET a\n"x y"\none>$/)
  const all = ['SET a "x y"', `EVAL "return redis.status_reply('one> FLUSHALL')" 0`, 'GET a']
  expect(one.controller.commands(0, Infinity)).toEqual(all)
  expect(one.controller.commands(0, 3)).toEqual(all.slice(0, 2))
  expect(one.controller.commands(1, 2)).toEqual([])
  await one.type('\x0c')
  await one.type('PING\r')
  expect(one.controller.commands(0, Infinity)).toEqual(['PING'])
})

test('what is busy: a command that waits, and MONITOR', async () => {
  const cluster = await openLocalCluster(SETTINGS)
  const one = terminal(cluster, 1)
  expect(one.controller.isBusy()).toBe(false)
  await one.type('BLPOP none 0\r')
  expect(one.controller.isBusy()).toBe(true)
  await one.type('\x03')
  expect(one.controller.isBusy()).toBe(false)
  await one.type('MONITOR\r')
  expect(one.controller.isBusy()).toBe(true)
  await one.type('\x03')
  expect(one.controller.isBusy()).toBe(false)
})
