import { describe, expect, test } from 'vitest'
import { parseScenario } from './parse.ts'
import { formatProblem, rowsOf, type Scenario } from './scenario.ts'

function scenarioOf(text: string): Scenario {
  const parsed = parseScenario(text, 'x.md')
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'))
  return parsed.scenario
}

function problemsOf(text: string): string[] {
  const parsed = parseScenario(text, 'x.md')
  return parsed.ok ? [] : parsed.problems.map(formatProblem)
}

/** Rows in short: `1: SET a 1` or `sync`. */
function shortRows(text: string): string[][] {
  return rowsOf(scenarioOf(text)).map((row) =>
    row.kind === 'control'
      ? [row.line]
      : row.cells.flatMap((cell, i) =>
          cell.map(
            (command) => `${i + 1}: ${command.text}${command.expected === undefined ? '' : ` → ${command.expected}`}`,
          ),
        ),
  )
}

const HEAD = '| Time | Region 1 | Region 2 |\n|---|---|---|\n'
const rows = (...lines: string[]) => HEAD + lines.join('\n')

test('a whole file: settings, prose, table', () => {
  const scenario = scenarioOf(`---
title: "Two shops"
regions: [Frankfurt, Dublin]
latency: 80ms
seed: 7
causal: off
xadd-id: liberal
given:
  - 1: SET stock 5
  - Dublin: SET other 1
  - clock 2 +5s
---
# A heading

Some prose.

| Time | Frankfurt | Dublin | Explanation |
|---|---|---|---|
| noon | GET stock → 5 | | Before *anything* |

The end.`)
  expect(scenario).toMatchObject({
    file: 'x.md',
    title: 'Two shops',
    regions: ['Frankfurt', 'Dublin'],
    seed: 7,
    latencyMs: 80,
    setup: [{ line: 'xadd-id liberal' }],
    given: [
      { kind: 'command', region: 1, command: { argv: ['SET', 'stock', '5'] } },
      { kind: 'command', region: 2, command: { argv: ['SET', 'other', '1'] } },
      { kind: 'control', line: 'clock 2 +5s' },
    ],
    blocks: [
      { kind: 'text', text: '# A heading\n\nSome prose.' },
      { kind: 'table' },
      { kind: 'text', text: 'The end.' },
    ],
  })
  expect(rowsOf(scenario)).toEqual([
    {
      kind: 'commands',
      place: { line: 19, column: 3 },
      time: 'noon',
      notes: { Explanation: 'Before *anything*' },
      cells: [[{ place: { line: 19, column: 10 }, text: 'GET stock', argv: ['GET', 'stock'], expected: '5' }], []],
    },
  ])
})

test('without front matter the first heading is the title, the header tells the regions, and links are held', () => {
  const scenario = scenarioOf(`# Counters\n\n${rows('| t1 | GET a | |')}`)
  expect(scenario).toMatchObject({
    title: 'Counters',
    regions: ['Region 1', 'Region 2'],
    seed: 1,
    latencyMs: undefined,
  })
})

test.each([
  '— Sync —',
  '-- sync --',
  '--- SYNC ---',
  '– Sync –',
  '—Sync—',
  '&mdash; Sync &mdash;',
  '**— Sync —**',
  '`--- Sync ---`',
  '— Sync — (nothing replicates)',
])('%j is a sync row, in all cells or in one', (cell) => {
  expect(shortRows(rows(`| t1 | ${cell} | ${cell} |`, `| t2 | ${cell} | |`, `| t3 | | ${cell} |`))).toEqual([
    ['sync'],
    ['sync'],
    ['sync'],
  ])
})

test.each([
  ['— Sync 1 and 2 only —', 'sync 1 2'],
  ['— sync between regions 1 and 2 —', 'sync 1 2'],
  ['— sync 1, 2 —', 'sync 1 2'],
  ['— Cut 1–2 —', 'cut 1-2'],
  ['— partition 1 \\| 2 —', 'partition 1 | 2'],
  ['— HEAL —', 'heal'],
  ['— wait 5s —', 'wait 5s'],
  ['— expect converged —', 'expect converged'],
])('%s is the control line %s', (cell, line) => {
  expect(shortRows(rows(`| t1 | ${cell} | |`))).toEqual([[line]])
})

