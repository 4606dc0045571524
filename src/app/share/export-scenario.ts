/**
 * A session as a scenario file that plays to the same end. Whether it does is not guessed: the text is played, and what every command answered and every
 * region holds in the end is compared with the session itself.
 */
import { parseScenario, runScenario } from '../../scenarios/index.ts'
import { CHECK_SESSION, type ClusterApi, type JournalEntry, type SessionLog } from '../../simulation/index.ts'
import type { OpenCluster, OpenedCluster } from '../playground.ts'
import { contentsOf } from './contents.ts'
import { type Deed, scenarioText, type Story, type Timing } from './scenario-text.ts'

/** A longer table is for nobody to read. */
const MOST_ROWS = 500
const TIMINGS: readonly Timing[] = ['in-order', 'exact']

/** `reason`: why the session is no scenario, for the visitor. */
export type ScenarioExport = { readonly text: string } | { readonly reason: string }

export async function exportScenario(log: SessionLog, openCluster: OpenCluster): Promise<ScenarioExport> {
  const deeds = log.inputs.filter(({ kind }) => kind !== 'close')
  if (deeds.length === 0) return { reason: 'Nothing has been done in it yet.' }
  if (deeds.length > MOST_ROWS) return { reason: `It has more than ${MOST_ROWS} commands.` }
  const session = await replayed(log, openCluster)
  if ('reason' in session) return session
  for (const timing of TIMINGS) {
    const text = scenarioText(session.story, timing)
    if (await playsTheSame(text, session, openCluster)) return { text }
  }
  return { reason: 'A scenario cannot tell everything that was done in it.' }
}

interface Session {
  readonly story: Story
  readonly contents: string
}

async function replayed(log: SessionLog, openCluster: OpenCluster): Promise<Session | { readonly reason: string }> {
  // Time stands still at the end.
  const inputs = [...log.inputs, { at: log.until, kind: 'control', line: 'pause' } as const]
  const cluster = await openCluster({ ...log, inputs })
  try {
    const entries = await entriesOf(cluster)
    const { regions } = await cluster.api.status()
    const columnOf = (id: number) =>
      log.settings.regions.indexOf(regions.find((region) => region.id === id)?.name ?? '')
    const deeds = deedsOf(entries, columnOf)
    if (deeds.some((deed) => deed.kind === 'command' && deed.column < 0))
      return {
        reason: 'A region was added to it, and a scenario has a column for those only that were there at first.',
      }
    return { story: { settings: log.settings, deeds, until: log.until }, contents: await contentsOf(cluster.api) }
  } finally {
    cluster.close()
  }
}

function entriesOf(cluster: OpenedCluster): Promise<readonly JournalEntry[]> {
  return new Promise((done) => {
    cluster.subscribe(({ entries }) => done(entries))
  })
}

/** What visitors did; lines that were refused changed nothing. */
function deedsOf(entries: readonly JournalEntry[], columnOf: (region: number) => number): readonly Deed[] {
  const deeds: Deed[] = []
  /** Commands that wait, by connection. */
  const waiting = new Map<string, number>()
  for (const entry of entries) {
    if (entry.kind === 'control' && entry.ok) deeds.push({ at: entry.at, kind: 'control', line: entry.line })
    if (entry.kind === 'command' && entry.session !== CHECK_SESSION) {
      const { at, region, session, argv, reply } = entry
      if (reply === undefined) waiting.set(`${region}:${session}`, deeds.length)
      deeds.push({ at, kind: 'command', column: columnOf(region), argv, reply })
    }
    if (entry.kind === 'reply' && !entry.push) {
      const index = waiting.get(`${entry.region}:${entry.session}`)
      const deed = index === undefined ? undefined : deeds[index]
      if (index !== undefined && deed?.kind === 'command') deeds[index] = { ...deed, reply: entry.reply }
    }
  }
  return deeds
}

async function playsTheSame(text: string, { contents }: Session, openCluster: OpenCluster): Promise<boolean> {
  const parsed = parseScenario(text, 'session.md')
  if (!parsed.ok) return false
  let cluster: OpenedCluster | undefined
  try {
    const { passed } = await runScenario(parsed.scenario, async (settings) => {
      cluster = await openCluster(settings)
      await cluster.api.control('pause')
      return cluster.api
    })
    return passed && (await contentsOf(cluster?.api as ClusterApi)) === contents
  } finally {
    cluster?.close()
  }
}
