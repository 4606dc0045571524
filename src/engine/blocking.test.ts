import { describe, expect, test } from 'vitest'
import { command } from './commands/command.ts'
import { key } from './commands/arguments.ts'
import { newInstance, START_MS } from './testing/run.ts'
import { NULL_ARRAY } from './reply.ts'

/** GETDEL that waits until there is something: the smallest blocking command. */
const take = command({
  name: 'TAKE',
  group: 'test',
  since: '1.0.0',
  summary: '',
  complexity: '',
  flags: ['write', 'blocking'],
  args: { key: key() },
  activeActive: '',
  run: (ctx, args) =>
    ctx.block({
      keys: [args.key],
      timeoutMs: 500,
      timedOut: NULL_ARRAY,
      attempt(now) {
        if (now.find(args.key) === undefined) return undefined
        now.remove(args.key, 'del')
        return `took ${args.key}`
      },
    }),
})

function setUp() {
  const { instance, call } = newInstance()
  const block = (session: number, at = START_MS) => instance.run(instance.session(session, at), take, ['TAKE', 'k'], at)
  return {
    instance,
    run: (line: string, session = 9) => call(line.split(' '), session),
    block,
    serve: (at = START_MS) => (
      instance.afterInput(at),
      instance.take().replies.map(({ session, reply }) => ({ session, reply }))
    ),
  }
}

describe('blocking commands', () => {
  test('clients are served in the order in which they began to wait, each by one write', () => {
    const { run, block, serve } = setUp()
    block(1)
    block(2)
    run('SET k 1', 3)
    expect(serve()).toEqual([{ session: 1, reply: 'took k' }])
    run('SET k 1', 3)
    expect(serve()).toEqual([{ session: 2, reply: 'took k' }])
  })

  test('at the deadline the command gives its time-out reply', () => {
    const { instance, block, serve } = setUp()
    block(1)
    expect(instance.blocking.nextDeadline).toBe(START_MS + 500)
    expect(serve(START_MS + 499)).toEqual([])
    expect(serve(START_MS + 500)).toEqual([{ session: 1, reply: NULL_ARRAY }])
    expect(instance.blocking.nextDeadline).toBe(Infinity)
  })

  test('what a waiting client sends runs after its reply, in order', () => {
    const { run, block, serve } = setUp()
    block(1)
    run('SET a 1', 1)
    run('GET a', 1)
    run('SET k 1', 2)
    expect(serve().map(({ reply }) => reply)).toEqual(['took k', { type: 'status', text: 'OK' }, '1'])
  })

  test('a client that leaves takes nothing', () => {
    const { instance, run, block, serve } = setUp()
    block(1)
    instance.closeSession(1)
    run('SET k 1', 2)
    expect(serve()).toEqual([])
    expect(run('EXISTS k')).toBe(1)
    expect(instance.blocking.size).toBe(0)
  })
})
