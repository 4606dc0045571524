import { beforeAll, describe, expect, test } from 'vitest'
import { map, ruleOf } from '../../engine/index.ts'
import { type CatalogueEntry, loadBundledCatalogue, parseScenario, rowsOf } from '../../scenarios/index.ts'
import { openLocalCluster } from '../../simulation/index.ts'
import { tokenize } from '../../terminal/index.ts'
import {
  addressWith,
  createPlayground,
  createPredictions,
  createScenarioPlay,
  findCases,
  memoryStorage,
  pageSettings,
  readCases,
  rulesBehind,
  rulesNamed,
  type OpenCluster,
} from '../index.ts'
import { isRight } from './answers.ts'
import { roundsOf } from './questions.ts'

let catalogue: readonly CatalogueEntry[]
beforeAll(async () => {
  catalogue = await loadBundledCatalogue()
})

/** As in the page, but with the replicas in this thread. */
const openCluster: OpenCluster = async (start) => {
  const cluster = await openLocalCluster('settings' in start ? start.settings : start)
  return {
    api: cluster,
    subscribe: (listener) => cluster.subscribe(listener),
    close: () => cluster.close(),
    killWorker: () => {},
  }
}

async function opened(id: string, storage = memoryStorage()) {
  const playground = createPlayground(openCluster, pageSettings(2, 0, 1))
  const scenario = createScenarioPlay(playground)
  const predictions = createPredictions(scenario, playground, storage)
  await Promise.resolve()
  await scenario.loadCatalogue()
  await scenario.choose(id)
  return { playground, scenario, predictions, storage }
}

describe('the list', () => {
  test('a name stands without its group, and the rules are those that the words name', () => {
    const counters = readCases(catalogue).find(({ entry }) => entry.id === 'counters')
    expect(counters).toMatchObject({ name: 'increments add up', rules: ['C1'] })
    expect(rulesNamed('rules X1 and C3, once more X1; t1, f1, Q99 and K1 are none')).toEqual(['X1', 'C3'])
  })

  test('every rule that a case names has words of its own', () => {
    const named = catalogue.flatMap(({ text }) =>
      [...text.matchAll(/\brules? ([A-Z]\d{1,2})/g)].map(([, name]) => name),
    )
    expect(named.length).toBeGreaterThan(catalogue.length / 2)
    expect(named.filter((name) => ruleOf(name ?? '') === undefined)).toEqual([])
  })

  test.each<[string, string, string]>([
    ['a word of the title', 'popped twice', 'lists-pops'],
    ['a command', 'xinfo consumers', 'streams-group-replication'],
    ['a rule by its name', 'P1 deleting', 'hyperloglog-delete-wins'],
    ['a rule by its title', '59-bit', ''],
    ['the title of the rule that is named', 'increments add up counters', 'counters'],
    ['prose', 'in reality a backlog', 'replication-syncs'],
    ['a given line', 'name "ada"', 'hashes-delete-and-set'],
    ['no end of a word', 'opped', ''],
    ['signs as they are', '.*', ''],
    ['nothing that is there', 'frobnicate', ''],
  ])('a search finds %s', (_, query, id) => {
    const ids = findCases(readCases(catalogue), query, null).map(({ found }) => found.entry.id)
    expect(id === '' ? ids : ids.slice(0, 1)).toEqual(id === '' ? [] : [id])
  })

  test('a hit that the title does not show has an excerpt with the words, of a readable length', () => {
    const cases = readCases(catalogue)
    expect(findCases(cases, 'popped twice', null).map(({ excerpt }) => excerpt)).toEqual([null])
    expect(findCases(cases, 'xack', null)[0]?.excerpt).toBe('XACK x group1 110-0')
    const [long] = findCases(cases, 'shrinks to', null)
    expect(long?.excerpt).toContain('shrinks to')
    expect(long?.excerpt?.length).toBeLessThan(100)
  })

  test('a group narrows the search', () => {
    expect(findCases(readCases(catalogue), '', 'JSON')).toHaveLength(11)
    expect(findCases(readCases(catalogue), 'lpush', 'JSON')).toEqual([])
  })
})

