/** Lines of `given`, `check` and `solution`: a control line, or `region: command`. */
import { CONTROL_VERBS } from '../simulation/index.ts'
import { quoted, splitExpectation } from './cell-commands.ts'
import { straighten } from './cell-text.ts'
import { regionNumber } from './columns.ts'
import { controlLine } from './control-text.ts'
import { controlMistake, type Reader } from './reader.ts'
import type { Place, ScriptLine } from './scenario.ts'

const EXPECTED = 'expected a control line such as ‘sync’, or a command with its region such as ‘1: SET key value’'

export interface PlacedLine {
  readonly text: string
  readonly place: Place
}

/** Empty lines and lines that begin with `#` are skipped; problems go to the reader. */
export function readScript(reader: Reader, lines: readonly PlacedLine[], regions: readonly string[]): ScriptLine[] {
  return lines.flatMap(({ text, place }): ScriptLine[] => {
    const line = straighten(text).trim()
    if (line === '' || line.startsWith('#')) return []
    const addressed = /^([^:>"']{1,40}?)\s*[:>]\s+(\S.*)$/.exec(line)
    const region = addressed ? regionNumber(addressed[1] ?? '', regions) : undefined
    if (addressed && region !== undefined) {
      const { left, right } = splitExpectation(addressed[2] ?? '')
      if (right === '') {
        reader.problem(place, `expected a reply after the arrow of ${quoted(left)}`)
        return []
      }
      const command = reader.command(left, right, place)
      return command ? [{ kind: 'command', place, region, command }] : []
    }
    const control = controlLine(line, regions)
    const wrong = controlMistake(control, regions)
    if (wrong === undefined) return [{ kind: 'control', place, line: control }]
    const isControl = CONTROL_VERBS.some((verb) => verb.name === control.split(' ')[0])
    reader.problem(place, isControl ? `${quoted(line)}: ${wrong}` : `${EXPECTED}, found ${quoted(line)}`)
    return []
  })
}
