import { expect, test } from 'vitest'
import { wrapWords } from './wrap.ts'

test('lines that fit, and empty ones, stay as they are', () => {
  expect(wrapWords('  SET key value\n\nOK', 15)).toBe('  SET key value\n\nOK')
})

test('a line goes on below its text', () => {
  expect(wrapWords('  help  what a command does', 20)).toBe('  help  what a\n        command does')
  expect(wrapWords('    Overwrites part of a string', 20)).toBe('    Overwrites part\n    of a string')
  expect(wrapWords('  summary: Assigns a value.', 22)).toBe('  summary: Assigns a\n           value.')
})

test('a label that would leave no room counts for nothing, and a word longer than the screen stays whole', () => {
  expect(wrapWords('  a long label  and what it means', 20)).toBe('  a long label  and\n  what it means')
  expect(wrapWords('a verylongwordindeed b', 10)).toBe('a\nverylongwordindeed\nb')
})
