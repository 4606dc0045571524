import { describe, expect, test } from 'vitest'
import { readColumns, regionNumber, regionsOfHeader } from './columns.ts'

const TWO = ['Region 1', 'Region 2']

test.each([
  ['Region 1', 'Region 2'],
  ['CRDB Instance1', 'CRDB Instance2'],
  ['Member CRDB1', 'Member CRDB2'],
  ['Replica 1', 'replica 2'],
  ['Instance 1', 'Instance 2'],
  ['Region #1', 'Region-2'],
  ['Data center 1', 'Data centre 2'],
])('numbered headings: %s, %s', (one, two) => {
  const titles = ['Time', one, two, 'Description']
  expect(regionsOfHeader(titles)).toEqual(TWO)
  expect(readColumns(titles, TWO)).toEqual([
    { kind: 'time', title: 'Time' },
    { kind: 'region', title: one, region: 1 },
    { kind: 'region', title: two, region: 2 },
    { kind: 'note', title: 'Description' },
  ])
})

test('beside a time column other headings are names, but for remarks', () => {
  expect(regionsOfHeader(['Time', 'Frankfurt', 'Dublin', 'Explanation'])).toEqual(['Frankfurt', 'Dublin'])
})

test('a table without time and regions is prose', () => {
  expect(regionsOfHeader(['Term', 'Meaning'])).toBeUndefined()
  expect(readColumns(['Term', 'Meaning'], TWO)).toBeUndefined()
})

describe('the word for a region', () => {
  test.each([
    ['2', 2],
    ['dublin', 2],
    ['Region 2', 2],
    ['3', undefined],
    ['0', undefined],
    ['Paris', undefined],
  ])('%s', (word, number) => {
    expect(regionNumber(word, ['Frankfurt', 'Dublin'])).toBe(number)
  })
})
