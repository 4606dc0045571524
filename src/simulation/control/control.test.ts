import { describe, expect, test } from 'vitest'
import { bytesOfText } from '../../lib/index.ts'
import { Cluster } from '../cluster.ts'
import { standIns } from '../testing/stand-in.ts'
import { CONTROL_VERBS, parseControlLine } from './index.ts'

const REGIONS = [
  { id: 1, name: 'us-east' },
  { id: 2, name: 'eu' },
  { id: 3, name: 'Region 3' },
]

function parsed(line: string): unknown {
  const meaning = parseControlLine(line, REGIONS)
  return meaning.ok ? [meaning.verb.name, meaning.parsed] : meaning.text
}

describe('accepted lines', () => {
  test.each<[string, unknown]>([
    ['sync', ['sync', []]],
    ['  SYNC 1 eu ', ['sync', [1, 2]]],
    ['partition 1 | 2 3', ['partition', [[1], [2, 3]]]],
    ['partition 1|2|3', ['partition', [[1], [2], [3]]]],
    ['partition 1 \\| 2 3', ['partition', [[1], [2, 3]]]],
    ['partition us-east | "region 3"', ['partition', [[1], [3]]]],
    ['cut 1-2', ['cut', [1, 2]]],
    ['cut us-east-eu', ['cut', [1, 2]]],
    ['cut "Region 3"-us-east', ['cut', [3, 1]]],
    ['heal', ['heal', 'all']],
    ['heal 2-1', ['heal', [2, 1]]],
    ['hold 1>2', ['hold', [1, 2]]],
    ['hold all', ['hold', 'all']],
    ['deliver 1>2', ['deliver', { direction: [1, 2], count: 1 }]],
    ['deliver eu>us-east 3', ['deliver', { direction: [2, 1], count: 3 }]],
    ['deliver 1>2 all', ['deliver', { direction: [1, 2], count: Number.POSITIVE_INFINITY }]],
    ['release all', ['release', 'all']],
    ['latency 1-2 80ms', ['latency', { pair: [1, 2], latencyMs: 80, jitterMs: 0 }]],
    ['latency 1-2 1.5s ±10ms', ['latency', { pair: [1, 2], latencyMs: 1500, jitterMs: 10 }]],
    ['latency 1-2 80ms +-10ms', ['latency', { pair: [1, 2], latencyMs: 80, jitterMs: 10 }]],
    ['latency preset aws', ['latency', 'aws']],
    ['latency 1-2 80ms ± 10ms', ['latency', { pair: [1, 2], latencyMs: 80, jitterMs: 10 }]],
    ['loss 1-2 2.5%', ['loss', { pair: [1, 2], share: 0.025 }]],
    ['clock 2 +5s', ['clock', { region: 2, skewMs: 5000 }]],
    ['clock eu -200ms', ['clock', { region: 2, skewMs: -200 }]],
    ['clock 2 0', ['clock', { region: 2, skewMs: 0 }]],
    ['wait 2h', ['wait', 7_200_000]],
    ['add-region', ['add-region', null]],
    ['add-region "far away"', ['add-region', 'far away']],
    ['expect converged', ['expect', 'converged']],
    ['expect 2 GET k → "v"', ['expect', { region: 2, argv: ['GET', 'k'], reply: '"v"' }]],
    ['expect eu SMEMBERS s => [a, b]', ['expect', { region: 2, argv: ['SMEMBERS', 's'], reply: '[a, b]' }]],
    ['expect 2 GET k --> 1) "a"\n2) "b"', ['expect', { region: 2, argv: ['GET', 'k'], reply: '1) "a"\n2) "b"' }]],
    ['expect 1 GET a=>b → (nil)', ['expect', { region: 1, argv: ['GET', 'a=>b'], reply: '(nil)' }]],
    ['expect 1 ECHO "=> →" → x → y', ['expect', { region: 1, argv: ['ECHO', bytesOfText('=> →')], reply: 'x → y' }]],
    ['speed 10x', ['speed', 10]],
    ['speed 0.1', ['speed', 0.1]],
    ['speed max', ['speed', Number.POSITIVE_INFINITY]],
    ['pause', ['pause', null]],
    ['step', ['step', null]],
    ['xadd-id semi-strict', ['xadd-id', { xaddId: 'semi-strict' }]],
    ['help', ['help', null]],
  ])('%s', (line, meaning) => {
    expect(parsed(line)).toEqual(meaning)
  })

  test('every form that help lists is accepted as it stands there, its optional part left out or in', () => {
    const parts = (form: string) => [form.replace(/ \[.*\]/, ''), form.replace(/ \[([^|\]]*).*\]/, ' $1')]
    const choices = (form: string) => (form.startsWith('partition') ? [form] : [form.replace(/\|[\w|-]+/, '')])
    const lines = CONTROL_VERBS.flatMap((verb) => verb.forms).flatMap(({ form }) => parts(form).flatMap(choices))
    expect(lines.length).toBeGreaterThan(CONTROL_VERBS.length)
    expect(lines.filter((line) => !Array.isArray(parsed(line)))).toEqual([])
  })
})

