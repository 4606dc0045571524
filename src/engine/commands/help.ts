/** HELP subcommands, derived: what a container's other subcommands take and do. */
import type { ArgumentDoc } from '../catalogue-types.ts'
import { status, type Reply } from '../reply.ts'
import { command, type Command } from './command.ts'

/** `container HELP` → array of lines: each supported subcommand's syntax and, indented, its summary. */
export function helpOf(container: string, group: string, since: string): Command {
  return command({
    name: `${container} HELP`,
    group,
    since,
    summary: 'Lists these subcommands.',
    complexity: 'O(1)',
    flags: ['loading', 'stale'],
    args: {},
    activeActive: 'Lists only what an Active-Active database supports.',
    run({ instance }) {
      const lines: Reply[] = [status(`${container} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`)]
      for (const [word, { doc, support }] of instance.table.subcommandsOf(container) ?? []) {
        if (support.kind !== 'full') continue
        lines.push(status([word, ...doc.arguments.map(syntaxOf)].join(' ')), status(`    ${doc.summary}`))
      }
      return lines
    },
  })
}

/** One argument in the usual notation: `[SAMPLES count]`, `key [key ...]`, `<ON | OFF>`. */
function syntaxOf(arg: ArgumentDoc): string {
  let text = innerSyntax(arg)
  if (arg.multiple)
    text = arg.multipleToken ? `${withToken(arg, text)} [${withToken(arg, text)} ...]` : `${text} [${text} ...]`
  if (!arg.multipleToken) text = withToken(arg, text)
  return arg.optional ? `[${text}]` : text
}

function innerSyntax(arg: ArgumentDoc): string {
  const parts = (arg.arguments ?? []).map(syntaxOf)
  if (arg.type === 'oneof') return arg.optional ? parts.join(' | ') : `<${parts.join(' | ')}>`
  if (arg.type === 'block') return parts.join(' ')
  return arg.type === 'pure-token' ? '' : arg.name
}

function withToken(arg: ArgumentDoc, text: string): string {
  if (arg.token === undefined) return text
  return text === '' ? arg.token : `${arg.token} ${text}`
}
