import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseScenario } from './parse.ts'

/** Pieces that mean something to the parser, in any order. */
const piece = fc.constantFrom(
  '---',
  '\n',
  '\n',
  '|',
  ' | ',
  '|---|---|',
  '| Time | Region 1 | Region 2 |\n|---|---|---|\n',
  '— Sync —',
  '—',
  'the same',
  '→',
  '"',
  '“',
  '’',
  '`',
  '```',
  '```check\n',
  '```solution\n',
  '## ',
  '<table>',
  '<tr>',
  '<td>',
  '</table>',
  '<br>',
  '&#10;',
  '&',
  'GET a',
  'SET k "v"',
  '1) "a" 2) "b"',
  'given:',
  '  - 1: SET a 1',
  'regions: 3',
  'title:',
  '\\',
  '\\|',
  '> ',
  '$ redis-cli',
  '(nil)',
)
const text = fc
  .array(fc.oneof({ weight: 5, arbitrary: piece }, { weight: 1, arbitrary: fc.string({ maxLength: 5 }) }), {
    maxLength: 60,
  })
  .map((all) => all.join(''))

test('any text gives a scenario or problems with places inside the text, and never an exception', () => {
  fc.assert(
    fc.property(text, (markdown) => {
      const parsed = parseScenario(markdown, 'x.md')
      if (parsed.ok) return
      const lines = markdown.split(/\r\n|\n|\r/)
      expect(parsed.problems.length).toBeGreaterThan(0)
      for (const { line, column } of parsed.problems) {
        expect(line).toBeGreaterThanOrEqual(1)
        expect(line).toBeLessThanOrEqual(lines.length + 1)
        expect(column).toBeGreaterThanOrEqual(1)
        expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1)
      }
    }),
    { numRuns: 2000 },
  )
})

test('every command of a table comes back, whatever its words', () => {
  const word = fc.stringMatching(/^[a-z0-9:|“”–<>&*\\_]{1,8}$/)
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
      const command = `SET ${words.map((w) => `"${w.replaceAll('\\', '\\\\')}"`).join(' ')}`
      const parsed = parseScenario(
        `| Time | Region 1 | Region 2 |\n|---|---|---|\n| t1 | \`${command.replaceAll('|', '\\|')}\` | |`,
        'x.md',
      )
      expect(parsed).toMatchObject({
        ok: true,
        scenario: { blocks: [{ rows: [{ cells: [[{ text: command }], []] }] }] },
      })
    }),
  )
})