/** Each with the word at fault and its column. */
const MALFORMED: readonly [line: string, fault: string, form: string][] = [
  ['', 'the line ends at column 1', ''],
  ['   ', 'the line ends at column 1', ''],
  ['frobnicate 1 2', '"frobnicate" at column 1', 'sync, partition'],
  ['sync 1', 'the line ends at column 7', 'sync 1 2'],
  ['sync 1 1', '"1" at column 8', 'sync 1 2'],
  ['sync 1 9', '"9" at column 8', '2 (eu)'],
  ['partition', 'the line ends at column 10', 'partition 1 | 2 3'],
  ['partition 1', 'the line ends at column 12', 'partition 1 | 2 3'],
  ['partition 1 |', 'the line ends at column 14', 'partition 1 | 2 3'],
  ['partition | 1', '"|" at column 11', 'partition 1 | 2 3'],
  ['partition 1 || 2', '"|" at column 14', 'partition 1 | 2 3'],
  ['partition 1 | 2 1', '"1" at column 17', 'partition 1 | 2 3'],
  ['partition 1 | mars', '"mars" at column 15', 'partition 1 | 2 3'],
  ['cut', 'the line ends at column 4', 'cut 1-2'],
  ['cut 1', '"1" at column 5', 'cut 1-2'],
  ['cut 1-1', '"1-1" at column 5', 'cut 1-2'],
  ['cut 1-9', '"9" at column 7', 'cut 1-2'],
  ['cut 9-1', '"9" at column 5', 'cut 1-2'],
  ['cut 1>2', '"1>2" at column 5', 'cut 1-2'],
  ['cut 1-2 3', '"3" at column 9', 'cut 1-2'],
  ['heal everything', '"everything" at column 6', 'heal 1-2'],
  ['hold', 'the line ends at column 5', 'hold all'],
  ['hold 1-2', '"1-2" at column 6', 'hold 1>2'],
  ['hold all 1>2', '"1>2" at column 10', 'hold all'],
  ['deliver all', '"all" at column 9', 'deliver 1>2'],
  ['deliver 1>2 0', '"0" at column 13', 'deliver 1>2'],
  ['deliver 1>2 -1', '"-1" at column 13', 'deliver 1>2'],
  ['deliver 1>2 many', '"many" at column 13', 'deliver 1>2'],
  ['release', 'the line ends at column 8', 'release all'],
  ['latency 1-2', 'the line ends at column 12', 'latency 1-2 80ms'],
  ['latency 1-2 80', '"80" at column 13', 'latency 1-2 80ms'],
  ['latency 1-2 -80ms', '"-80ms" at column 13', 'latency 1-2 80ms'],
  ['latency 1-2 80ms 10ms', '"10ms" at column 18', '±10ms'],
  ['latency 1-2 80ms ±', 'the line ends at column 19', '±10ms'],
  ['latency preset mars', '"mars" at column 16', 'aws'],
  ['latency 1-2 9999999h', '"9999999h" at column 13', '720h'],
  ['loss 1-2 5', '"5" at column 10', '99%'],
  ['loss 1-2 100%', '"100%" at column 10', '99%'],
  ['loss 1-2 -5%', '"-5%" at column 10', '99%'],
  ['clock +5s', '"+5s" at column 7', 'clock 2 +5s'],
  ['clock 2 later', '"later" at column 9', 'clock 2 +5s'],
  ['wait', 'the line ends at column 5', 'wait 10s'],
  ['wait 10', '"10" at column 6', 'wait 10s'],
  ['wait -10s', '"-10s" at column 6', 'wait 10s'],
  ['wait 1e9s', '"1e9s" at column 6', 'wait 10s'],
  ['add-region 7', '"7" at column 12', 'add-region [name]'],
  ['add-region a b', '"b" at column 14', 'add-region [name]'],
  ['expect', 'the line ends at column 7', 'expect converged'],
  ['expect converged now', '"now" at column 18', 'expect converged'],
  ['expect 9 GET k → v', '"9" at column 8', 'expect converged'],
  ['expect 1 GET k', 'no arrow after column 9', '→'],
  ['expect 1 → v', 'nothing before the arrow at column 10', '→'],
  ['expect 1 GET k →', 'nothing after the arrow', '→'],
  ['expect 1 GET "k → v', 'no arrow after column 9', '→'],
  ['expect 1 GET "k"x → v', '"GET "k"x" at column 10: Invalid argument(s)', '→'],
  ['speed', 'the line ends at column 6', 'speed 10x'],
  ['speed fast', '"fast" at column 7', 'max'],
  ['speed -1x', '"-1x" at column 7', 'max'],
  ['pause now', '"now" at column 7', 'pause'],
  ['step 2', '"2" at column 6', 'step'],
  ['xadd-id lenient', '"lenient" at column 9', 'strict, semi-strict, liberal'],
]

