/** House rules that a machine can check: who imports whom, file sizes, nothing ambient below the entrances, no command left unlisted. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { catalogue } from './engine/index.ts'

const SRC = import.meta.dirname

const MAY_IMPORT: Record<string, readonly string[]> = {
  lib: [],
  lua: ['lib'],
  engine: ['lib', 'lua'],
  terminal: ['lib', 'engine'],
  replication: ['lib', 'engine'],
  simulation: ['lib', 'engine', 'terminal', 'replication'],
  swarm: ['lib', 'engine', 'terminal', 'replication', 'simulation', 'scenarios'],
  worker: ['lib', 'engine', 'replication', 'simulation'],
  scenarios: ['lib', 'engine', 'terminal', 'simulation'],
  gateway: ['lib', 'engine', 'terminal', 'simulation', 'scenarios'],
  app: ['lib', 'engine', 'terminal', 'replication', 'simulation', 'scenarios', 'worker'],
  ui: ['lib', 'engine', 'terminal', 'simulation', 'scenarios', 'app'],
  embed: ['lib', 'engine', 'terminal', 'simulation', 'scenarios', 'worker', 'app'],
}

const OUTSIDE: Record<string, RegExp> = {
  replication: /^fflate$/,
  worker: /^comlink$/,
  gateway: /^node:/,
  app: /^(zustand|idb-keyval|valibot)/,
  ui: /^(react|react-dom|zustand|@xterm\/)/,
}

interface SourceFile {
  readonly path: string
  readonly folder: string
  readonly text: string
}

function filesBelow(dir: string): SourceFile[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) return filesBelow(path)
    if (!/\.tsx?$/.test(entry.name)) return []
    const name = relative(SRC, path)
    return [
      {
        path: name,
        folder: name.includes('/') ? (name.split('/')[0] as string) : '',
        text: readFileSync(path, 'utf8'),
      },
    ]
  })
}

const files = filesBelow(SRC)
const isTest = (file: SourceFile) => /\.test\.ts$|\/testing\//.test(file.path)
const product = files.filter((file) => !isTest(file))

function importsOf(file: SourceFile): string[] {
  const statement = /^(?:import|export)\b[^']*?\bfrom '([^'\n]+)'|^import '([^'\n]+)'|\bimport\('([^'\n]+)'\)/gm
  return [...file.text.matchAll(statement)].map((match) => (match[1] ?? match[2] ?? match[3]) as string)
}

describe('tidy', () => {
  test('folders import only what lies below them, and only through its index', () => {
    const wrong: string[] = []
    for (const file of product) {
      if (file.folder === '') continue
      for (const target of importsOf(file)) {
        if (!target.startsWith('.')) {
          if (OUTSIDE[file.folder]?.test(target) !== true) wrong.push(`${file.path} imports ${target}`)
          continue
        }
        const resolved = relative(SRC, join(SRC, file.path, '..', target))
        const [folder = '', ...inside] = resolved.split('/')
        if (folder === file.folder) continue
        if (MAY_IMPORT[file.folder]?.includes(folder) !== true) wrong.push(`${file.path} imports ${resolved}`)
        // The simulator plays what the tests of the folders below it are made of.
        else if (file.folder === 'swarm' && inside.includes('testing')) continue
        else if (inside.join('/') !== 'index.ts') wrong.push(`${file.path} reaches past the index: ${resolved}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('no file has outgrown its room (400 lines)', () => {
    expect(product.filter((file) => file.text.split('\n').length > 400).map((file) => file.path)).toEqual([])
  })

  test('nothing ambient below the entrances: no clock, no chance, no timer', () => {
    const pure = new Set(['lib', 'lua', 'engine', 'terminal', 'replication', 'simulation', 'scenarios'])
    const ambient =
      /\bDate\.now\(|\bMath\.random\(|\bperformance\.now\(|\bnew Date\(\)|\bset(?:Timeout|Interval)\(|\bcrypto\.\w+\(/
    expect(product.filter((file) => pure.has(file.folder) && ambient.test(file.text)).map((file) => file.path)).toEqual(
      [],
    )
  })

  test('every declared command is listed in the table', () => {
    const listed = new Set(catalogue().map((command) => command.name))
    const declared = product
      .filter((file) => file.path.startsWith('engine/commands/'))
      .flatMap((file) =>
        [...file.text.matchAll(/^ {2,4}name: '([A-Z][A-Z0-9_. |-]*)',$/gm)].map((match) => match[1] as string),
      )
    expect(declared.length).toBeGreaterThan(0)
    expect(declared.filter((name) => !listed.has(name))).toEqual([])
  })
})