describe('questions', () => {
  const writes = ({ argv }: { readonly argv: readonly string[] }) => /^(SET|DEL|SADD|RPOP|LPUSH)$/.test(argv[0] ?? '')
  const roundsIn = (...lines: string[]) => {
    const parsed = parseScenario(`| Time | Region 1 | Region 2 |\n|---|---|---|\n${lines.join('\n')}`, 'x.md')
    if (!parsed.ok) throw new Error('does not parse')
    return roundsOf(rowsOf(parsed.scenario), writes).map(({ at, until, questions }) => [
      at,
      until,
      questions.map(({ region, command }) => `${region}: ${command.text}`),
    ])
  }

  test('reads after a sync are asked about, up to the next write', () => {
    expect(
      roundsIn(
        '| | SET k a | |',
        '| | GET k → a | |',
        '| | — Sync — | |',
        '| | GET k → a | GET k → a |',
        '| | GET k → a | |',
        '| | SET k b | |',
        '| | GET k → b | |',
      ),
    ).toEqual([[2, 4, ['1: GET k', '2: GET k', '1: GET k']]])
  })

  test('a pop or a refusal right after it counts, an OK and INFO do not', () => {
    expect(roundsIn('| | — heal — | |', '| | RPOP l → z | SET k v → error |', '| | GET k → a | |')).toEqual([
      [0, 1, ['1: RPOP l', '2: SET k v']],
    ])
    expect(roundsIn('| | — Sync — | |', '| | SET k v → OK | INFO crdt → crdt_replid:1 |')).toEqual([])
  })

  test('no questions without expectations, and none before a row that only changes the network', () => {
    expect(roundsIn('| | — Sync — | |', '| | GET k | GET k |')).toEqual([])
    expect(roundsIn('| | — cut 1-2 — | |', '| | GET k → a | |')).toEqual([])
  })
})

describe('answers', () => {
  const right = (command: string, reply: Parameters<typeof isRight>[2], answer: string, expected?: string) => {
    const words = tokenize(command)
    if ('error' in words) throw new Error(words.error)
    return isRight(answer, { argv: words.argv, text: command, expected, place: { line: 1, column: 1 } }, reply)
  }

  test.each<[string, Parameters<typeof isRight>[2], string, string?]>([
    ['GET k', '15', '15'],
    ['GET k', '15', '"15"'],
    ['GET k', '15', ' (integer) 15 '],
    ['INCR k', 15, '15'],
    ['INCR k', 15, '(integer)15'],
    ['INCR k', 15, '"15"'],
    ['GET k', null, 'nil'],
    ['GET k', null, 'nothing'],
    ['LRANGE l 0 -1', ['a b', 'c'], 'a b\nc'],
    ['LRANGE l 0 -1', ['a b', 'c'], '1) "a b"\n2) "c"'],
    ['LRANGE l 0 -1', ['a', 'c'], 'a c'],
    ['LRANGE l 0 -1', ['a', 'c'], 'a,  c'],
    ['LRANGE l 0 -1', [], 'empty'],
    ['SMEMBERS s', ['b', 'a'], 'a b'],
    ['HGETALL h', map(['name', 'Ada', 'city', 'London']), 'city: London, name: Ada'],
    ['HGETALL h', ['name', 'Ada', 'city', 'London'], 'name=Ada\ncity=London'],
    ['TTL k', 48, '50', 'about 50'],
    ['XRANGE x - +', [['110-1', ['a', '1']]], '110-1'],
    ['JSON.GET d', '{"a":[1,2],"b":0}', '{ "b": 0, "a": [1, 2] }'],
    ['SET k v', { type: 'error', text: 'READONLY You can’t' }, 'error'],
  ])('%s: %j is met by %j', (command, reply, answer, expected) => {
    expect(right(command, reply, answer, expected)).toBe(true)
  })

  test.each<[string, Parameters<typeof isRight>[2], string, string?]>([
    ['GET k', '15', ''],
    ['GET k', '15', '10'],
    ['GET k', '15', 'nil'],
    ['LRANGE l 0 -1', ['a', 'c'], 'c\na'],
    ['SMEMBERS s', ['b', 'a'], 'a'],
    ['LRANGE l 0 -1', [], '(nil) (nil)'],
    ['TTL k', 48, '10', 'about 50'],
    ['TTL k', 18, '20', '(integer) 18'],
    ['JSON.GET d', '{"a":[1,2]}', '{"a":[2,1]}'],
  ])('%s: %j is not met by %j', (command, reply, answer, expected) => {
    expect(right(command, reply, answer, expected)).toBe(false)
  })
})

