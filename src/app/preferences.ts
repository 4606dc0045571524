/** What a visitor has chosen about the page itself. Read once before the first paint, written on every change. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { DEFAULT_LAYOUT, layoutFrom, type PageLayout } from './page-layout.ts'
import type { Storage } from './storage.ts'

export type Theme = 'system' | 'light' | 'dark'

export interface Preferences {
  readonly theme: Theme
  /** xterm keeps a text copy of the screen for screen readers; it costs some speed. */
  readonly screenReader: boolean
  /** The first-visit hint was closed. */
  readonly hintClosed: boolean
  readonly layout: PageLayout
}

export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  screenReader: false,
  hintClosed: false,
  layout: DEFAULT_LAYOUT,
}

export interface PreferencesStore extends StoreApi<Preferences> {
  readonly change: (part: Partial<Preferences>) => void
}

export async function openPreferences(storage: Storage): Promise<PreferencesStore> {
  const store = createStore<Preferences>(() => DEFAULT_PREFERENCES)
  store.setState(cleaned(await storage.read('preferences')))
  const change = (part: Partial<Preferences>) => {
    store.setState(part)
    void storage.write('preferences', store.getState())
  }
  return { ...store, change }
}

/** Stored data is foreign data: an older version, or another page, may have written it. */
function cleaned(stored: unknown): Preferences {
  const given = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>
  return {
    theme: given.theme === 'light' || given.theme === 'dark' ? given.theme : 'system',
    screenReader: given.screenReader === true,
    hintClosed: given.hintClosed === true,
    layout: layoutFrom(given.layout),
  }
}
