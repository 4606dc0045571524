/** Where the keys stand in a command line, as COMMAND INFO gives it: first, last (negative: from the end), step; all 0 when no fixed range can say. */
import type { ArgumentDoc } from '../../catalogue-types.ts'

export interface KeyPositions {
  readonly first: number
  readonly last: number
  readonly step: number
  /** There are keys that the range does not cover: only the arguments before them say where they are. */
  readonly movable: boolean
}

/** `words`: how many words the command's name has. */
export function keyPositions(args: readonly ArgumentDoc[], words: number): KeyPositions {
  const fixed: number[] = []
  let at: number | undefined = words
  let movable = false
  for (const arg of args) {
    const offset = keyOffset(arg)
    if (offset !== undefined && (at === undefined || isCounted(arg) || arg.optional)) movable = true
    else if (offset !== undefined && at !== undefined) {
      fixed.push(at + offset)
      if (arg.multiple) return { first: fixed[0] ?? 0, last: -1, step: arg.type === 'key' ? 1 : widthOf(arg), movable }
    }
    at = at === undefined || arg.optional || arg.multiple || isCounted(arg) ? undefined : at + widthOf(arg)
  }
  const first = fixed[0] ?? 0
  const last = fixed.at(-1) ?? 0
  return { first, last, step: first === 0 ? 0 : 1, movable }
}

/** A count and that many items. */
function isCounted(arg: ArgumentDoc): boolean {
  const [count, items] = arg.arguments ?? []
  return arg.type === 'block' && count?.type === 'integer' && items?.multiple === true
}

/** How many words stand before the first key of an argument; undefined when it has none. */
function keyOffset(arg: ArgumentDoc): number | undefined {
  const token = arg.token === undefined ? 0 : 1
  if (arg.type === 'key') return token
  let before = token
  for (const child of arg.arguments ?? []) {
    const offset = keyOffset(child)
    if (offset !== undefined) return before + offset
    if (arg.type === 'block') before += widthOf(child)
  }
  return undefined
}

function widthOf(arg: ArgumentDoc): number {
  if (arg.type === 'pure-token') return 1
  const token = arg.token === undefined ? 0 : 1
  const children = arg.arguments ?? []
  if (arg.type === 'oneof') return token + Math.min(...children.map(widthOf))
  if (arg.type === 'block') return children.reduce((sum, child) => sum + widthOf(child), token)
  return token + 1
}
