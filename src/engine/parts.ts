/**
 * Parts of the engine that are big and seldom needed: their code is loaded when the first command comes that names them. Running a command stays synchronous, so whoever hands
 * commands to an instance first awaits `prepare`; loading changes nothing in what a command does, only when its code arrives.
 */
import { assert, type Bytes } from '../lib/index.ts'

interface Parts {
  readonly json: typeof import('./commands/json/part.ts')
  readonly lua: typeof import('./scripting/index.ts')
  readonly search: typeof import('./search/part.ts')
}

export type PartName = keyof Parts

const LOADERS: { readonly [K in PartName]: () => Promise<Parts[K]> } = {
  json: () => import('./commands/json/part.ts'),
  lua: () => import('./scripting/index.ts'),
  search: () => import('./search/part.ts'),
}

const loaded: { -readonly [K in PartName]?: Parts[K] } = {}
const loading = new Map<PartName, Promise<void>>()

/** A part that was prepared. */
export function part<K extends PartName>(name: K): Parts[K] {
  const found = loaded[name]
  assert(found !== undefined, `the part '${name}' is loaded before a command needs it`)
  return found as Parts[K]
}

async function load<K extends PartName>(name: K): Promise<void> {
  try {
    loaded[name] = await LOADERS[name]()
  } finally {
    // What failed may be tried again.
    loading.delete(name)
  }
}

/** Loads parts, all of them when none is named. */
export async function loadParts(names: readonly PartName[] = Object.keys(LOADERS) as PartName[]): Promise<void> {
  await Promise.all(
    names
      .filter((name) => loaded[name] === undefined)
      .map((name) => {
        const under = loading.get(name) ?? load(name)
        loading.set(name, under)
        return under
      }),
  )
}

/**
 * What must be awaited before these command lines may run; undefined when nothing is missing. `partOf` tells which part a line's command names. A script may call
 * any command, so scripts need every part.
 */
export function prepareWith(
  lines: Iterable<readonly Bytes[]>,
  partOf: (line: readonly Bytes[]) => PartName | undefined,
): Promise<void> | undefined {
  const missing = new Set<PartName>()
  for (const line of lines) {
    const named = partOf(line)
    if (named === undefined) continue
    for (const name of named === 'lua' ? (Object.keys(LOADERS) as PartName[]) : [named]) {
      if (loaded[name] === undefined) missing.add(name)
    }
  }
  return missing.size === 0 ? undefined : loadParts([...missing])
}
