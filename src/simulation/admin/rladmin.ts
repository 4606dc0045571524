/** `rladmin tune db`: settings of a database on its cluster. */
import { backlogLine } from './settings.ts'
import { type AdminPlan, type AdminView, problem } from './types.ts'
import { readOneOf, shellWords } from './words.ts'

const MODES = ['strict', 'semi-strict', 'liberal'] as const

const PARAMETERS: Readonly<Record<string, (value: string) => string>> = {
  crdt_xadd_id_uniqueness_mode: (value) => `xadd-id ${readOneOf('crdt_xadd_id_uniqueness_mode', value, MODES)}`,
  crdt_repl_backlog: (value) => backlogLine('crdt_repl_backlog', value),
}

const FORM = 'rladmin tune db NAME crdt_xadd_id_uniqueness_mode strict|semi-strict|liberal'

/** `line`: what follows `rladmin`. */
export function planRladmin(line: string, view: AdminView): AdminPlan {
  const [verb = '', object = '', database, ...words] = shellWords(line)
  if (verb !== 'tune' || object !== 'db') problem(`"${`${verb} ${object}`.trim()}": expected ${FORM}`)
  if (database === undefined) problem(`the line ends: expected ${FORM}`)
  const [, uid] = /^db:(\d+)$/.exec(database) ?? []
  if (database !== view.name && uid !== '1')
    problem(`"${database}": there is no such database; there is ${view.name}, or db:1`)
  if (words.length === 0) problem('Error: No changes specified')
  const lines: string[] = []
  for (let i = 0; i < words.length; i += 2) {
    const name = words[i] ?? ''
    const read = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined
    if (!read) problem(`"${name}": expected ${Object.keys(PARAMETERS).join(' or ')}`)
    lines.push(read(words[i + 1] ?? problem(`${name} needs a value`)))
  }
  return { kind: 'lines', lines, text: `Tuning database: o\nFinished successfully` }
}
