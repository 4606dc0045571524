/** Where the keys stand in a command line, as COMMAND INFO gives it: one specification per run of keys, and the old form with a first, a last and a step. */
import type { ArgumentDoc } from '../../catalogue-types.ts'

/** Where a run of keys begins: at a word counted from the command's own name (0), or after a keyword that is looked for from a word on. */
type Begin = { readonly index: number } | { readonly keyword: string; readonly from: number }

/**
 * Which words from there are keys: every `step`-th up to `last` (0: only the first one; negative: from the end of the line; `limit` 2: the first half), or
 * as many as the first word says.
 */
type Found =
  | { readonly last: number; readonly step: number; readonly limit: number }
  | { readonly counted: true; readonly step: number }

export interface KeySpec {
  readonly begin: Begin
  readonly found: Found
}

interface KeyRange {
  readonly first: number
  readonly last: number
  readonly step: number
  /** There are keys that the range does not cover: only the arguments before them say where they are. */
  readonly movable: boolean
}

/** A place in the line: how many words come before it; undefined when that varies, and then at least how many. */
interface Place {
  at: number | undefined
  least: number
}

/** `words`: how many words the command's name has. A subcommand only asks about shard channels. */
export function keySpecs(args: readonly ArgumentDoc[], words: number): KeySpec[] {
  const specs: KeySpec[] = []
  const own = args.filter(({ name }) => words === 1 || name !== 'shardchannel')
  inOrder(own, { at: words, least: words }, 0, specs)
  return specs
}

/** `after`: how many words follow the arguments. */
function inOrder(args: readonly ArgumentDoc[], place: Place, after: number, specs: KeySpec[]): void {
  args.forEach((arg, i) => visit(arg, place, after + leastWords(args.slice(i + 1)), specs))
}

function visit(arg: ArgumentDoc, place: Place, after: number, specs: KeySpec[]): void {
  const children = arg.arguments ?? []
  if (!holdsKey(arg)) {
    if (isFixed(arg) && place.at !== undefined) place.at += widthOf(arg)
    else place.at = undefined
    if (!arg.optional) place.least += widthOf(arg)
    return
  }
  const start = { ...place }
  const begin: Begin | undefined =
    arg.token !== undefined
      ? { keyword: arg.token, from: start.least }
      : start.at === undefined
        ? undefined
        : { index: start.at }
  const range = (last: number, step: number, limit = 0) => {
    if (begin !== undefined) specs.push({ begin, found: { last, step, limit } })
  }
  if (isKey(arg)) range(arg.multiple ? -1 - after : 0, 1)
  else if (isCounted(arg) && begin !== undefined)
    specs.push({ begin, found: { counted: true, step: stepOf(children[1]) } })
  else if (arg.token !== undefined) range(-1, 1, children.every(({ multiple }) => multiple) ? 2 : 0)
  else if (arg.multiple && children.every(({ multiple }) => !multiple)) range(-1 - after, leastWords(children))
  else if (arg.type === 'oneof') for (const child of children) visit(child, { ...place }, after, specs)
  else return inOrder(children, place, after, specs)
  if (!arg.optional) place.least += widthOf(arg)
  place.at =
    arg.optional || arg.multiple || !isFixed(arg) || start.at === undefined ? undefined : start.at + widthOf(arg)
}

/** Shard channels are found as keys are. */
function isKey({ type, name }: ArgumentDoc): boolean {
  return type === 'key' || name === 'shardchannel'
}

/** How many words each counted item has. */
function stepOf(item: ArgumentDoc | undefined): number {
  return item?.arguments === undefined ? 1 : leastWords(item.arguments)
}

function holdsKey(arg: ArgumentDoc): boolean {
  return isKey(arg) || (arg.arguments ?? []).some(holdsKey)
}

/** A count and that many items. */
function isCounted(arg: ArgumentDoc): boolean {
  const [count, items] = arg.arguments ?? []
  return arg.type === 'block' && count?.type === 'integer' && items?.multiple === true
}

function isFixed(arg: ArgumentDoc): boolean {
  if (arg.optional || arg.multiple || isCounted(arg)) return false
  const children = arg.arguments ?? []
  return children.every(isFixed) && (arg.type !== 'oneof' || new Set(children.map(widthOf)).size <= 1)
}

function leastWords(args: readonly ArgumentDoc[]): number {
  return args.reduce((sum, arg) => sum + (arg.optional ? 0 : widthOf(arg)), 0)
}

function widthOf(arg: ArgumentDoc): number {
  if (arg.type === 'pure-token') return 1
  const token = arg.token === undefined ? 0 : 1
  const children = arg.arguments ?? []
  if (arg.type === 'oneof') return token + Math.min(...children.map(widthOf))
  if (arg.type === 'block') return token + leastWords(children)
  return token + 1
}

/** The old form: what those specifications that are ranges at fixed places cover together, if they follow each other without a gap. */
export function keyRange(specs: readonly KeySpec[]): KeyRange {
  let range: KeyRange = { first: 0, last: 0, step: 0, movable: false }
  for (const [i, { begin, found }] of specs.entries()) {
    const fits =
      'index' in begin && 'last' in found && found.limit === 0 && (range.first === 0 || begin.index === range.last + 1)
    if (!fits || (found.step !== 1 && specs.length > 1)) {
      range = { ...range, movable: true }
      continue
    }
    const last = found.last < 0 ? found.last : begin.index + found.last
    range = { ...range, first: i === 0 || range.first === 0 ? begin.index : range.first, last, step: found.step }
  }
  return range
}
