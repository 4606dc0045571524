/** A cluster whose inputs are kept in a folder, and that goes on from those kept there. */
import { type Cluster, type LiveOptions, openLocalCluster, type SessionSettings } from '../../simulation/index.ts'
import { catchUp } from './catch-up.ts'
import { SessionFile } from './session-file.ts'

export interface RecordedCluster {
  readonly cluster: Cluster
  /** The highest number that a client ever had. */
  readonly latestSession: number
  /** How many inputs were done again; undefined for a new session. */
  readonly replayed: number | undefined
  close(): void
}

/** `fresh`: the settings of a session that begins now; a recorded one has its own. */
export async function openRecordedCluster(
  folder: string,
  fresh: SessionSettings,
  live: LiveOptions,
): Promise<RecordedCluster> {
  const file = new SessionFile(folder)
  const recorded = file.read()
  const settings = recorded?.settings ?? fresh
  let recording = false
  const cluster = await openLocalCluster(settings, {
    ...live,
    record: (input) => {
      if (recording) file.record(input)
    },
  })
  /** Region of each client that has not left. */
  const present = new Map<number, number>()
  let latestSession = 0
  for (const input of recorded?.inputs ?? []) {
    await cluster.redo(input)
    if (input.kind === 'open') present.set(input.session, input.region)
    else if (input.kind === 'close') present.delete(input.session)
    if (input.kind !== 'control') latestSession = Math.max(latestSession, input.session)
  }
  file.append(settings)
  recording = true
  // Time has passed while nobody served.
  await catchUp(cluster, settings.epochMs)
  // Their connections ended with the process.
  for (const [session, region] of present) void cluster.closeSession(region, session)
  return { cluster, latestSession, replayed: recorded?.inputs.length, close: () => file.close() }
}
