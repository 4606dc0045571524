/**
 * The keys view's state: which keys are listed, what each region holds of them, and the key that is open. It looks while somebody watches, and then only if
 * something has happened and only at what is shown; so it costs nothing in a panel that is not in front.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { bytesOfText, type Bytes } from '../../lib/index.ts'
import { matchesGlob, type KeyInside, type KeyRow, type KeysAnswer, type KeysQuestion } from '../../engine/index.ts'
import type { ReplicaId } from '../../replication/index.ts'
import type { RegionStatus } from '../../simulation/index.ts'
import { quoteArgument } from '../../terminal/index.ts'
import { regionsInPlace } from '../network.ts'
import type { Playground } from '../playground.ts'
import { Changes, type Change } from './changes.ts'
import { keyLine, type KeyLine } from './lines.ts'
import { isUnsettled, unsettledKeys } from './unsettled.ts'
import { reasonsFor, type Insides, type Reason } from './why.ts'

export const KEYS_PER_PAGE = 50
const PARTS_AT_FIRST = 50
export const MOST_PARTS = 800
const MOST_UNSETTLED = 2000
/** Between two looks at least, ms. */
const GAP_MS = 300
/** Looking takes at most about this share of the time. */
const LOOKING_SHARE = 0.2

export interface KeysPage {
  readonly lines: readonly KeyLine[]
  /** From 0. */
  readonly page: number
  readonly more: boolean
}

export interface OpenKey {
  readonly key: Bytes
  readonly label: string
  /** At most so many parts of each section are shown. */
  readonly most: number
  /** Null before the first look. Regions that do not run are missing. */
  readonly insides: Insides | null
  readonly line: KeyLine | null
  readonly reasons: readonly Reason[]
  /** What the last sync that was watched made of it. */
  readonly changes: ReadonlyMap<ReplicaId, Change>
}

/** A region, its wall clock when it was looked at (ms since 1970), and the headers that it keeps (G8); null: it does not run. */
export interface KeysRegion {
  readonly id: ReplicaId
  readonly name: string
  readonly wall: number
  readonly headers: number | null
}

export interface KeysState {
  /** Something has been seen, of this session. */
  readonly looked: boolean
  readonly regions: readonly KeysRegion[]
  /** As typed. */
  readonly pattern: string
  /** Writes of these keys are still to come somewhere. */
  readonly unsettled: KeysPage & {
    readonly total: number
    /** There are more than are counted. */ readonly uncounted: boolean
  }
  /** The others, in the order of their names. */
  readonly settled: KeysPage
  readonly open: OpenKey | null
}

export interface KeysView extends StoreApi<KeysState> {
  /** Looks, and goes on doing so; returns how to stop. */
  readonly watch: () => () => void
  readonly find: (pattern: string) => void
  readonly turn: (list: 'unsettled' | 'settled', by: 1 | -1) => void
  /** Null closes what is open. */
  readonly openKey: (key: Bytes | null) => void
  /** Shows more parts of the key that is open, up to `MOST_PARTS` a section. */
  readonly showMore: () => void
}

const NO_PAGE: KeysPage = { lines: [], page: 0, more: false }
const FRESH: Omit<KeysState, 'pattern'> = {
  looked: false,
  regions: [],
  unsettled: { ...NO_PAGE, total: 0, uncounted: false },
  settled: NO_PAGE,
  open: null,
}

