/** The connections that a log speaks of. */
import type { SessionInput } from '../../simulation/index.ts'

interface Connection {
  readonly region: number
  readonly session: number
}

/** Those that are open at the log's end. */
export function openConnections(inputs: readonly SessionInput[]): readonly Connection[] {
  const open = new Map<string, Connection>()
  for (const input of inputs) {
    if (input.kind === 'control') continue
    const { kind, region, session } = input
    if (kind === 'close') open.delete(nameOf(input))
    else open.set(nameOf(input), { region, session })
  }
  return [...open.values()]
}

/** Without the ends of connections that had ended before, or that end with the log. */
export function withoutIdleCloses(inputs: readonly SessionInput[], until: number): readonly SessionInput[] {
  const open = new Set<string>()
  return inputs.filter((input) => {
    if (input.kind === 'control') return true
    if (input.kind === 'close') return open.delete(nameOf(input)) && input.at < until
    open.add(nameOf(input))
    return true
  })
}

const nameOf = ({ region, session }: Connection) => `${region}:${session}`
