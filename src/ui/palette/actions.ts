/** What can be done with the page, as a list to be searched: each action by its words. */
import {
  columnsOf,
  cutLink,
  foldToggled,
  healLink,
  isolate,
  linksOf,
  MOST_REGIONS,
  FEWEST_REGIONS,
  PANEL_NAMES,
  PANELS,
  pauseSync,
  resumeSync,
  setSpeed,
  shown,
  start,
  stop,
  syncNow,
  type LayoutName,
} from '../../app/index.ts'
import { CONTROL_VERBS } from '../../simulation/index.ts'
import type { Page } from '../hooks.ts'
import { SHARE_ACTIONS } from '../share/share-actions.ts'

export interface Action {
  readonly group: string
  readonly label: string
  /** The control line that it runs, where it is one. */
  readonly line?: string
  readonly run: () => void
}

const SPEEDS = [0, 0.1, 1, 10, Infinity]
const COLUMN_WORDS = { terminals: 'terminals', timeline: 'timeline', side: 'side panels' }

export function actionsOf(page: Page, name: LayoutName): readonly Action[] {
  const { playground, preferences, scenario, startOver, terminals } = page
  const { status, timeline } = playground.getState()
  const { layout, theme, screenReader } = preferences.getState()
  const { alone } = terminals.getState()
  const line = (group: string, label: string, text: string): Action => ({
    group,
    label,
    line: text,
    run: () => void playground.control(text),
  })
  const regions = (status?.regions ?? []).filter(({ phase }) => phase !== 'gone')
  const ids = regions.map(({ id }) => id)
  const links = linksOf(status?.links ?? [])
  const nameOf = (id: number) => regions.find((region) => region.id === id)?.name ?? `Region ${id}`
  const show = (panel: (typeof PANELS)[number]) => preferences.change({ layout: shown(layout, name, panel) })
  return [
    line('Sync', 'Sync now', syncNow()),
    links.every((link) => link.held)
      ? line('Sync', 'Resume sync', resumeSync())
      : line('Sync', 'Pause sync', pauseSync()),
    line('Sync', 'Heal every link', 'heal'),
    line('Sync', 'Collect tombstones now', 'gc'),
    ...links.map(({ a, b, cut }) =>
      line(
        'Network',
        `${cut ? 'Heal' : 'Cut'} the link ${nameOf(a)} – ${nameOf(b)}`,
        cut ? healLink(a, b) : cutLink(a, b),
      ),
    ),
    ...regions.map(({ id, name: region }) => line('Network', `Cut ${region} off from all others`, isolate(id, ids))),
    ...regions.map(({ id, name: region, phase }) =>
      phase === 'stopped'
        ? line('Regions', `Start ${region}`, start(id))
        : line('Regions', `Stop ${region}, as if its power went`, stop(id, false)),
    ),
    line('Regions', 'Add a region', 'add-region'),
    ...regions.map(({ id, name: region }) => ({
      group: 'Go to',
      label: `Terminal of ${region}`,
      run: () => {
        show('terminals')
        terminals.setState({ front: region })
        // Once it is shown.
        setTimeout(() => document.querySelector<HTMLElement>(`[data-region="${id}"] textarea`)?.focus())
      },
    })),
    {
      group: 'Terminals',
      label: 'Type a line for several regions',
      run: () => {
        show('terminals')
        setTimeout(() => document.getElementById('composer')?.focus())
      },
    },
    ...regions.map(({ id, name: region }) => ({
      group: 'Terminals',
      label: `Find in the terminal of ${region}`,
      run: () => {
        show('terminals')
        terminals.setState({ front: region, finding: id })
      },
    })),
    ...(name === 'narrow'
      ? []
      : [
          {
            group: 'Terminals',
            label: alone ? 'Show all terminals' : 'Show one terminal at a time',
            run: () => terminals.setState({ alone: !alone }),
          },
        ]),
    ...PANELS.map((panel) => ({ group: 'Go to', label: PANEL_NAMES[panel], run: () => show(panel) })),
    ...columnsOf(name).map((column) => ({
      group: 'Layout',
      label: `${layout.folded.includes(column) ? 'Unfold' : 'Fold away'} the ${COLUMN_WORDS[column]}`,
      run: () => preferences.change({ layout: foldToggled(layout, name, column) }),
    })),
    ...(['system', 'light', 'dark'] as const)
      .filter((each) => each !== theme)
      .map((each) => ({
        group: 'Page',
        label: each === 'system' ? 'Theme as the system has it' : `Theme: ${each}`,
        run: () => preferences.change({ theme: each }),
      })),
    {
      group: 'Page',
      label: screenReader ? 'Terminals stop speaking to screen readers' : 'Terminals speak to screen readers',
      run: () => preferences.change({ screenReader: !screenReader }),
    },
    ...SPEEDS.map((speed) =>
      line(
        'Time',
        speed === 0 ? 'Time stands still' : `Time runs ${speed === Infinity ? 'as fast as it can' : `${speed}×`}`,
        setSpeed(speed),
      ),
    ),
    ...SHARE_ACTIONS,
    ...(timeline.events.length === 0
      ? []
      : [{ group: 'Timeline', label: 'Select nothing', run: () => playground.select(null) }]),
    ...Array.from({ length: MOST_REGIONS - FEWEST_REGIONS + 1 }, (_, i) => FEWEST_REGIONS + i).map((count) => ({
      group: 'Session',
      label: `Start over with ${count} regions`,
      run: () => startOver(count),
    })),
    ...(scenario.getState().catalogue ?? []).map(({ id, title }) => ({
      group: 'Scenario',
      label: title,
      run: () => {
        void scenario.choose(id)
        show('scenario')
      },
    })),
  ]
}

/** Those that have every word of the query, in any order; and the query itself, when it is a control line. */
export function found(actions: readonly Action[], query: string, control: (line: string) => void): readonly Action[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const hits = actions.filter(({ group, label, line = '' }) => {
    const text = `${group} ${label} ${line}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const text = query.trim()
  const isLine = CONTROL_VERBS.some((verb) => verb.name === words[0]) && !hits.some(({ line }) => line === text)
  return isLine ? [...hits, { group: 'Control line', label: text, line: text, run: () => control(text) }] : hits
}
