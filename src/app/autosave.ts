/**
 * The session survives a reload: its input log is kept, and replayed on the next visit. What is stored is foreign data, written by an older version or
 * damaged: it is looked at before it is used, and nothing about it may keep the page from starting.
 */
import { CHECK_SESSION, type SessionInput, type SessionLog, type SessionSettings } from '../simulation/index.ts'
import type { Playground } from './playground.ts'
import type { Storage } from './storage.ts'

const KEY = 'session'
const ATTEMPTS_KEY = 'session-attempts'
const VERSION = 1
/** Times that a restore may begin and not end before it is given up. */
const MOST_ATTEMPTS = 3
/** Longer sessions are not kept: every reload would take minutes. */
const MOST_INPUTS = 20_000
const MOST_CHARACTERS = 20_000_000
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
  const log = attempts < MOST_ATTEMPTS ? cleanedSession(stored) : null
  if (log === null) return { log, broken: true }
  await storage.write(ATTEMPTS_KEY, attempts + 1)
  return { log, broken: false }
}

export const restoreEnded = (storage: Storage): Promise<void> => storage.write(ATTEMPTS_KEY, 0)

export async function forgetSession(storage: Storage): Promise<void> {
  await storage.write(KEY, null)
  await restoreEnded(storage)
}

/** Saves the session after everything that a visitor did, as long as `wanted`. Returns how to save at once, for a page that is about to go. */
export function keepSession(playground: Playground, storage: Storage, wanted: () => boolean): () => Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  let pauseMs = SAVE_AFTER_MS

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
    if (!log.inputs.some(isTold)) return
    await storage.write(KEY, isTooLong(log) ? null : { version: VERSION, log })
    pauseMs = Math.max(SAVE_AFTER_MS, (performance.now() - started) / SAVING_SHARE)
  }

  playground.onEntries((entries, replayed) => {
    if (replayed || timer !== undefined || !wanted()) return
    if (entries.some(({ kind }) => kind === 'command' || kind === 'control'))
      timer = setTimeout(() => void save(), pauseMs)
  })
  return async () => {
    if (timer !== undefined) await save()
  }
}

/** Something that a visitor did; the end of a connection is none. */
const isTold = ({ kind }: SessionInput) => kind === 'command' || kind === 'control'

function isTooLong({ inputs }: SessionLog): boolean {
  if (inputs.length > MOST_INPUTS) return true
  let characters = 0
  for (const input of inputs) {
    if (input.kind === 'command') for (const argument of input.argv) characters += argument.length
    if (characters > MOST_CHARACTERS) return true
  }
  return false
}

/** The sessions that a log speaks of: their connections ended with the page that had them. */
export function sessionsOf({ inputs }: SessionLog): readonly { readonly region: number; readonly session: number }[] {
  const found = new Map<string, { readonly region: number; readonly session: number }>()
  for (const input of inputs) {
    if (input.kind !== 'command' || input.session === CHECK_SESSION) continue
    found.set(`${input.region}:${input.session}`, { region: input.region, session: input.session })
  }
  return [...found.values()]
}

function cleanedSession(stored: unknown): SessionLog | null {
  if (!isRecord(stored) || stored.version !== VERSION || !isRecord(stored.log)) return null
  const { settings, inputs, until } = stored.log
  if (!isSettings(settings) || !Array.isArray(inputs) || !isTime(until)) return null
  let at = 0
  for (const input of inputs as unknown[]) {
    if (!isInput(input) || input.at < at) return null
    at = input.at
  }
  return until >= at ? { settings, inputs: inputs as SessionInput[], until } : null
}

function isSettings(value: unknown): value is SessionSettings {
  if (!isRecord(value)) return false
  const { seed, regions, epochMs, latencyMs, held } = value
  return (
    isTime(seed) &&
    Array.isArray(regions) &&
    regions.length >= 1 &&
    regions.length <= 10 &&
    regions.every((name) => typeof name === 'string') &&
    isTime(epochMs) &&
    isTime(latencyMs) &&
    typeof held === 'boolean'
  )
}

function isInput(value: unknown): value is SessionInput {
  if (!isRecord(value) || !isTime(value.at)) return false
  if (value.kind === 'control') return typeof value.line === 'string'
  if (!isTime(value.region) || !isTime(value.session)) return false
  if (value.kind === 'close') return true
  const { argv } = value
  return value.kind === 'command' && Array.isArray(argv) && argv.every((word) => typeof word === 'string')
}

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
