import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'

test.each([
  [['run', 'a.md', 'b.md'], { kind: 'run', files: ['a.md', 'b.md'] }],
  [['--help'], { kind: 'help' }],
  [['run', '-h'], { kind: 'help' }],
  [['--version'], { kind: 'version' }],
  [[], { kind: 'mistake', text: 'expected a command: run' }],
  [['walk'], { kind: 'mistake', text: 'unknown command ‘walk’: expected run' }],
  [['run'], { kind: 'mistake', text: 'run: expected at least one scenario file' }],
  [['run', '--fast', 'a.md'], { kind: 'mistake', text: "Unknown option '--fast'" }],
])('%j', (words, request) => {
  expect(readArguments(words)).toEqual(request)
})
