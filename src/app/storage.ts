/**
 * Small things kept across visits. IndexedDB where the browser allows it; otherwise (private modes, sandboxed frames) memory, so that the page
 * works the same and merely forgets. Nothing here may throw: what cannot be kept is not worth an error.
 */
import { createStore, get, set, type UseStore } from 'idb-keyval'

export interface Storage {
  read(key: string): Promise<unknown>
  /** A `read` that follows gives `value`, whether or not the write has reached the disk. */
  write(key: string, value: unknown): Promise<void>
}

export function memoryStorage(): Storage {
  const values = new Map<string, unknown>()
  return {
    read: async (key) => values.get(key),
    write: async (key, value) => void values.set(key, value),
  }
}

export function browserStorage(): Storage {
  const memory = memoryStorage()
  let store: UseStore | null = null
  try {
    store = createStore('crdb-playground', 'kept')
  } catch {
    return memory
  }
  const kept = store
  const unwritten = new Map<string, unknown>()
  let writing = false

  /** One write at a time, and of each key only the newest value: the lines of a long paste cost two writes, not hundreds. */
  async function writeOut(): Promise<void> {
    if (writing) return
    writing = true
    for (let next = unwritten.entries().next(); !next.done; next = unwritten.entries().next()) {
      const [key, value] = next.value
      unwritten.delete(key)
      try {
        await set(key, value, kept)
      } catch {
        // Memory has it; that is the promise of this module.
      }
    }
    writing = false
  }

  return {
    read: async (key) => {
      const newest = await memory.read(key)
      if (newest !== undefined) return newest
      try {
        return await get(key, kept)
      } catch {
        return undefined
      }
    },
    write: async (key, value) => {
      await memory.write(key, value)
      unwritten.set(key, value)
      await writeOut()
    },
  }
}
