import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../engine/index.ts'
import { indexCommands } from './command-index.ts'
import { hintFor } from './hints.ts'
import { formatArguments, formatSyntax } from './syntax.ts'
import { COMMAND_DOCS } from './testing/command-docs.ts'

const index = indexCommands(COMMAND_DOCS)
const PAIR = /^\|(.*?)\| → \|(.*)\|$/

const cases = readFileSync(new URL('hints.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [, typed, hint] = PAIR.exec(line) ?? []
    if (typed === undefined || hint === undefined) throw new Error(`hints.txt: not "|typed| → |hint|": ${line}`)
    return [typed, hint.replaceAll('\\|', '|')] as const
  })

describe('hints.txt', () => {
  test.each(cases)('%j → %j', (typed, hint) => {
    expect(hintFor(index, typed)).toBe(hint)
  })

  test('brackets balance in every hint', () => {
    const unbalanced = cases.filter(([, hint]) => hint.split('[').length !== hint.split(']').length)
    expect(unbalanced).toEqual([])
  })
})

test('the syntax line names the command, then its arguments', () => {
  const lines = COMMAND_DOCS.map(formatSyntax)
  expect(lines).toContain('GET key')
  expect(lines).toContain('EXPIRE key seconds [NX | XX | GT | LT]')
  expect(lines).toContain('CONFIG SET parameter value [parameter value ...]')
  expect(lines).toContain('PING [message]')
})

test('every command of the catalogue begins with its whole syntax as the hint', () => {
  const real = indexCommands(catalogue())
  expect(real.docs.length).toBeGreaterThan(0)
  for (const doc of real.docs) expect(hintFor(real, `${doc.name} `)).toBe(formatArguments(doc))
})
