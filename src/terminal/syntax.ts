/** The syntax line of a command from its argument tree, in the notation of Redis's documentation: `SET key value [NX | XX]`. */
import type { ArgumentDoc, CommandDoc } from '../engine/index.ts'

/** The arguments after the command's name; `''` when it takes none. */
export function formatArguments(doc: CommandDoc): string {
  return joinArguments(doc.arguments)
}

/** Name and arguments. */
export function formatSyntax(doc: CommandDoc): string {
  return `${doc.name} ${formatArguments(doc)}`.trimEnd()
}

export function joinArguments(list: readonly ArgumentDoc[]): string {
  return list.map(formatArgument).join(' ')
}

export function formatArgument(argument: ArgumentDoc): string {
  const inner = formatOccurrences(argument)
  if (argument.optional) return `[${inner}]`
  return isBareChoice(argument) ? `<${inner}>` : inner
}

/** The part of an argument that can come again, in brackets: `[field value ...]`; `''` for an argument that comes once. */
export function formatRepetition(argument: ArgumentDoc): string {
  if (!argument.multiple) return ''
  const repeated = argument.multipleToken ? withToken(argument) : formatValue(argument)
  return `[${repeated} ...]`
}

/** An argument without its token: what is still to be typed once the token stands there. */
export function formatValue(argument: ArgumentDoc): string {
  switch (argument.type) {
    case 'pure-token':
      return argument.token ?? argument.name
    case 'oneof': {
      const choices = (argument.arguments ?? []).map(formatArgument).join(' | ')
      return argument.token === undefined ? choices : `<${choices}>`
    }
    case 'block':
      return joinArguments(argument.arguments ?? [])
    default:
      return argument.name
  }
}

function formatOccurrences(argument: ArgumentDoc): string {
  const first = withToken(argument)
  if (!argument.multiple) return first
  return `${isBareChoice(argument) ? `<${first}>` : first} ${formatRepetition(argument)}`
}

function withToken(argument: ArgumentDoc): string {
  if (argument.type === 'pure-token' || argument.token === undefined) return formatValue(argument)
  return `${argument.token} ${formatValue(argument)}`.trimEnd()
}

function isBareChoice(argument: ArgumentDoc): boolean {
  return (
    argument.type === 'oneof' &&
    argument.token === undefined &&
    (argument.optional === undefined || argument.multiple === true)
  )
}
