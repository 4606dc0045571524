import { expect, test } from 'vitest'
import { createReplica, type Input, type Output, type Replica } from '../index.ts'

const NOW = 1735689600000

function twoRegions(backlogBytes?: number) {
  const members = [1, 2]
  const replicas = members.map((id) =>
    createReplica({
      id,
      name: `r${id}`,
      members,
      joining: false,
      seed: id,
      ...(backlogBytes === undefined ? {} : { settings: { backlogBytes } }),
    }),
  )
  const submit = (id: number, input: Input): Output => (replicas[id - 1] as Replica).submit(input)
  const say = (id: number, session: number, line: string) =>
    submit(id, { kind: 'command', session, argv: line.split(' '), now: NOW })
  const deliver = (from: number, to: number, { messages }: Output): Output[] =>
    messages.map(({ bytes }) => submit(to, { kind: 'deliver', from, bytes, now: NOW }))
  return { submit, say, deliver }
}

const heard = (outputs: readonly Output[]) => outputs.flatMap(({ replies }) => replies.map(({ reply }) => reply))
const MESSAGE = [{ type: 'push', items: ['message', 'news', 'hi'] }]

test('M1: a published message reaches the listeners of every region', () => {
  const { say, deliver } = twoRegions()
  say(2, 1, 'SUBSCRIBE news')
  const sent = say(1, 1, 'PUBLISH news hi')
  expect(sent.replies[0]?.reply).toBe(0)
  expect(heard(deliver(1, 2, sent))).toEqual(MESSAGE)
})

function publishedInAPartition(backlogBytes: number) {
  const { submit, say, deliver } = twoRegions(backlogBytes)
  say(2, 1, 'SUBSCRIBE news')
  for (const [id, peer] of [
    [1, 2],
    [2, 1],
  ] as const)
    submit(id, { kind: 'disconnect', peer, now: NOW })
  say(1, 1, 'PUBLISH news hi')
  say(1, 1, 'SET k v')
  submit(1, { kind: 'connect', peer: 2, now: NOW })
  const pull = submit(2, { kind: 'connect', peer: 1, now: NOW })
  const answers = deliver(2, 1, pull)
  const got = heard(answers.flatMap((answer) => deliver(1, 2, answer)))
  return { got, value: say(2, 2, 'GET k').replies[0]?.reply }
}

test('M1: lost during a partition, it is delivered on heal while the backlog holds it', () => {
  expect(publishedInAPartition(10_000)).toEqual({ got: MESSAGE, value: 'v' })
})

test('M1: a full sync does not carry it', () => {
  expect(publishedInAPartition(1)).toEqual({ got: [], value: 'v' })
})
