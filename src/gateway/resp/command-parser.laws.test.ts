/** The parser over random and damaged bytes: however they are cut, the same is read; it never throws, never hangs, and gives nothing after an error. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { CommandParser } from './command-parser.ts'
import { encodeCommand } from '../../engine/index.ts'

vi.setConfig({ testTimeout: 120_000 })
const RUNS = Number(process.env.LAW_RUNS ?? 2000)
const SEED = process.env.LAW_SEED === undefined ? {} : { seed: Number(process.env.LAW_SEED) }

function read(bytes: Buffer, cuts: readonly number[]) {
  const parser = new CommandParser()
  const read: string[][] = []
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  for (let i = 1; i < places.length; i++) {
    // A chunk of its own, as sockets give them.
    parser.feed(Buffer.from(bytes.subarray(places[i - 1], places[i])))
    for (let argv = parser.next(); argv !== undefined; argv = parser.next()) {
      expect(argv.length).toBeGreaterThan(0)
      expect(parser.problem).toBeUndefined()
      read.push(argv)
    }
  }
  return { read, problem: parser.problem }
}

const word = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 40 }),
  fc.constantFrom('SET', 'k', '', '\r\n', '*1\r\n', '$3\r\n'),
  // On both sides of the length from which words are gathered in pieces.
  fc.integer({ min: 16_380, max: 16_390 }).map((length) => 'b'.repeat(length)),
)
const command = fc.array(word, { minLength: 1, maxLength: 6 })
const cuts = fc.array(fc.nat(), { maxLength: 30 })
const fragment = fc.constantFrom(
  '*',
  '$',
  '\r\n',
  '\n',
  '\r',
  '1',
  '0',
  '-1',
  '3',
  '"',
  "'",
  '\\x',
  ' ',
  'GET',
  '\0',
  '*2\r\n',
  '$3\r\n',
)

test('valid commands are read as they were written, however they are cut', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 8 }), cuts, (commands, places) => {
      const bytes = Buffer.from(commands.map(encodeCommand).join(''), 'latin1')
      expect(read(bytes, places)).toEqual({ read: commands, problem: undefined })
    }),
    { numRuns: RUNS, ...SEED },
  )
})

test('damaged commands give the same whole or cut', () => {
  fc.assert(
    fc.property(
      fc.array(command, { minLength: 1, maxLength: 5 }),
      fc.array(fc.tuple(fc.nat(), fc.constantFrom('flip', 'drop', 'add'), fc.nat(255)), { minLength: 1, maxLength: 5 }),
      cuts,
      (commands, damages, places) => {
        let bytes = Buffer.from(commands.map(encodeCommand).join(''), 'latin1')
        for (const [place, how, byte] of damages) {
          const at = place % bytes.length
          const added = how === 'drop' ? [] : [byte]
          bytes = Buffer.concat([
            bytes.subarray(0, at),
            Buffer.from(added),
            bytes.subarray(how === 'add' ? at : at + 1),
          ])
          if (bytes.length === 0) return
        }
        expect(read(bytes, places)).toEqual(read(bytes, []))
      },
    ),
    { numRuns: RUNS, ...SEED },
  )
})

test('fragments of the protocol in any order give the same whole or cut', () => {
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 60 }), cuts, (parts, places) => {
      const bytes = Buffer.from(parts.join(''), 'latin1')
      const everywhere = Array.from(bytes, (_, i) => i)
      const whole = read(bytes, [])
      expect(read(bytes, places)).toEqual(whole)
      expect(read(bytes, everywhere)).toEqual(whole)
    }),
    { numRuns: RUNS, ...SEED },
  )
})
