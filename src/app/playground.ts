/**
 * The page's state: one running cluster, its timeline, and what the visitor has selected. Everything that changes the database goes to the
 * cluster as a command or a control line and comes back as journal entries, so the page never knows more than the journal does.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Bytes } from '../lib/index.ts'
import type { CommandDoc, Reply } from '../engine/index.ts'
import type { ReplicaId } from '../replication/index.ts'
import type {
  ClusterApi,
  ClusterStatus,
  ClusterUpdate,
  ControlResult,
  JournalEntry,
  SessionInput,
  SessionLog,
  SessionSettings,
} from '../simulation/index.ts'
import { openConnections } from './share/connections.ts'
import { appendEntries, emptyTimeline, type Timeline } from './timeline/index.ts'

/** A cluster and its life line, as the worker's client opens it. */
export interface OpenedCluster {
  readonly api: ClusterApi
  subscribe(listener: (update: ClusterUpdate) => void): unknown
  close(): void
  killWorker(region: ReplicaId): unknown
}

/** Starts a new session, or runs a recorded one again. */
export type OpenCluster = (start: SessionSettings | SessionLog) => OpenedCluster | Promise<OpenedCluster>

/** Where a recorded session comes from. */
export type SessionSource =
  | { readonly kind: 'last-visit' }
  /** `own`: a session of the visitor's own is kept beside it. `adopted`: the visitor has done something here, so that this is now his own. */
  | { readonly kind: 'link' | 'file'; readonly own: boolean; readonly adopted: boolean }

/** Something that was to be opened and cannot be: which, and why. The session that was there goes on. */
export interface Problem {
  readonly title: string
  readonly text: string
}

/** Something outside the simulated world that a visitor should know. */
export interface Incident {
  readonly id: number
  readonly region: ReplicaId
  readonly text: string
}

export interface ConsoleLine {
  readonly line: string
  readonly ok: boolean
  readonly text: string
}

export interface PlaygroundState {
  readonly phase: 'starting' | 'ready' | 'failed'
  /** Why the cluster could not be opened. */
  readonly failure: string | null
  /** Counts the sessions opened on this page; a view that belongs to one session is keyed by it. */
  readonly session: number
  readonly settings: SessionSettings
  /** Null: the session was begun here. */
  readonly source: SessionSource | null
  /** Stays when a session is opened. */
  readonly problem: Problem | null
  /** Of a recorded session: it is being run again, has been, or that of the last visit could not be (then this is a new one). */
  readonly restored: 'under-way' | 'done' | 'failed' | null
  readonly status: ClusterStatus | null
  /** Grows in place; `timelineVersion` tells when. */
  readonly timeline: Timeline
  readonly timelineVersion: number
  readonly catalogue: readonly CommandDoc[]
  readonly incidents: readonly Incident[]
  readonly console: readonly ConsoleLine[]
  /** A control line is being carried out. */
  readonly busy: boolean
  /** Id of the selected timeline event. */
  readonly selected: number | null
}

export interface Playground extends StoreApi<PlaygroundState> {
  /** `source`: of a recorded session; if absent, the last visit. */
  readonly open: (start: SessionSettings | SessionLog, source?: SessionSource) => Promise<void>
  readonly tellProblem: (problem: Problem | null) => void
  /** What there is to say about the last visit's session has been said, or is to be. */
  readonly tellRestored: (restored: PlaygroundState['restored']) => void
  readonly command: (region: ReplicaId, session: number, argv: readonly Bytes[]) => Promise<Reply>
  /** The client of a session has gone. */
  readonly closeSession: (region: ReplicaId, session: number) => void
  /** Carries out a control line and notes line and answer in the console. */
  readonly control: (line: string) => Promise<ControlResult>
  readonly killWorker: (region: ReplicaId) => void
  readonly select: (event: number | null) => void
  readonly dismiss: (incident: number) => void
  /** Tells of new journal entries of the present session, those replayed at its beginning first; returns a function that stops it. */
  readonly onEntries: (listener: EntriesListener) => () => void
  /** The running cluster, for the scenario player. */
  readonly api: () => ClusterApi | null
}

/** `replayed`: they are of an earlier visit. */
export type EntriesListener = (entries: readonly JournalEntry[], replayed: boolean) => void

const KEPT_CONSOLE_LINES = 200
const KEPT_INCIDENTS = 4

