/** The answers to `help`, from the catalogue. */
import type { CommandDoc } from '../engine/index.ts'
import type { CommandIndex } from './command-index.ts'
import { safeBytes } from './quoting.ts'
import { formatSyntax } from './syntax.ts'

/** `topic` is what stands after `help`: nothing, a command (one or two words; a container lists its subcommands), or `@group`. */
export function helpText(index: CommandIndex, topic: readonly string[]): string {
  const [first] = topic
  if (first === undefined) return overview(index)
  if (first.startsWith('@')) return groupHelp(index, first.slice(1).toLowerCase())
  const name = topic.join(' ').toUpperCase()
  const docs = index.docs.filter((doc) => doc.name === name || doc.name.startsWith(`${name} `))
  if (docs.length > 0) return docs.map(commandHelp).join('\n\n')
  return `No help for '${safeBytes(topic.join(' '))}'. Say "help" for what can be asked.`
}

function overview(index: CommandIndex): string {
  return [
    'Type a command as in redis-cli and press Enter; it runs in this region only.',
    '',
    '  help <command>       what a command does, and how it behaves with several regions',
    '  help @<group>        the commands of a group',
    '  <count> <command>    run a command several times, e.g. 5 INCR visits',
    '  :set hints, nohints  show or hide the grey argument hints',
    '  clear, Ctrl-L        clear the screen',
    '  quit                 close this session',
    '',
    '  Tab completes, Up and Down recall, Ctrl-R searches, Ctrl-C drops the line. Esc then Tab leaves the terminal.',
    '  Alt-Enter runs the line in every region at the same instant.',
    '',
    `  groups: ${index.groups.map((group) => `@${group}`).join(' ')}`,
  ].join('\n')
}

function groupHelp(index: CommandIndex, group: string): string {
  const docs = index.docs.filter((doc) => doc.group === group)
  if (docs.length > 0) return docs.map((doc) => `  ${formatSyntax(doc)}\n    ${inShort(doc)}`).join('\n')
  const known = index.groups.map((name) => `@${name}`).join(' ')
  return `There is no group '@${safeBytes(group)}'. Groups: ${known}`
}

function inShort({ support, summary }: CommandDoc): string {
  return support.kind === 'refused' ? `not available here: ${support.reason}` : summary
}

function commandHelp(doc: CommandDoc): string {
  const lines = [
    `  ${formatSyntax(doc)}`,
    `  summary: ${doc.summary}`,
    `  since: ${doc.since}`,
    `  group: ${doc.group}`,
    `  Active-Active: ${doc.activeActive}`,
  ]
  if (doc.support.kind === 'refused') {
    const { reason, alternative } = doc.support
    lines.push(`  not available here: ${reason}${alternative === undefined ? '' : ` Use instead: ${alternative}`}`)
  }
  return lines.join('\n')
}