export function createKeysView(playground: Playground): KeysView {
  const store = createStore<KeysState>(() => ({ ...FRESH, pattern: '' }))
  const changes = new Changes()
  /** Names after which the pages of settled keys begin, this one's last. */
  let after: (Bytes | null)[] = [null]
  let unsettledPage = 0
  /** Counts what was asked for, so that a late answer to an earlier question is not shown. */
  let asked = 0
  let seen = ''
  let { session } = playground.getState()
  let watchers = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let looking = false

  /** What a look would show is the same as long as this is. */
  function signature(): string {
    const { timelineVersion, status } = playground.getState()
    const regions = status?.regions.map(({ id, phase, skewMs }) => `${id}${phase}${skewMs}`).join()
    // Lifetimes run out by themselves.
    const second = isExpiring(store.getState()) ? Math.floor((status?.now ?? 0) / 1000) : 0
    return `${asked} ${timelineVersion} ${regions} ${second}`
  }

  function wake(delayMs: number): void {
    if (watchers > 0 && !looking) timer ??= setTimeout(() => void look(), delayMs)
  }

  async function look(): Promise<void> {
    timer = undefined
    const state = playground.getState()
    if (state.session !== session) {
      session = state.session
      begin({ looked: false, open: null })
      changes.forget()
    }
    const now = signature()
    const api = playground.api()
    if (now === seen || api === null || state.status === null) return
    looking = true
    const question = asked
    const begun = performance.now()
    try {
      const places = regionsInPlace(state.status.regions)
      const running = places.filter(({ phase }) => phase !== 'stopped')
      await show(places, async (part) => {
        // The database may go down in the middle of a look; the next session is looked at anew.
        const one = (id: ReplicaId) => api.look(id, { ...NOTHING, ...part }).catch(() => null)
        const answers = await Promise.all(running.map(({ id }) => one(id)))
        return new Map(running.flatMap(({ id }, i) => (answers[i] ? [[id, answers[i]] as const] : [])))
      })
      seen = now
    } finally {
      looking = false
      // What somebody asked for meanwhile does not wait.
      wake(question === asked ? Math.max(GAP_MS, (performance.now() - begun) / LOOKING_SHARE) : 0)
    }
  }

  type Ask = (part: Partial<KeysQuestion>) => Promise<ReadonlyMap<ReplicaId, KeysAnswer>>

  async function show(places: readonly RegionStatus[], ask: Ask): Promise<void> {
    const question = asked
    const { pattern, open } = store.getState()
    const { status, timeline } = playground.getState()
    const answers = await ask({ open: open && { key: open.key, most: open.most } })
    const members = new Set(places.filter(({ phase }) => phase === 'running').map(({ id }) => id))
    const clocks = new Map([...answers].filter(([id]) => members.has(id)).map(([id, { clock }]) => [id, clock]))
    const regions = places.map(({ id, name, skewMs }) => {
      const wall = (status?.epochMs ?? 0) + (status?.now ?? 0) + skewMs
      return { id, name, wall, headers: answers.get(id)?.headers ?? null }
    })
    const rowsOf = (names: readonly Bytes[], from: typeof answers) =>
      names.map((name, i) => {
        const rows = new Map([...from].map(([id, answer]) => [id, answer.rows[i] ?? null]))
        return lineOf(name, rows, from)
      })
    const lineOf = (name: Bytes, rows: ReadonlyMap<ReplicaId, KeyRow | null>, from: typeof answers): KeyLine => {
      const label = quoteArgument(name)
      for (const [id, row] of rows) changes.note(timeline, label, id, row, from.get(id)?.clock ?? [])
      return keyLine(name, rows, isUnsettled(timeline, label, clocks))
    }
    if (open !== null) {
      const insides = new Map([...answers].map(([id, { opened }]) => [id, keptInside(open.insides?.get(id), opened)]))
      const line = lineOf(open.key, rowsOfInsides(insides), answers)
      if (question !== asked) return
      const reasons = reasonsFor(timeline, open.label, insides, clocks)
      store.setState({
        looked: true,
        regions,
        open: { ...open, insides, line, reasons, changes: changes.of(open.label) },
      })
      return
    }
    const glob = globOf(pattern)
    const wanted = (name: Bytes) => glob === '*' || matchesGlob(glob, name)
    const { names, more: uncounted } = unsettledKeys(timeline, clocks, wanted, MOST_UNSETTLED)
    names.sort()
    unsettledPage = Math.min(unsettledPage, Math.max(0, Math.ceil(names.length / KEYS_PER_PAGE) - 1))
    const shown = names.slice(unsettledPage * KEYS_PER_PAGE, (unsettledPage + 1) * KEYS_PER_PAGE)
    const find = { pattern: glob, after: after.at(-1) ?? null, most: KEYS_PER_PAGE, except: names }
    const found = await ask({ find, rows: shown })
    const union = [...new Set([...found.values()].flatMap((answer) => answer.found))].sort()
    const others = union.slice(0, KEYS_PER_PAGE)
    const rest = await ask({ rows: others })
    if (question !== asked) return
    const more = union.length > others.length || [...found.values()].some((answer) => answer.more)
    store.setState({
      looked: true,
      regions,
      unsettled: {
        lines: kept(store.getState().unsettled.lines, rowsOf(shown, found)),
        page: unsettledPage,
        more: names.length > (unsettledPage + 1) * KEYS_PER_PAGE,
        total: names.length,
        uncounted,
      },
      settled: { lines: kept(store.getState().settled.lines, rowsOf(others, rest)), page: after.length - 1, more },
    })
  }

  function begin(part: Partial<KeysState>): void {
    after = [null]
    unsettledPage = 0
    ask(part)
  }

  function ask(part: Partial<KeysState>): void {
    asked++
    store.setState(part)
    clearTimeout(timer)
    timer = undefined
    wake(0)
  }

  return {
    ...store,
    watch() {
      watchers++
      const unsubscribe = playground.subscribe(() => wake(GAP_MS))
      wake(0)
      return () => {
        watchers--
        unsubscribe()
        clearTimeout(timer)
        timer = undefined
      }
    },
    find: (pattern) => begin({ pattern }),
    turn(list, by) {
      const { settled } = store.getState()
      if (list === 'unsettled') unsettledPage = Math.max(0, unsettledPage + by)
      else if (by === 1) after.push(settled.lines.at(-1)?.key ?? null)
      else if (after.length > 1) after.pop()
      ask({})
    },
    openKey: (key) =>
      ask({
        open: key === null ? null : { ...CLOSED, key, label: quoteArgument(key) },
      }),
    showMore() {
      const { open } = store.getState()
      if (open && open.most < MOST_PARTS) ask({ open: { ...open, most: open.most * 4 } })
    },
  }
}

