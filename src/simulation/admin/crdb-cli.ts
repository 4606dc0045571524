/** `crdb-cli`: the database as its tool administers it. Option names are the documented ones. */
import { DEFAULT_SETTINGS } from '../../replication/index.ts'
import { clusterOf, getText, healthReport, listText } from './output.ts'
import { SETTING_OPTIONS, settingLines } from './settings.ts'
import { type AdminPlan, type AdminRegion, type AdminView, problem } from './types.ts'
import { type OptionKind, readOptions, readWhole, shellWords } from './words.ts'

type Known = Readonly<Record<string, OptionKind>>
type Options = ReadonlyMap<string, readonly string[]>

interface Subcommand {
  readonly options: Known
  readonly required: readonly string[]
  readonly repeated?: readonly string[]
  plan(view: AdminView, options: Options): AdminPlan
}

const GUID: Known = { 'crdb-guid': 'value' }
const WAIT: Known = { wait: 'flag', 'no-wait': 'flag' }
const INSTANCE_ID: Known = { 'instance-id': 'value' }

const values = (...names: readonly string[]): Known => Object.fromEntries(names.map((name) => [name, 'value']))

/** Options of the tool that mean nothing between simulated regions. */
const CREATE_IDLE = values(
  'port',
  'password',
  'replication',
  'encryption',
  'shards-count',
  'shard-key-regex',
  'oss-cluster',
  'oss-sharding',
  'bigstore',
  'bigstore-ram-size',
  'proxy-policy',
  'with-module',
)
const UPDATE_IDLE = values(
  'credentials',
  'encryption',
  'oss-cluster',
  'featureset-version',
  'bigstore-ram-size',
  'update-module',
  'update-db-config-modules',
)

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  list: { options: {}, required: [], plan: (view) => answer(listText(view)) },
  get: { options: GUID, required: ['crdb-guid'], plan: (view) => answer(getText(view)) },
  'health-report': { options: GUID, required: ['crdb-guid'], plan: (view) => answer(healthReport(view)) },
  create: {
    options: { name: 'value', instance: 'value', sharding: 'value', ...SETTING_OPTIONS, ...WAIT, ...CREATE_IDLE },
    required: ['name', 'memory-size', 'instance'],
    repeated: ['instance', 'with-module'],
    plan: create,
  },
  update: {
    options: { ...GUID, force: 'flag', ...SETTING_OPTIONS, ...WAIT, ...UPDATE_IDLE },
    required: ['crdb-guid'],
    plan: update,
  },
  flush: { options: { ...GUID, ...WAIT }, required: ['crdb-guid'], plan: (_, options) => task(options, ['flush']) },
  delete: {
    options: { ...GUID, ...WAIT },
    required: ['crdb-guid'],
    plan: (_, options) => ({ ...task(options, ['flush', ...defaultLines()]), name: 'database1' }),
  },
  'add-instance': {
    options: { ...GUID, instance: 'value', compression: 'value', ...WAIT },
    required: ['crdb-guid', 'instance'],
    plan: addInstance,
  },
  'remove-instance': {
    options: { ...GUID, ...INSTANCE_ID, force: 'flag', ...WAIT },
    required: ['crdb-guid', 'instance-id'],
    plan: (view, options) =>
      task(options, [`remove-region ${instanceOf(view, options).id}${options.has('force') ? ' force' : ''}`]),
  },
  'purge-instance': {
    options: { ...GUID, ...INSTANCE_ID, ...WAIT },
    required: ['crdb-guid', 'instance-id'],
    plan: (view, options) => task(options, [`purge ${instanceOf(view, options).id}`]),
  },
}

const FORMS = `crdb-cli crdb ${Object.keys(SUBCOMMANDS).join('|')}, or crdb-cli task status --task-id ID`

