/**
 * The page: terminals, timeline, and a side column with the other panels behind tabs. Narrower windows put more of them there. The
 * panels stay mounted at the same place of the tree in every layout, so that resizing never loses what is in a terminal.
 */
import { lazy, Suspense, type CSSProperties, type ReactNode } from 'react'
import {
  columnOf,
  columnsOf,
  DEFAULT_LAYOUT,
  foldToggled,
  PANEL_NAMES,
  PANELS,
  resized,
  separatorAt,
  shown,
  tabbedIn,
  type ColumnId,
  type PageLayout,
  type LayoutName,
  type PanelId,
} from '../app/index.ts'
import { Header } from './Header.tsx'
import { PageProvider, useLayout, usePlayground, useTheme, type Page } from './hooks.ts'
import { ErrorBoundary } from './parts/ErrorBoundary.tsx'
import { FirstHint } from './parts/FirstHint.tsx'
import { Incidents } from './parts/Incidents.tsx'
import { RestoredNote } from './parts/RestoredNote.tsx'
import { Separator } from './parts/Separator.tsx'
import { panelId, tabId, Tabs, type Tab } from './parts/Tabs.tsx'
import { TerminalGrid } from './terminal/TerminalGrid.tsx'
import styles from './App.module.css'
import './tokens.css'
import './base.css'

// A terminal is usable before these are here.
const TimelinePanel = lazy(async () => ({ default: (await import('./timeline/TimelinePanel.tsx')).TimelinePanel }))
const NetworkPanel = lazy(async () => ({ default: (await import('./network/NetworkPanel.tsx')).NetworkPanel }))
const KeysPanel = lazy(async () => ({ default: (await import('./keys/KeysPanel.tsx')).KeysPanel }))
const ScenarioPanel = lazy(async () => ({ default: (await import('./scenario/ScenarioPanel.tsx')).ScenarioPanel }))
const ConsolePanel = lazy(async () => ({ default: (await import('./console/ConsolePanel.tsx')).ConsolePanel }))

const PANEL_VIEWS: Record<PanelId, (theme: 'light' | 'dark', name: LayoutName) => ReactNode> = {
  terminals: (theme, name) => <TerminalGrid theme={theme} narrow={name === 'narrow'} />,
  timeline: (_, name) => <TimelinePanel titled={!tabbedIn(name).includes('timeline')} />,
  network: () => <NetworkPanel />,
  keys: () => <KeysPanel />,
  scenario: () => <ScenarioPanel />,
  console: () => <ConsolePanel />,
}

/** What a folded column is called. */
const COLUMN_NAMES: Record<ColumnId, string> = { terminals: 'Terminals', timeline: 'Timeline', side: 'Panels' }

export function App({ page }: { readonly page: Page }) {
  return (
    <PageProvider value={page}>
      <Playground />
    </PageProvider>
  )
}

function Playground() {
  const theme = useTheme()
  const { layout, name, change } = useLayout()
  const failure = usePlayground((state) => state.failure)
  const tabs: readonly Tab<PanelId>[] = tabbedIn(name).map((id) => ({ id, label: PANEL_NAMES[id] }))
  const foldedHere = columnsOf(name).filter((column) => layout.folded.includes(column))
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
      <main className={styles.main} data-layout={name} style={gridOf(layout, name)}>
        {PANELS.map((id) => (
          <Panel key={id} id={id} layout={layout} name={name}>
            {PANEL_VIEWS[id](theme, name)}
          </Panel>
        ))}
        <Tabs
          label="Panels"
          tabs={tabs}
          selected={layout.front[name]}
          onSelect={(id) => change((now) => shown(now, name, id))}
          className={styles.tabs}
          hidden={foldedHere.includes('side')}
        />
        {name !== 'narrow' &&
          columnsOf(name)
            .slice(0, -1)
            .map((column, i) => {
              const next = columnsOf(name)[i + 1] as ColumnId
              if (layout.folded.includes(column) || layout.folded.includes(next)) return null
              return (
                <Separator
                  key={column}
                  area={`s${i}`}
                  label={`Width of ${COLUMN_NAMES[column]} and ${COLUMN_NAMES[next]}`}
                  at={separatorAt(layout, name, i)}
                  onMove={(share) => change((now) => resized(now, name, i, share))}
                  onFold={() => change((now) => foldToggled(now, name, next))}
                  onReset={() => change((now) => ({ ...now, widths: DEFAULT_LAYOUT.widths }))}
                />
              )
            })}
        {foldedHere.map((column) => (
          <button
            key={column}
            type="button"
            className={styles.folded}
            style={{ gridArea: column === 'side' ? 'tabs / tabs / side / side' : column }}
            aria-label={`Unfold ${COLUMN_NAMES[column]}`}
            onClick={() => change((now) => foldToggled(now, name, column))}
          >
            {COLUMN_NAMES[column]}
          </button>
        ))}
      </main>
      <Incidents />
    </div>
  )
}

/** Columns by their widths, separators of a pixel between them; a folded one is a strip with its name. */
function gridOf(layout: PageLayout, name: LayoutName): CSSProperties | undefined {
  if (name === 'narrow') return undefined
  const columns = columnsOf(name).map((column, i) =>
    layout.folded.includes(column) ? '30px' : `minmax(0, ${layout.widths[name][i]}fr)`,
  )
  return { gridTemplateColumns: columns.join(' 1px ') }
}

interface PanelProps {
  readonly id: PanelId
  readonly layout: PageLayout
  readonly name: LayoutName
  readonly children: ReactNode
}

function Panel({ id, layout, name, children }: PanelProps) {
  const isTab = tabbedIn(name).includes(id)
  const isFolded = name !== 'narrow' && layout.folded.includes(columnOf(name, id))
  return (
    <div
      id={panelId(id)}
      className={styles.panel}
      data-panel={id}
      data-tabbed={isTab}
      hidden={isFolded || (isTab && id !== layout.front[name])}
      {...(isTab
        ? { role: 'tabpanel', 'aria-labelledby': tabId(id) }
        : { role: 'region', 'aria-label': PANEL_NAMES[id] })}
    >
      <ErrorBoundary panel={PANEL_NAMES[id]}>
        <Suspense fallback={null}>{children}</Suspense>
      </ErrorBoundary>
    </div>
  )
}
