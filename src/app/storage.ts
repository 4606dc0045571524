/**
 * Small things kept across visits. IndexedDB where the browser allows it; otherwise (private modes, sandboxed frames) memory, so that the page
 * works the same and merely forgets. Nothing here may throw: what cannot be kept is not worth an error.
 */
import { createStore, get, set, type UseStore } from 'idb-keyval'

export interface Storage {
  read(key: string): Promise<unknown>
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
  return {
    read: async (key) => {
      try {
        return await get(key, kept)
      } catch {
        return memory.read(key)
      }
    },
    write: async (key, value) => {
      await memory.write(key, value)
      try {
        await set(key, value, kept)
      } catch {
        // Memory has it; that is the promise of this module.
      }
    },
  }
}