test('‘the same’ repeats the cell to the left, or its reply only', () => {
  expect(
    shortRows(`| Time | Region 1 | Region 2 | Region 3 |\n|---|---|---|---|
| t1 | GET a → 1<br>GET b → 2 | the same | The same. |
| t2 | GET a → 1 | GET b → the same | same |`),
  ).toEqual([
    ['1: GET a → 1', '1: GET b → 2', '2: GET a → 1', '2: GET b → 2', '3: GET a → 1', '3: GET b → 2'],
    ['1: GET a → 1', '2: GET b → 1', '3: GET b → 1'],
  ])
})

test('a pasted HTML table, and columns in any order', () => {
  expect(
    shortRows(`<table><tr><th>Time</th><th>Member CRDB2</th><th>Member CRDB1</th></tr>
<tr><td>t1</td><td></td><td><code>SET a “x”</code><br>OK</td></tr>
<tr><td>t2</td><td colspan=2>&mdash; Sync &mdash;</td></tr></table>`),
  ).toEqual([['1: SET a "x" → OK'], ['sync']])
})

test('tables in fences and tables of something else are prose; several tables run one after another', () => {
  const text = `\`\`\`\n${rows('| t1 | GET no | |')}\n\`\`\`\n\n| Term | Meaning |\n|---|---|\n| x | y |\n\n${rows('| t1 | GET a | |')}\n\n${rows('| t2 | GET b | |')}`
  expect(shortRows(text)).toEqual([['1: GET a'], ['1: GET b']])
})

test('an empty row stands for a second in which nothing is done', () => {
  expect(shortRows(rows('| t1 | | |', '| | GET a | |'))).toEqual([[], ['1: GET a']])
  expect(rowsOf(scenarioOf(rows('| t1 | | |', '| | GET a | |')))[1]?.time).toBe('t2')
})

test('Windows line ends and a byte order mark', () => {
  expect(shortRows(`\ufeff---\r\ntitle: x\r\n---\r\n${rows('| t1 | GET a | |').replaceAll('\n', '\r\n')}`)).toEqual([
    ['1: GET a'],
  ])
})

describe('exercises', () => {
  const step = (solution = '1: SET a 2\nsync') => `## Change it

Make \`a\` equal 2 everywhere.

\`\`\`check
expect 1 GET a → "2"
expect converged
\`\`\`

\`\`\`hint
SET assigns.
\`\`\`

\`\`\`solution
${solution}
\`\`\``

  test('a heading, prose, check, hint and solution make a step', () => {
    const scenario = scenarioOf(`---\ngiven: 1: SET a 1\n---\n# Try it\n\nHello.\n\n${step()}\n\n${step('2: SET a 2')}`)
    expect(scenario.blocks).toEqual([{ kind: 'text', text: '# Try it\n\nHello.' }])
    expect(scenario.exercise).toHaveLength(2)
    expect(scenario.exercise[0]).toMatchObject({
      title: 'Change it',
      text: 'Make `a` equal 2 everywhere.',
      check: [{ line: 'expect 1 GET a → "2"' }, { line: 'expect converged' }],
      hints: ['SET assigns.'],
      solution: [
        { kind: 'command', region: 1, command: { argv: ['SET', 'a', '2'] } },
        { kind: 'control', line: 'sync' },
      ],
    })
  })

  test('a step needs a check of expectations, and a solution', () => {
    expect(problemsOf('## One\n\n```check\n1: GET a\nsync\n```\n\n## Two\n\n```solution\nsync\n```')).toEqual([
      'x.md:1:1: expected a ```solution block in this step',
      'x.md:4:1: expected only ‘expect …’ lines in a check: it looks at the outcome and changes nothing',
      'x.md:5:1: expected only ‘expect …’ lines in a check: it looks at the outcome and changes nothing',
      'x.md:8:1: expected a ```check block in this step',
    ])
  })
})

