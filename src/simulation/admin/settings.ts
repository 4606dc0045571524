/** Options of `crdb create` and `crdb update` that are settings, as control lines. */
import { EVICTION_POLICIES } from '../../replication/index.ts'
import { sizeWord } from '../control/size-word.ts'
import { problem } from './types.ts'
import { type OptionKind, readBoolean, readOneOf, readSize, readWhole } from './words.ts'

/** Settings that both commands have. */
export const SETTING_OPTIONS: Readonly<Record<string, OptionKind>> = {
  'memory-size': 'value',
  compression: 'value',
  'causal-consistency': 'value',
  'eviction-policy': 'value',
  'default-db-config': 'value',
}

/** The control lines that options mean. `ignored` gets those that have no effect here. */
export function settingLines(options: ReadonlyMap<string, readonly string[]>, ignored: string[]): string[] {
  const lines: string[] = []
  for (const [name, [value = '']] of options) {
    const option = `--${name}`
    if (name === 'memory-size') lines.push(`memory ${memoryWord(readSize(option, value))}`)
    else if (name === 'compression') lines.push(`compression ${readWhole(option, value, 0, 6)}`)
    else if (name === 'causal-consistency') lines.push(`causal ${onOff(readBoolean(option, value))}`)
    else if (name === 'eviction-policy') lines.push(`eviction ${readOneOf(option, value, EVICTION_POLICIES)}`)
    else if (name === 'sharding') lines.push(`sharding ${onOff(readBoolean(option, value))}`)
    else if (name === 'default-db-config') lines.push(...configLines(value, ignored))
  }
  return lines
}

const onOff = (on: boolean) => (on ? 'on' : 'off')
const memoryWord = (bytes: number) => (bytes === 0 ? 'unlimited' : sizeWord(bytes))

/** The object that `--default-db-config` takes. */
function configLines(text: string, ignored: string[]): string[] {
  const config = parsed(text)
  const lines: string[] = []
  for (const [field, word] of Object.entries(config)) {
    const option = `--default-db-config: ${field}`
    if (field === 'memory_size') lines.push(`memory ${memoryWord(readSize(option, word))}`)
    else if (field === 'crdt_repl_backlog_size') lines.push(backlogLine(option, word))
    else if (field === 'eviction_policy') lines.push(`eviction ${readOneOf(option, word, EVICTION_POLICIES)}`)
    else if (field === 'sharding') lines.push(`sharding ${onOff(readBoolean(option, word))}`)
    else if (field !== 'data_persistence' && field !== 'aof_policy') ignored.push(field)
  }
  return [...lines, ...persistenceLines(config)]
}

/** In MB, or auto. */
export function backlogLine(option: string, word: string): string {
  if (word === 'auto') return 'backlog auto'
  const megabytes = /^\d{1,5}(?:\.\d{1,3})?$/.test(word) ? Number(word) : Number.NaN
  return megabytes > 0 ? `backlog ${megabytes}mb` : problem(`${option}: "${word}" is neither a size in MB nor auto`)
}

function persistenceLines(config: Readonly<Record<string, string>>): string[] {
  const { data_persistence: kind, aof_policy: policy } = config
  if (kind === undefined && policy === undefined) return []
  if (kind === 'snapshot')
    problem('--default-db-config: data_persistence: Active-Active databases persist by AOF only, not by snapshots')
  const how = readOneOf('--default-db-config: data_persistence', kind ?? 'aof', ['aof', 'disabled'])
  if (how === 'disabled') return ['persistence none']
  const when = readOneOf('--default-db-config: aof_policy', policy ?? 'appendfsync-every-sec', [
    'appendfsync-every-sec',
    'appendfsync-always',
  ])
  return [`persistence ${when === 'appendfsync-always' ? 'always' : 'everysec'}`]
}

/** Its fields, each value as a word. */
function parsed(text: string): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return Object.fromEntries(Object.entries(value).map(([field, of]) => [field, wordOf(of)]))
  } catch {
    // Told below.
  }
  return problem(`--default-db-config: ${text} is no JSON object such as '{"crdt_repl_backlog_size": "auto"}'`)
}

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