describe('malformed lines', () => {
  test.each(MALFORMED)('%j names the word at fault and the accepted forms', (line, fault, form) => {
    expect(parsed(line)).toContain(fault)
    expect(parsed(line)).toContain(form)
  })

  test('leave everything as it was, but for their own entry', async () => {
    const settings = { seed: 1, regions: REGIONS.map(({ name }) => name), epochMs: 0, latencyMs: 50, held: false }
    const cluster = await Cluster.open(settings, standIns)
    await cluster.command(1, 0, ['INCR', 'k'])
    await cluster.control('hold 2>3')
    await cluster.control('cut 1-3')
    const status = await cluster.status()
    const journal = await cluster.journal()
    for (const [line] of MALFORMED) await cluster.control(line)
    expect(await cluster.status()).toEqual(status)
    const refused = (await cluster.journal()).slice(journal.length)
    expect(refused).toMatchObject(MALFORMED.map(([line]) => ({ kind: 'control', line, ok: false })))
    expect((await cluster.journal()).slice(0, journal.length)).toEqual(journal)
  })

  test('never make the parser throw, whatever they are', () => {
    const pieces = [
      'sync',
      'cut',
      'expect',
      'latency',
      ' ',
      '1-2',
      '1>2',
      '|',
      '\\',
      '"',
      "'",
      '→',
      '±',
      '5%',
      '\n',
      '80ms',
      '-',
    ]
    const lines = pieces.flatMap((a) => pieces.flatMap((b) => pieces.map((c) => `${a}${b} ${c}`)))
    const answers = lines.map(parsed).filter((answer) => typeof answer === 'string')
    expect(answers.length).toBeGreaterThan(1000)
    expect(answers.filter((answer) => !/(column \d+|after the arrow)/.test(answer))).toEqual([])
  })
})
