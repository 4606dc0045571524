/**
 * A session's log as a file: JSON Lines, the settings on the first line and one input on each that follows, so that it can be read, compared and cut, and a
 * mistake has a line.
 */
import type { SessionLog } from '../../simulation/index.ts'
import { collectLog, UnfitSession } from './clean.ts'

const FORMAT = 'crdb-playground session'
const VERSION = 1

export function textOfLog({ settings, inputs, until }: SessionLog): string {
  const head = { format: FORMAT, version: VERSION, until, settings }
  return [head, ...inputs].map((line) => `${JSON.stringify(line)}\n`).join('')
}

/** Whether a file is meant to be one: then its mistakes are told as such. */
export const isLogText = (text: string): boolean => /^\ufeff?\s*\{/.test(text)

/** Throws `UnfitSession`, whose message names the line, and nothing else. */
export function logOfText(text: string): SessionLog {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  let at = 0
  /** The next line that is not empty. */
  const next = (): unknown => {
    while (lines[at]?.trim() === '') at++
    const line = lines[at++]
    if (line === undefined) return undefined
    try {
      return JSON.parse(line)
    } catch {
      throw new UnfitSession('expected JSON')
    }
  }
  function* rest(): Generator {
    for (let input = next(); input !== undefined; input = next()) yield input
  }
  try {
    const head = next()
    const { format, version, until, settings } = (typeof head === 'object' && head !== null ? head : {}) as Record<
      string,
      unknown
    >
    if (format !== FORMAT) throw new UnfitSession(`expected "format":"${FORMAT}"`)
    if (version !== VERSION)
      throw new UnfitSession(`version ${String(version)} is not one that this playground reads (${VERSION})`)
    return collectLog(settings, until, rest())
  } catch (reason) {
    if (reason instanceof UnfitSession) throw new UnfitSession(`line ${Math.max(at, 1)}: ${reason.message}`)
    throw reason
  }
}
