/** A scenario file from outside, looked at before anything of it is opened. */
import { parseScenario } from '../../scenarios/index.ts'
import { UnfitSession } from './clean.ts'

const MOST_CHARACTERS = 2_000_000
const MOST_TOLD = 5
/** All but line ends and tabs. They would act on the terminals. */
const CONTROL_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/

/** Throws `UnfitSession`, whose message names the lines. */
export function readScenario(name: string, text: string): true {
  if (text.length > MOST_CHARACTERS)
    throw new UnfitSession(`It is too large: at most ${MOST_CHARACTERS} characters are read.`)
  const odd = CONTROL_CHARACTER.exec(text)
  if (odd)
    throw new UnfitSession(
      `line ${text.slice(0, odd.index).split(/\r\n|\n|\r/).length}: a character that cannot be shown`,
    )
  const parsed = parseScenario(text, name)
  if (parsed.ok) return true
  const told = parsed.problems.slice(0, MOST_TOLD).map(({ line, message }) => `line ${line}: ${message}`)
  const more = parsed.problems.length - told.length
  throw new UnfitSession([...told, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'))
}
