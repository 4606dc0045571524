/**
 * The page: terminals, timeline, and a side column with network, scenarios and console. Narrower windows put more of them behind tabs. The
 * panels stay mounted at the same place of the tree in every layout, so that resizing never loses what is in a terminal.
 */
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { Header } from './Header.tsx'
import { PageProvider, useMedia, usePlayground, useTheme, type Page } from './hooks.ts'
import { ErrorBoundary } from './parts/ErrorBoundary.tsx'
import { FirstHint } from './parts/FirstHint.tsx'
import { Incidents } from './parts/Incidents.tsx'
import { RestoredNote } from './parts/RestoredNote.tsx'
import { panelId, tabId, Tabs, type Tab } from './parts/Tabs.tsx'
import { TerminalGrid } from './terminal/TerminalGrid.tsx'
import styles from './App.module.css'
import './tokens.css'
import './base.css'

// A terminal is usable before these are here.
const TimelinePanel = lazy(async () => ({ default: (await import('./timeline/TimelinePanel.tsx')).TimelinePanel }))
const NetworkPanel = lazy(async () => ({ default: (await import('./network/NetworkPanel.tsx')).NetworkPanel }))
const ScenarioPanel = lazy(async () => ({ default: (await import('./scenario/ScenarioPanel.tsx')).ScenarioPanel }))
const ConsolePanel = lazy(async () => ({ default: (await import('./console/ConsolePanel.tsx')).ConsolePanel }))

type PanelId = 'terminals' | 'timeline' | 'network' | 'scenario' | 'console'
type LayoutName = 'wide' | 'medium' | 'narrow'

const LABELS: Record<PanelId, string> = {
  terminals: 'Terminals',
  timeline: 'Timeline',
  network: 'Network',
  scenario: 'Scenarios',
  console: 'Console',
}

/** Which panels share a place, behind tabs; the others are always in sight. */
const TABBED: Record<LayoutName, readonly PanelId[]> = {
  wide: ['network', 'scenario', 'console'],
  medium: ['timeline', 'network', 'scenario', 'console'],
  narrow: ['terminals', 'timeline', 'network', 'scenario', 'console'],
}

const FIRST_IN_FRONT: Record<LayoutName, PanelId> = { wide: 'network', medium: 'timeline', narrow: 'terminals' }

export function App({ page }: { readonly page: Page }) {
  return (
    <PageProvider value={page}>
      <Playground />
    </PageProvider>
  )
}

function Playground() {
  const theme = useTheme()
  const wide = useMedia('(min-width: 1240px)')
  const narrow = useMedia('(max-width: 760px)')
  const layout: LayoutName = wide ? 'wide' : narrow ? 'narrow' : 'medium'
  const tabbed = TABBED[layout]
  const [chosen, setChosen] = useState(FIRST_IN_FRONT)
  const front = chosen[layout]
  const choose = (id: PanelId) => setChosen({ ...chosen, [layout]: id })
  const failure = usePlayground((state) => state.failure)
  const tabs: readonly Tab<PanelId>[] = tabbed.map((id) => ({ id, label: LABELS[id] }))
  const place = { tabbed, front }
  return (
    <div className={styles.page}>
      <Header />
      <RestoredNote />
      <FirstHint />
      {failure !== null && (
        <p className={styles.failure} role="alert">
          <strong>The database could not be started.</strong> {failure}
        </p>
      )}
      <main className={styles.main} data-layout={layout}>
        <Panel id="terminals" {...place}>
          <TerminalGrid theme={theme} narrow={narrow} />
        </Panel>
        <Panel id="timeline" {...place}>
          <TimelinePanel titled={!tabbed.includes('timeline')} />
        </Panel>
        <Tabs label="Panels" tabs={tabs} selected={front} onSelect={choose} className={styles.tabs} />
        <Panel id="network" {...place}>
          <NetworkPanel />
        </Panel>
        <Panel id="scenario" {...place}>
          <ScenarioPanel />
        </Panel>
        <Panel id="console" {...place}>
          <ConsolePanel />
        </Panel>
      </main>
      <Incidents />
    </div>
  )
}

interface PanelProps {
  readonly id: PanelId
  readonly tabbed: readonly PanelId[]
  readonly front: PanelId
  readonly children: ReactNode
}

function Panel({ id, tabbed, front, children }: PanelProps) {
  const isTab = tabbed.includes(id)
  return (
    <div
      id={panelId(id)}
      className={styles.panel}
      data-panel={id}
      data-tabbed={isTab}
      hidden={isTab && id !== front}
      {...(isTab ? { role: 'tabpanel', 'aria-labelledby': tabId(id) } : { role: 'region', 'aria-label': LABELS[id] })}
    >
      <ErrorBoundary panel={LABELS[id]}>
        <Suspense fallback={null}>{children}</Suspense>
      </ErrorBoundary>
    </div>
  )
}
