/** Terminal history, one list per region number, newest last; it survives a reload. */
import { remember, restoreHistory } from '../terminal/index.ts'
import type { Storage } from './storage.ts'

export interface History {
  lines(region: number): readonly string[]
  add(region: number, line: string): void
}

export async function openHistory(storage: Storage): Promise<History> {
  const lists = cleaned(await storage.read('history'))

  return {
    lines: (region) => lists.get(region) ?? [],
    add: (region, line) => {
      const before = lists.get(region) ?? []
      const after = remember(before, line)
      if (after === before) return
      lists.set(region, after)
      void storage.write('history', Object.fromEntries(lists))
    },
  }
}

function cleaned(stored: unknown): Map<number, readonly string[]> {
  const entries = typeof stored === 'object' && stored !== null ? Object.entries(stored) : []
  return new Map(entries.map(([region, lines]) => [Number(region), restoreHistory(lines)]))
}
