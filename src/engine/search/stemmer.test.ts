import { expect, test } from 'vitest'
import { stem } from './stemmer.ts'

/** From the sample vocabulary that the Snowball project publishes with the algorithm, and words that its exceptions name. */
test.each([
  ['consign', 'consign'],
  ['consigned', 'consign'],
  ['consistency', 'consist'],
  ['consolation', 'consol'],
  ['consolingly', 'consol'],
  ['knackeries', 'knackeri'],
  ['knightly', 'knight'],
  ['knots', 'knot'],
  ['generously', 'generous'],
  ['communication', 'communic'],
  ['skies', 'sky'],
  ['dying', 'die'],
  ['inning', 'inning'],
  ['hoping', 'hope'],
  ['hopping', 'hop'],
  ['cries', 'cri'],
  ['ties', 'tie'],
  ['gas', 'gas'],
  ['this', 'this'],
  ['relational', 'relat'],
  ['apology', 'apolog'],
  ['adoption', 'adopt'],
  ['say', 'say'],
  ["john's", 'john'],
  ['is', 'is'],
  ['café', 'café'],
])('%s → %s', (word, expected) => {
  expect(stem(word)).toBe(expected)
})
