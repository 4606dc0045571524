/** Answers in the tools' look, as the product's documentation shows them. */
import type { AdminRegion, AdminView } from './types.ts'

/** A cluster's name as it would be: the region's, as a host. */
export function clusterOf(name: string): string {
  const host = name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return `${host === '' ? 'cluster' : host}.redis.local`
}

const membersOf = ({ regions }: AdminView) => regions.filter(({ phase }) => phase !== 'expelled')

export function listText(view: AdminView): string {
  const rows = [
    ['CRDB-GUID', 'NAME', 'REPL-ID', 'CLUSTER-FQDN'],
    ...membersOf(view).map(({ id, name }) => [view.guid, view.name, String(id), clusterOf(name)]),
  ]
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const python = (value: boolean) => (value ? 'True' : 'False')

export function getText(view: AdminView): string {
  const { settings } = view
  return [
    `CRDB-GUID: ${view.guid}`,
    `Name: ${view.name}`,
    'Encryption: False',
    `Causal consistency: ${python(settings.causal)}`,
    'Protocol version: 1',
    'FeatureSet version: 5',
    'Modules: []',
    'Default-DB-Config:',
    `  memory_size: ${settings.memoryBytes}`,
    '  port: None',
    '  replication: False',
    `  sharding: ${python(settings.sharding)}`,
    '  shards_count: 1',
    '  tls_mode: disabled',
    ...persistence(settings.persistence).map((line) => `  ${line}`),
    `  eviction_policy: ${settings.eviction}`,
    `  crdt_repl_backlog_size: ${settings.backlogBytes === null ? 'auto' : settings.backlogBytes / 1024 ** 2}`,
    ...membersOf(view).flatMap((region) => instanceText(view, region)),
  ].join('\n')
}

function persistence(how: string): string[] {
  if (how === 'none') return ['data_persistence: disabled', 'aof_policy: None']
  return ['data_persistence: aof', `aof_policy: appendfsync-${how === 'always' ? 'always' : 'every-sec'}`]
}

/** Of its own settings those that differ from the database's. */
function instanceText({ settings }: AdminView, region: AdminRegion): string[] {
  const own = region.settings
  const unless = (same: boolean, text: string | number) => (same ? 'None' : text)
  const backlog = own.backlogBytes === null ? 'auto' : own.backlogBytes / 1024 ** 2
  const [kind, policy] = persistence(own.persistence).map((line) => line.split(': ')[1] ?? '')
  const persists = own.persistence === settings.persistence
  return [
    'Instance:',
    `  Id: ${region.id}`,
    '  Cluster:',
    `    FQDN: ${clusterOf(region.name)}`,
    `    URL: https://${clusterOf(region.name)}:9443`,
    '    Replication-Endpoint: <Default>',
    '    Replication TLS SNI: <Default>',
    `  Compression: ${own.compression}`,
    '  DB-Config:',
    `    memory_size: ${unless(own.memoryBytes === settings.memoryBytes, own.memoryBytes)}`,
    `    data_persistence: ${unless(persists, kind ?? '')}`,
    `    aof_policy: ${unless(persists, policy ?? '')}`,
    `    crdt_repl_backlog_size: ${unless(own.backlogBytes === settings.backlogBytes, backlog)}`,
  ]
}

/** As asked on the first cluster that runs: it hears of the others what its links let through. */
export function healthReport(view: AdminView): string {
  const members = membersOf(view)
  const asked = members.find(({ phase }) => phase === 'running')
  const report = members.map((region) => {
    const reached = region === asked || (asked !== undefined && view.isUp(asked.id, region.id))
    const cluster_name = clusterOf(region.name)
    if (!reached) return { cluster_name, guid: view.guid, name: view.name, connection_error: errorOf(region, asked) }
    return {
      active_config_version: view.configVersion,
      cluster_name,
      configurations: [configuration(view, region)],
      connections: members.map((other) => connection(view, region, other)),
      guid: view.guid,
      name: view.name,
      connection_error: null,
    }
  })
  return JSON.stringify(report, null, 2)
    .replaceAll(/": /g, '":')
    .replaceAll(/(?<=https:)\/\//g, '\\/\\/')
}

function errorOf({ name, phase }: AdminRegion, asked: AdminRegion | undefined): string {
  if (phase === 'stopped') return `${clusterOf(name)} does not answer: it is stopped`
  return `${clusterOf(name)} cannot be reached from ${asked ? clusterOf(asked.name) : 'anywhere'}`
}

function configuration(view: AdminView, of: AdminRegion) {
  return {
    causal_consistency: view.settings.causal,
    encryption: false,
    featureset_version: 5,
    instances: membersOf(view).map(({ id, name }) => ({
      cluster: { name: clusterOf(name), url: `https://${clusterOf(name)}:9443` },
      db_uid: id === of.id ? '1' : '',
      id,
    })),
    name: view.name,
    protocol_version: 1,
    status: 'commit-completed',
    version: view.configVersion,
  }
}

function connection(view: AdminView, from: AdminRegion, to: AdminRegion) {
  const name = clusterOf(to.name)
  if (from === to) return { name, status: 'ok' }
  const up = view.isUp(from.id, to.id)
  return {
    name,
    replication_links: [{ link_uid: `1:${to.id}`, status: up ? 'up' : 'down' }],
    status: up ? 'ok' : 'disconnected',
  }
}

/** What a task says of its course. */
export function taskText(id: string, guid: string | null, noWait: boolean): string {
  const created = `Task ${id} created`
  if (noWait) return created
  return [
    created,
    '  ---> Status changed: queued -> started',
    ...(guid === null ? [] : [`  ---> CRDB GUID Assigned: crdb:${guid}`]),
    '  ---> Status changed: started -> finished',
  ].join('\n')
}

/** What a task says that failed. */
export function failedText(id: string, reason: string): string {
  return [
    `Task ${id} created`,
    '  ---> Status changed: queued -> started',
    '  ---> Status changed: started -> failed',
    `Error: ${reason}`,
  ].join('\n')
}