/** `line`: what follows `crdb-cli`. */
export function planCrdbCli(line: string, view: AdminView): AdminPlan {
  const [topic, name = '', ...words] = shellWords(line)
  if (topic === 'task') return planTask(name, words, view)
  if (topic !== 'crdb') problem(`"${topic ?? ''}": expected ${FORMS}`)
  const subcommand = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined
  if (!subcommand) problem(`crdb-cli crdb: "${name}": expected ${FORMS}`)
  const tool = `crdb-cli crdb ${name}`
  const options = readOptions(tool, words, subcommand.options, subcommand.repeated)
  const missing = subcommand.required.find((option) => !options.has(option))
  if (missing !== undefined) problem(`${tool}: --${missing} is required`)
  const guid = options.get('crdb-guid')?.[0]
  if (guid !== undefined && guid !== view.guid) problem(`${tool}: there is no database ${guid} (crdb-cli crdb list)`)
  return subcommand.plan(view, options)
}

const answer = (text: string): AdminPlan => ({ kind: 'answer', text })

function task(
  options: Options,
  lines: readonly string[],
  ignored: readonly string[] = [],
): AdminPlan & { kind: 'task' } {
  return { kind: 'task', lines, noWait: options.has('no-wait'), ignored }
}

/** The one database there is gets this name and these settings; its instances must be as many as there are regions. */
function create(view: AdminView, options: Options): AdminPlan {
  const members = view.regions.filter(({ phase }) => phase !== 'expelled')
  const instances = options.get('instance') ?? []
  for (const instance of instances) fqdnOf(instance)
  if (instances.length !== members.length) {
    problem(
      `crdb-cli crdb create: ${instances.length} instances, but there are ${members.length} regions: start over with as many, or use add-instance and remove-instance`,
    )
  }
  const ignored = idle(options, CREATE_IDLE)
  const lines = settingLines(options, ignored)
  return { ...task(options, lines, ignored), name: options.get('name')?.[0] ?? view.name, assignsGuid: true }
}

function update(_: AdminView, options: Options): AdminPlan {
  const ignored = idle(options, UPDATE_IDLE)
  const lines = settingLines(options, ignored)
  if (lines.length === 0 && ignored.length === 0 && !options.has('force'))
    problem('crdb-cli crdb update: nothing to change (--force makes a new version all the same)')
  return task(options, lines, ignored)
}

function addInstance(_: AdminView, options: Options): AdminPlan {
  const [instance = ''] = options.get('instance') ?? []
  const [host = ''] = fqdnOf(instance).split('.')
  const [level] = options.get('compression') ?? []
  // Every region compresses alike.
  const lines = level === undefined ? [] : [`compression ${readWhole('--compression', level, 0, 6)}`]
  return task(options, [`add-region ${host}`, ...lines])
}

/** `fqdn=cluster1.redis.local,username=…,password=…`. */
function fqdnOf(instance: string): string {
  const fqdn = /(?:^|,)fqdn=([a-z0-9][a-z0-9.-]*)(?:,|$)/i.exec(instance)?.[1]
  return (
    fqdn ??
    problem(`--instance: "${instance}" names no cluster: expected fqdn=cluster1.redis.local,username=…,password=…`)
  )
}

function instanceOf(view: AdminView, options: Options): AdminRegion {
  const [wanted = ''] = options.get('instance-id') ?? []
  const found = view.regions.find(({ id }) => String(id) === wanted)
  const all = view.regions.map(({ id, name }) => `${id} (${clusterOf(name)})`).join(', ')
  return found ?? problem(`--instance-id: "${wanted}" is none of ${all}`)
}

const idle = (options: Options, names: Known): string[] =>
  [...options.keys()].filter((name) => name in names).map((name) => `--${name}`)

function defaultLines(): readonly string[] {
  const { compression, eviction, xaddId } = DEFAULT_SETTINGS
  return [
    'causal off',
    'sharding off',
    `compression ${compression}`,
    'memory unlimited',
    'backlog auto',
    `eviction ${eviction}`,
    `xadd-id ${xaddId}`,
  ]
}

function planTask(name: string, words: readonly string[], view: AdminView): AdminPlan {
  if (name !== 'status') problem(`crdb-cli task: "${name}": expected crdb-cli task status --task-id ID`)
  const [id = ''] = readOptions('crdb-cli task status', words, { 'task-id': 'value' }).get('task-id') ?? []
  if (!view.tasks.includes(id)) problem(`crdb-cli task status: there is no task "${id}"`)
  return answer(`Task-ID: ${id}\nCRDB-GUID: ${view.guid}\nStatus: finished`)
}
