/** How React listens to the page's stores and to the browser. */
import { createContext, useContext, useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import type {
  History,
  PageLayout,
  LayoutName,
  Playground,
  PlaygroundState,
  Preferences,
  PreferencesStore,
  ScenarioPlay,
  ScenarioState,
  Sharing,
  Storage,
  Terminals,
  TerminalsState,
} from '../app/index.ts'

export interface Page {
  readonly playground: Playground
  readonly scenario: ScenarioPlay
  /** Opens a fresh session of the page with so many regions. */
  readonly startOver: (regions: number) => void
  readonly preferences: PreferencesStore
  readonly history: History
  /** Fetched when first asked for. */
  readonly share: () => Promise<Sharing>
  readonly terminals: Terminals
  /** For what a panel keeps across visits. */
  readonly storage: Storage
}

const PageContext = createContext<Page | null>(null)
export const PageProvider = PageContext.Provider

export function usePage(): Page {
  const page = useContext(PageContext)
  if (!page) throw new Error('a component of the page stands outside PageProvider')
  return page
}

/** `select` must return something that stays the same while nothing relevant changes: a part of the state, not a new object. */
export function usePlayground<T>(select: (state: PlaygroundState) => T): T {
  const { playground } = usePage()
  return useSyncExternalStore(playground.subscribe, () => select(playground.getState()))
}

export function useScenario(): ScenarioState {
  const { scenario } = usePage()
  return useSyncExternalStore(scenario.subscribe, scenario.getState)
}

export function useTerminals(): TerminalsState {
  const { terminals } = usePage()
  return useSyncExternalStore(terminals.subscribe, terminals.getState)
}

export function usePreferences(): Preferences {
  const { preferences } = usePage()
  return useSyncExternalStore(preferences.subscribe, preferences.getState)
}

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}

/** The layout of a window as wide as this one, and how it is changed. */
export function useLayout(): {
  readonly name: LayoutName
  readonly layout: PageLayout
  readonly change: (to: (now: PageLayout) => PageLayout) => void
} {
  const { preferences } = usePage()
  const { layout } = usePreferences()
  const wide = useMedia('(min-width: 1240px)')
  const narrow = useMedia('(max-width: 760px)')
  return {
    name: wide ? 'wide' : narrow ? 'narrow' : 'medium',
    layout,
    change: (to) => preferences.change({ layout: to(preferences.getState().layout) }),
  }
}

/** The theme in force, and its mark on the document so that the tokens follow. */
export function useTheme(): 'light' | 'dark' {
  const { theme } = usePreferences()
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  const inForce = theme === 'system' ? (systemDark ? 'dark' : 'light') : theme
  // Before the passive effects of the terminals, which read the tokens.
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = inForce
    const background = getComputedStyle(document.documentElement).getPropertyValue('--bg').trim()
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', background)
  }, [inForce])
  return inForce
}

/** The size of an element's content box, kept up to date. */
export function useSize(): [(element: HTMLElement | null) => void, { width: number; height: number }] {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    if (!element) return
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return [setElement, size]
}
