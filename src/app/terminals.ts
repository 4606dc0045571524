/** The terminals that stand on the page, seen from outside: a line for several of them at once, and which of them a tool is open for. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ReplicaId } from '../replication/index.ts'

export interface OpenTerminal {
  readonly name: string
  /** A line submitted now would have to wait: for the reply to another, or for the end of MONITOR. */
  readonly isBusy: () => boolean
  /** Runs a line as if it had been typed; what is half typed stays. */
  readonly submit: (line: string) => void
  /** As Ctrl-C. */
  readonly interrupt: () => void
  /** The commands that are on its screen or scrolled off it, without prompts; of a selection, when there is one. */
  readonly commands: () => readonly string[]
}

export interface TerminalsState {
  readonly open: ReadonlyMap<ReplicaId, OpenTerminal>
  /** By name, for a region that comes back under a new id keeps its place: whose terminal is shown where only one is. '' is the first. */
  readonly front: string
  /** Only one is shown also where there is room for all. */
  readonly alone: boolean
  /** Whose scrollback is being searched. */
  readonly finding: ReplicaId | null
}

export interface Terminals extends StoreApi<TerminalsState> {
  /** Returns how to take it away again. */
  readonly add: (region: ReplicaId, terminal: OpenTerminal) => () => void
  /**
   * Runs a line in each of these regions at the same instant: commands called in one go are one round of the cluster. Where one of them is busy that
   * cannot be, so none runs it, and the answer says why.
   */
  readonly broadcast: (regions: readonly ReplicaId[], line: string) => string | null
}

export function createTerminals(): Terminals {
  const store = createStore<TerminalsState>(() => ({ open: new Map(), front: '', alone: false, finding: null }))
  return {
    ...store,
    add(region, terminal) {
      store.setState(({ open }) => ({ open: new Map(open).set(region, terminal) }))
      return () =>
        store.setState(({ open, finding }) => ({
          open: new Map([...open].filter(([, other]) => other !== terminal)),
          finding: finding === region ? null : finding,
        }))
    },
    broadcast(regions, line) {
      const { open } = store.getState()
      const chosen = regions.flatMap((region) => open.get(region) ?? [])
      if (chosen.length < regions.length) return 'Not run: a terminal is not there yet.'
      const busy = chosen.filter((terminal) => terminal.isBusy())
      if (busy.length > 0) {
        const names = busy.map(({ name }) => name).join(', ')
        return `Not run: ${names} ${busy.length === 1 ? 'is' : 'are'} busy with an earlier command. Ctrl-C there ends it.`
      }
      for (const terminal of chosen) terminal.submit(line)
      return null
    },
  }
}