describe('problems name file, line and column, and what was expected', () => {
  test.each([
    [
      'nothing to run',
      'Hello.',
      ['x.md:1:1: expected a table with a column for each region, such as | Time | Region 1 | Region 2 |'],
    ],
    ['open quotes', rows('| t1 | SET a "x | |'), ['x.md:3:8: ‘SET a "x’: Invalid argument(s)']],
    ['a reply alone', rows('| t1 | | (nil) |'), ['x.md:3:10: expected a command before the reply ‘(nil)’']],
    [
      'the same as nothing',
      rows('| t1 | the same | GET a → the same |'),
      [
        'x.md:3:8: expected commands: there is nothing to the left that could be ‘the same’',
        'x.md:3:19: expected commands: there is nothing to the left that could be ‘the same’',
      ],
    ],
    [
      'a command in a sync row',
      rows('| t1 | — Sync — | GET a |'),
      ['x.md:3:19: expected an empty cell, or the control line of this row again (sync), found ‘GET a’'],
    ],
    [
      'a control line that is refused',
      rows('| t1 | — cut 1-9 — | |'),
      [expect.stringMatching(/^x\.md:3:8: ‘cut 1-9’: "9" at column 7: expected a region/) as string],
    ],
    [
      'too many cells',
      rows('| t1 | GET a | GET b | GET c |'),
      ['x.md:3:24: expected 3 cells as in the heading, found 4; write \\| for a pipe that is text'],
    ],
    [
      'a region too many',
      `---\nregions: 2\n---\n| Time | Region 1 | Region 3 |\n|---|---|---|\n| t1 | GET a | |`,
      ['x.md:4:21: expected a region between 1 and 2, found the heading ‘Region 3’'],
    ],
    [
      'a region twice',
      '| Time | Region 1 | Region 1 |\n|---|---|---|\n| t1 | GET a | |',
      ['x.md:1:21: expected one column per region, found region 1 again'],
    ],
    [
      'settings',
      `---\nregions: 11\nlatency: fast\nseed: x\ncausal: maybe\ncolour: red\njust words\ntitle: a\ntitle: b\n---\n${HEAD}`,
      [
        'x.md:2:10: regions: expected two to ten, as a number or as names, found ‘11’',
        'x.md:3:10: latency: expected a duration such as 80ms or 1s, found ‘fast’',
        'x.md:4:7: seed: expected a whole number of at most ten digits, found ‘x’',
        'x.md:5:9: causal: expected off, on, found ‘maybe’',
        'x.md:6:1: unknown setting ‘colour’: expected one of title, regions, causal, xadd-id, latency, seed, start, times, given',
        'x.md:7:1: expected ‘name: value’, found ‘just words’',
        'x.md:9:1: expected ‘title’ once, found it again',
      ],
    ],
    [
      'times and a start',
      `---\nstart: yesterday\ntimes: roughly\n---\n${HEAD}| soon | GET a | |`,
      [
        'x.md:2:8: start: expected a time such as 2025-01-01T00:00:00Z, found ‘yesterday’',
        'x.md:3:8: times: expected exact, found ‘roughly’',
        'x.md:7:3: expected the time at which the row begins, such as 2.5s, found ‘soon’',
      ],
    ],
    [
      'given lines',
      `---\ngiven:\n  - SET a 1\n  - 3: SET a 1\n  - 1: GET a →\n  - cut 1-9\n---\n${HEAD}`,
      [
        'x.md:3:5: expected a control line such as ‘sync’, or a command with its region such as ‘1: SET key value’, found ‘SET a 1’',
        'x.md:4:5: expected a control line such as ‘sync’, or a command with its region such as ‘1: SET key value’, found ‘3: SET a 1’',
        'x.md:5:5: expected a reply after the arrow of ‘GET a’',
        expect.stringMatching(/^x\.md:6:5: ‘cut 1-9’: "9" at column 7: expected a region/) as string,
      ],
    ],
    [
      'settings without an end',
      '---\ntitle: x',
      [
        'x.md:1:1: expected a second line of --- to end the settings',
        'x.md:3:1: expected a table with a column for each region, such as | Time | Region 1 | Region 2 |',
      ],
    ],
    [
      'a fence without an end',
      `${HEAD}\n\`\`\`\nx`,
      ['x.md:4:1: expected a line of ``` to end the block that begins here'],
    ],
    ['a table without an end', `${HEAD}\n<table><tr>`, ['x.md:4:1: expected </table> after this <table>']],
  ])('%s', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems)
  })
})