const NOTHING: KeysQuestion = { find: null, rows: [], open: null }
const CLOSED = { most: PARTS_AT_FIRST, insides: null, line: null, reasons: [], changes: new Map<ReplicaId, Change>() }

const rowsOfInsides = (insides: ReadonlyMap<ReplicaId, KeyInside | null>) =>
  new Map([...insides].map(([id, inside]) => [id, inside?.row ?? null]))

/** Likewise the sections of a key that is open, which may be long. */
function keptInside(before: KeyInside | null | undefined, inside: KeyInside | null): KeyInside | null {
  if (!before || !inside) return inside
  const sections = inside.sections.map((section, i) => {
    const old = before.sections[i]
    return JSON.stringify(old) === JSON.stringify(section) && old !== undefined ? old : section
  })
  return { ...inside, sections }
}

/** Lines that say what they said before stay the same objects, so that they are not drawn anew. */
function kept(before: readonly KeyLine[], lines: readonly KeyLine[]): readonly KeyLine[] {
  const known = new Map(before.map((line) => [line.key, line]))
  return lines.map((line) => {
    const old = known.get(line.key)
    return old !== undefined && JSON.stringify(old) === JSON.stringify(line) ? old : line
  })
}

/** What is typed is looked for anywhere in a name, unless it is a pattern as KEYS takes it. */
function globOf(typed: string): Bytes {
  const text = bytesOfText(typed.trim())
  return text === '' ? '*' : /[*?[\\]/.test(text) ? text : `*${text}*`
}

function isExpiring({ open, unsettled, settled }: KeysState): boolean {
  if (open) return [...(open.insides?.values() ?? [])].some((inside) => typeof inside?.row.until === 'number')
  return [...unsettled.lines, ...settled.lines].some((line) => line.expires)
}
