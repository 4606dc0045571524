import { expect, test } from 'vitest'
import { formatProblem, parseScenario, rowsOf } from '../scenarios/index.ts'
import { catalogueTexts, loadCatalogue } from './catalogue-files.ts'

test.each([...catalogueTexts()])('%s.md has a title, prose, steps and no problem', (id, text) => {
  const parsed = parseScenario(text, `${id}.md`)
  expect(parsed.ok ? [] : parsed.problems.map(formatProblem)).toEqual([])
  if (!parsed.ok) return
  expect(parsed.scenario.title).not.toBe(`${id}.md`)
  expect(parsed.scenario.blocks[0]?.kind).toBe('text')
  const commands = rowsOf(parsed.scenario).flatMap((row) => (row.kind === 'commands' ? row.cells.flat() : []))
  expect(commands.some((command) => command.expected !== undefined)).toBe(true)
})

test('every listed scenario has its file, its address is used once, and its title is the file’s', () => {
  const entries = loadCatalogue()
  expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length)
  expect(entries.find((entry) => entry.id === 'counters')).toMatchObject({
    group: 'Counters',
    title: 'Counters: increments add up',
  })
  for (const { id, title, text } of entries) {
    expect(parseScenario(text, id)).toMatchObject({ ok: true, scenario: { title } })
  }
})
