/** Where the page's panels are: which column is how wide or folded away, and which panel is in front where several share a place. Pure; kept with the preferences. */
export const PANELS = ['terminals', 'timeline', 'network', 'keys', 'scenario', 'console'] as const
export type PanelId = (typeof PANELS)[number]

export const PANEL_NAMES: Readonly<Record<PanelId, string>> = {
  terminals: 'Terminals',
  timeline: 'Timeline',
  network: 'Network',
  keys: 'Keys',
  scenario: 'Scenarios',
  console: 'Console',
}

/** By the width of the window: three columns, two, or one panel at a time. */
export type LayoutName = 'wide' | 'medium' | 'narrow'
export type ColumnId = 'terminals' | 'timeline' | 'side'

export interface PageLayout {
  /** Relative widths of the columns, by the layout's own order. */
  readonly widths: Readonly<Record<'wide' | 'medium', readonly number[]>>
  /** Folded to a strip with their name. */
  readonly folded: readonly ColumnId[]
  readonly front: Readonly<Record<LayoutName, PanelId>>
}

export const DEFAULT_LAYOUT: PageLayout = {
  widths: { wide: [1.1, 1.1, 0.75], medium: [1, 1.05] },
  folded: [],
  front: { wide: 'network', medium: 'timeline', narrow: 'terminals' },
}

/** No column is narrower than this share of all. */
const LEAST_SHARE = 0.12

export function columnsOf(name: LayoutName): readonly ColumnId[] {
  if (name === 'wide') return ['terminals', 'timeline', 'side']
  return name === 'medium' ? ['terminals', 'side'] : []
}

/** The panels that share a place, behind tabs. */
export function tabbedIn(name: LayoutName): readonly PanelId[] {
  const own: readonly string[] = columnsOf(name)
  return PANELS.filter((panel) => !own.includes(panel))
}

export function columnOf(name: LayoutName, panel: PanelId): ColumnId {
  return columnsOf(name).find((column) => column === panel) ?? 'side'
}

/** A separator moves: what the column before it gains, by a share of all, the one after it loses. */
export function resized(layout: PageLayout, name: 'wide' | 'medium', separator: number, share: number): PageLayout {
  const widths = layout.widths[name]
  const total = widths.reduce((sum, width) => sum + width, 0)
  const [before = 0, after = 0] = [widths[separator], widths[separator + 1]]
  const least = Math.min(LEAST_SHARE * total, before, after)
  const gained = Math.max(least - before, Math.min(share * total, after - least))
  const changed = widths.with(separator, before + gained).with(separator + 1, after - gained)
  return { ...layout, widths: { ...layout.widths, [name]: changed } }
}

/** Where a separator stands, as a share of all. */
export function separatorAt(layout: PageLayout, name: 'wide' | 'medium', separator: number): number {
  const widths = layout.widths[name]
  const sum = (some: readonly number[]) => some.reduce((total, width) => total + width, 0)
  return sum(widths.slice(0, separator + 1)) / sum(widths)
}

/** Folds a column away or back. The last one that is open stays. */
export function foldToggled(layout: PageLayout, name: LayoutName, column: ColumnId): PageLayout {
  if (layout.folded.includes(column)) return { ...layout, folded: layout.folded.filter((folded) => folded !== column) }
  const open = columnsOf(name).filter((each) => each !== column && !layout.folded.includes(each))
  return open.length === 0 ? layout : { ...layout, folded: [...layout.folded, column] }
}

/** A panel comes in sight: unfolded, and in front of those that share its place. */
export function shown(layout: PageLayout, name: LayoutName, panel: PanelId): PageLayout {
  const column = columnOf(name, panel)
  const folded = layout.folded.filter((each) => each !== column)
  const front = tabbedIn(name).includes(panel) ? { ...layout.front, [name]: panel } : layout.front
  return { ...layout, folded, front }
}

/** What storage gave: whatever makes no sense in it is as at first. */
export function layoutFrom(stored: unknown): PageLayout {
  const given = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<PageLayout>
  const folded = columnsOf('wide').filter((column) => Array.isArray(given.folded) && given.folded.includes(column))
  return {
    widths: { wide: widthsFrom(given, 'wide'), medium: widthsFrom(given, 'medium') },
    folded: folded.length === 3 ? [] : folded,
    front: { wide: frontFrom(given, 'wide'), medium: frontFrom(given, 'medium'), narrow: frontFrom(given, 'narrow') },
  }
}

function widthsFrom({ widths }: Partial<PageLayout>, name: 'wide' | 'medium'): readonly number[] {
  const [stored, first] = [widths?.[name], DEFAULT_LAYOUT.widths[name]]
  const valid =
    Array.isArray(stored) && stored.length === first.length && stored.every((width) => width > 0 && width < 1e3)
  return valid ? stored : first
}

function frontFrom({ front }: Partial<PageLayout>, name: LayoutName): PanelId {
  return tabbedIn(name).find((panel) => panel === front?.[name]) ?? DEFAULT_LAYOUT.front[name]
}