export function createPlayground(openCluster: OpenCluster, first: SessionSettings): Playground {
  const store = createStore<PlaygroundState>(() => ({ ...freshState(first, 0), problem: null }))
  const listeners = new Set<EntriesListener>()
  /** Entries of an earlier visit, for those who begin to listen later. */
  let past: readonly JournalEntry[] = []
  let replaying = false
  let cluster: OpenedCluster | null = null
  let incidentCount = 0
  let wake = () => {}
  /** What is typed before the database answers waits for it. */
  let opening = new Promise<void>((resolve) => (wake = resolve))

  function receive(session: number, update: ClusterUpdate): void {
    const { timeline, incidents, source } = store.getState()
    if (store.getState().session !== session) return
    if (update.entries.length > 0) appendEntries(timeline, update.entries)
    const news = update.incidents.map(({ region, text }) => ({ id: incidentCount++, region, text }))
    store.setState({
      status: update.status,
      timelineVersion: timeline.version,
      incidents: news.length === 0 ? incidents : [...incidents, ...news].slice(-KEPT_INCIDENTS),
    })
    // The first update tells all that has happened so far: of a restored session that is what was replayed.
    const replayed = replaying
    replaying = false
    if (replayed) past = update.entries
    else if (source !== null && source.kind !== 'last-visit' && !source.adopted && update.entries.some(isDeed))
      store.setState({ source: { ...source, adopted: true } })
    if (update.entries.length > 0) for (const listener of listeners) listener(update.entries, replayed)
  }

  function open(start: SessionSettings | SessionLog, source?: SessionSource): Promise<void> {
    opening = begin(start, source ?? { kind: 'last-visit' })
    wake()
    return opening
  }

  /** Waits for the newest session that was begun; null: it could not be opened. */
  async function startedCluster(): Promise<OpenedCluster | null> {
    let awaited
    do {
      awaited = opening
      await awaited
    } while (awaited !== opening)
    return cluster
  }

  async function begin(start: SessionSettings | SessionLog, source: SessionSource): Promise<void> {
    cluster?.close()
    cluster = null
    const session = store.getState().session + 1
    const log = 'settings' in start ? start : null
    const settings = 'settings' in start ? start.settings : start
    past = []
    const began = log ? ({ restored: 'under-way', source } as const) : {}
    store.setState({ ...freshState(settings, session), ...began })
    const superseded = () => store.getState().session !== session
    try {
      const opened = await openCluster(start)
      if (superseded()) return opened.close()
      cluster = opened
      replaying = log !== null
      opened.subscribe((update) => receive(session, update))
      const [status, catalogue] = await Promise.all([opened.api.status(), opened.api.catalogue()])
      // Its connections ended with the page that had them.
      for (const { region, session: number } of openConnections(log?.inputs ?? []))
        await opened.api.closeSession(region, number)
      if (superseded()) return
      const { status: newest, restored } = store.getState()
      store.setState({ phase: 'ready', status: newest ?? status, catalogue, restored: log ? 'done' : restored })
    } catch (reason) {
      if (!superseded()) store.setState({ phase: 'failed', failure: messageOf(reason) })
    }
  }

  async function control(line: string): Promise<ControlResult> {
    const started = await startedCluster()
    if (!started) return { ok: false, text: 'The database could not be started.' }
    const session = store.getState().session
    store.setState({ busy: true })
    const result = await started.api.control(line).catch((reason: unknown) => ({ ok: false, text: messageOf(reason) }))
    if (store.getState().session === session) {
      const lines = [...store.getState().console, { line, ...result }].slice(-KEPT_CONSOLE_LINES)
      store.setState({ busy: false, console: lines })
    }
    return result
  }

  return {
    ...store,
    open,
    tellProblem: (problem) => store.setState({ problem }),
    tellRestored: (restored) => store.setState({ restored }),
    control,
    command: async (region, session, argv) => {
      const started = await startedCluster()
      if (!started) return { type: 'error', text: 'ERR the database could not be started' }
      return started.api.command(region, session, argv)
    },
    // Of a database that is going down, too, there is nothing left to close.
    closeSession: (region, session) => void cluster?.api.closeSession(region, session).catch(() => {}),
    killWorker: (region) => void cluster?.killWorker(region),
    select: (selected) => store.setState({ selected }),
    dismiss: (id) => store.setState({ incidents: store.getState().incidents.filter((incident) => incident.id !== id) }),
    onEntries: (listener) => {
      listeners.add(listener)
      if (past.length > 0) listener(past, true)
      return () => listeners.delete(listener)
    },
    api: () => cluster?.api ?? null,
  }
}

function freshState(settings: SessionSettings, session: number): Omit<PlaygroundState, 'problem'> {
  const timeline = emptyTimeline(settings.regions, settings.held)
  return {
    phase: 'starting',
    failure: null,
    session,
    settings,
    source: null,
    restored: null,
    status: null,
    timeline,
    timelineVersion: timeline.version,
    catalogue: [],
    incidents: [],
    console: [],
    busy: false,
    selected: null,
  }
}

/** Something that a visitor did. */
export const isDeed = ({ kind }: Pick<JournalEntry, 'kind'> | SessionInput): boolean =>
  kind === 'command' || kind === 'control'

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason)
}
