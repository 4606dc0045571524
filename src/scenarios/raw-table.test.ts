import { expect, test } from 'vitest'
import { pipeTableStarts, readHtmlTable, readPipeTable, splitPipeRow } from './raw-table.ts'

const texts = (row: string) => splitPipeRow(row, 1).map((cell) => cell.text)

test.each([
  ['| a | b |', ['a', 'b']],
  ['a | b', ['a', 'b']],
  ['| a | b', ['a', 'b']],
  ['a | b |', ['a', 'b']],
  ['|a||', ['a', '']],
  ['| a \\| b | c |', ['a | b', 'c']],
  ['| `a | b` | c |', ['a | b', 'c']],
  ['| `` a | ` `` | c |', ['`` a | ` ``', 'c']],
  ['| a ` b | c |', ['a ` b', 'c']],
  ['| a | b \\|', ['a', 'b |']],
])('%j', (row, cells) => {
  expect(texts(row).map((text) => text.replace(/^`([^`]*)`$/, '$1'))).toEqual(cells)
})

test('cells know their columns', () => {
  expect(splitPipeRow('|  a | bc |', 7).map((cell) => cell.place)).toEqual([
    { line: 7, column: 4 },
    { line: 7, column: 8 },
  ])
})

test('a delimiter row, with alignment or without outer pipes, makes the line above a header', () => {
  expect(pipeTableStarts(['| a | b |', '|:--|--:|'], 0)).toBe(true)
  expect(pipeTableStarts(['a | b', ':-: | -'], 0)).toBe(true)
  expect(pipeTableStarts(['| a | b |', '|---|'], 0)).toBe(false)
  expect(pipeTableStarts(['a', '---'], 0)).toBe(false)
  expect(pipeTableStarts(['| a | b |'], 0)).toBe(false)
})

test('a table ends at the first line without a pipe', () => {
  const { table, next } = readPipeTable(['| a | b |', '|---|---|', '| 1 | 2 |', '', '| 3 | 4 |'], 0, 10)
  expect(table.rows.map((row) => row.map((cell) => cell.text))).toEqual([['1', '2']])
  expect(table.rows[0]?.[0]?.place).toEqual({ line: 12, column: 3 })
  expect(next).toBe(3)
})

test('an HTML table, closing tags left out here and there, line ends as spaces', () => {
  const html = `<table class="x"><thead><tr><th>Time<th>Region 1</th></tr></thead>
<tbody>
<tr><td>t1</td><td>SET a
  1</td></tr>
<tr><td>t2<td colspan="2"><pre>x
y</pre></td>
</table>`
  const table = readHtmlTable(html, 5)
  expect(table.header.map((cell) => cell.text)).toEqual(['Time', 'Region 1'])
  expect(table.rows.map((row) => row.map((cell) => cell.text))).toEqual([
    ['t1', 'SET a 1'],
    ['t2', '<pre>x\ny</pre>', '<pre>x\ny</pre>'],
  ])
  expect(table.rows[0]?.[1]?.place).toEqual({ line: 7, column: 16 })
})
