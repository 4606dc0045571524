/**
 * The session survives a reload: its input log is kept, and replayed on the next visit. What is stored is foreign data, written by an older version or
 * damaged: it is looked at before it is used, and nothing about it may keep the page from starting.
 */
import type { SessionLog } from '../simulation/index.ts'
import { isDeed, type Playground } from './playground.ts'
import { isTooLong } from './share/limits.ts'
import type { Storage } from './storage.ts'

const KEY = 'session'
/** What was there before a shared session took its place. */
const EARLIER_KEY = 'earlier-session'
const ATTEMPTS_KEY = 'session-attempts'
const VERSION = 1
/** Times that a restore may begin and not end before it is given up. */
const MOST_ATTEMPTS = 3
const SAVE_AFTER_MS = 400
/** Saving takes at most this share of the time. */
const SAVING_SHARE = 0.1

export interface SavedSession {
  /** Null: nothing is kept, or it makes no sense. */
  readonly log: SessionLog | null
  /** Something was kept that cannot be used. */
  readonly broken: boolean
}

/** What the last visit left. Counts as an attempt to restore it, until `restoreEnded` is called. */
export async function readSession(storage: Storage): Promise<SavedSession> {
  const stored = await storage.read(KEY)
  if (stored === undefined || stored === null) return { log: null, broken: false }
  const attempts = Number((await storage.read(ATTEMPTS_KEY)) ?? 0)
  const log = attempts < MOST_ATTEMPTS ? await cleanedSession(stored) : null
  if (log === null) return { log, broken: true }
  await storage.write(ATTEMPTS_KEY, attempts + 1)
  return { log, broken: false }
}

export const restoreEnded = (storage: Storage): Promise<void> => storage.write(ATTEMPTS_KEY, 0)

/** The session that is kept, without an attempt to restore it; null: there is none that can be used. */
export const keptSession = async (storage: Storage): Promise<SessionLog | null> =>
  cleanedSession(await storage.read(KEY))

/** Puts the kept session aside, so that another one may take its place. */
export async function putAside(storage: Storage): Promise<void> {
  const kept = await storage.read(KEY)
  if (kept !== undefined && kept !== null) await storage.write(EARLIER_KEY, kept)
}

/** The session put aside last takes its place again, and what was there is put aside; null: there is none that can be used. */
export async function takeBack(storage: Storage): Promise<SessionLog | null> {
  const stored = await storage.read(EARLIER_KEY)
  const log = await cleanedSession(stored)
  if (log === null) return null
  await putAside(storage)
  await storage.write(KEY, stored)
  return log
}

export const hasEarlier = async (storage: Storage): Promise<boolean> =>
  (await cleanedSession(await storage.read(EARLIER_KEY))) !== null

export async function forgetSession(storage: Storage): Promise<void> {
  await storage.write(KEY, null)
  await restoreEnded(storage)
}

/** Saves the session after everything that a visitor did, as long as `wanted`. Returns how to save at once, for a page that is about to go. */
export function keepSession(playground: Playground, storage: Storage, wanted: () => boolean): () => Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  let pauseMs = SAVE_AFTER_MS
  /** The shared session that has taken the place of the visitor's own. */
  let adopted = -1

  async function save(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const { session } = playground.getState()
    const started = performance.now()
    // A database that is going down has nothing to save.
    const log = await playground
      .api()
      ?.log()
      .catch(() => undefined)
    if (log === undefined || session !== playground.getState().session || !wanted()) return
    if (!log.inputs.some(isDeed)) return
    const { source } = playground.getState()
    if (source !== null && source.kind !== 'last-visit' && adopted !== session) {
      adopted = session
      await putAside(storage)
    }
    await storage.write(KEY, isTooLong(log) ? null : { version: VERSION, log })
    pauseMs = Math.max(SAVE_AFTER_MS, (performance.now() - started) / SAVING_SHARE)
  }

  playground.onEntries((entries, replayed) => {
    if (replayed || timer !== undefined || !wanted()) return
    if (entries.some(isDeed)) timer = setTimeout(() => void save(), pauseMs)
  })
  return async () => {
    if (timer !== undefined) await save()
  }
}

/** Looked at field by field; the code for that is fetched only by who has been here before. */
async function cleanedSession(stored: unknown): Promise<SessionLog | null> {
  if (typeof stored !== 'object' || stored === null) return null
  const { version, log } = stored as Record<string, unknown>
  if (version !== VERSION) return null
  const { cleanedLog, UnfitSession } = await import('./share/clean.ts')
  try {
    return cleanedLog(log)
  } catch (reason) {
    if (reason instanceof UnfitSession) return null
    throw reason
  }
}