describe('predict, then sync', () => {
  test('a round is asked before the sync, answered, compared, scored and kept', async () => {
    const { playground, scenario, predictions, storage } = await opened('counters-set-and-increment')
    predictions.setOn(true)
    await predictions.step()
    await predictions.step()
    expect(scenario.getState().played).toBe(2)
    await predictions.step()
    expect(scenario.getState().played).toBe(2)
    expect(predictions.getState().asked).toMatchObject({ at: 2, until: 3, questions: [{ region: 1 }, { region: 2 }] })
    await predictions.answer(['15', '10'])
    expect(scenario.getState().played).toBe(4)
    const [round] = predictions.getState().answered
    expect(round?.answers.map(({ answer, actual, right }) => [answer, actual, right])).toEqual([
      ['15', '"15"', true],
      ['10', '"15"', false],
    ])
    const { timeline } = playground.getState()
    expect(rulesBehind(timeline, round?.since ?? 0, round!.answers[1]!.command, 'G1')).toContain('C3')
    expect(rulesBehind(timeline, timeline.events.length, round!.answers[1]!.command, 'rule G1')).toEqual(['G1'])
    expect(predictions.getState().scores).toEqual({})
    await predictions.playAll()
    expect(predictions.getState().asked?.at).toBe(5)
    await predictions.answer(['100', '100'])
    expect(predictions.getState().scores).toEqual({ 'counters-set-and-increment': { right: 3, of: 4 } })
    expect(await storage.read('gallery')).toEqual({
      on: true,
      scores: { 'counters-set-and-increment': { right: 3, of: 4 } },
    })
  })

  test('what was skipped cannot be right', async () => {
    const { scenario, predictions } = await opened('counters-set-and-increment')
    predictions.setOn(true)
    await predictions.playAll()
    await predictions.skip()
    await predictions.playAll()
    await predictions.answer(['100', '100'])
    expect(predictions.getState().scores).toEqual({ 'counters-set-and-increment': { right: 2, of: 4 } })
    expect(scenario.getState().done).toBe(true)
  })

  test('switched off nothing is asked; another scenario, and a new beginning, end what was asked', async () => {
    const { scenario, predictions } = await opened('counters')
    await predictions.playAll()
    expect(scenario.getState().done).toBe(true)
    predictions.setOn(true)
    await predictions.reset()
    await predictions.playAll()
    expect(predictions.getState().asked).not.toBeNull()
    await scenario.choose('lists-pops')
    expect(predictions.getState()).toMatchObject({ asked: null, answered: [] })
    await predictions.playAll()
    scenario.leave()
    expect(predictions.getState().asked).toBeNull()
  })

  test('time stands still between the rows; it passes after the last one, for whoever goes on, and for whoever types after leaving', async () => {
    const { playground, scenario } = await opened('counters')
    const speed = async () => (await playground.api()?.status())?.speed
    expect(await speed()).toBe(0)
    await scenario.step()
    await playground.command(1, 1000, ['SET', 'between', 'rows'])
    expect(await speed()).toBe(0)
    scenario.leave()
    expect(await speed()).toBe(0)
    await playground.command(1, 1000, ['GET', 'counter'])
    expect(await speed()).toBe(1)
    await scenario.choose('counters')
    await scenario.step()
    scenario.goOn()
    expect(await speed()).toBe(1)
    await scenario.choose('counters')
    await scenario.playAll()
    expect(await speed()).toBe(1)
  })

  test('one row back is the row before, on a fresh session with the same replies', async () => {
    const { playground, scenario, predictions } = await opened('counters-set-and-increment')
    for (let i = 0; i < 4; i++) await predictions.step()
    const { results } = scenario.getState()
    const { session } = playground.getState()
    await playground.command(1, 7, ['SET', 'k', 'changed by hand'])
    await predictions.back()
    expect(scenario.getState()).toMatchObject({ played: 3, playing: false, results: results.slice(0, 3) })
    expect(playground.getState().session).toBe(session + 1)
    await predictions.step()
    expect(scenario.getState().results).toEqual(results)
  })

  test('in every case of the gallery what the file expects is a right answer to what is asked, and a word that nobody wrote a wrong one', async () => {
    const without: string[] = []
    const { scenario, predictions } = await opened('counters')
    predictions.setOn(true)
    for (const { id } of catalogue) {
      await scenario.choose(id)
      await predictions.playAll()
      if (!predictions.getState().asked) without.push(id)
      for (let { asked } = predictions.getState(); asked; { asked } = predictions.getState()) {
        await predictions.answer(asked.questions.map(({ command }, i) => (i === 0 ? 'frob' : (command.expected ?? ''))))
        const answers = predictions.getState().answered.at(-1)?.answers ?? []
        expect(
          answers.map((answer) => answer.right),
          id,
        ).toEqual(answers.map((_, i) => i > 0))
        await predictions.playAll()
      }
      expect(scenario.getState(), id).toMatchObject({ done: true, problem: null })
    }
    expect(without).toEqual(['memory-eviction'])
  })
})

test('the address names the case and drops the session of the fragment; without a case the rest stays', () => {
  expect(addressWith('https://x.example/p/?regions=3#s=abc', 'counters')).toBe(
    'https://x.example/p/?regions=3&scenario=counters',
  )
  expect(addressWith('https://x.example/p/?scenario=counters', null)).toBe('https://x.example/p/')
})
