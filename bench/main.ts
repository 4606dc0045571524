/**
 * `npm run bench`: every figure of docs/performance.md. Seeded; medians; `--json FILE` writes them as data, `--only NAME` runs one part.
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { commandsPerSecond } from './commands.ts'
import { growth } from './growth.ts'
import { lists } from './lists.ts'
import type { Figure } from './measure.ts'
import { memoryOfTypes } from './memory.ts'
import { replay } from './replay.ts'
import { diverged, memory, replicated } from './replication.ts'

const PARTS: Record<string, () => Figure[] | Promise<Figure[]>> = {
  commands: commandsPerSecond,
  replicated,
  diverged,
  lists,
  growth,
  memory,
  memoryOfTypes,
  replay,
  // Needs redis-server, so only when it is asked for by name.
  gateway: async () => (await import('./gateway.ts')).gateway(),
  // Loads a browser driver and a build, so only when asked.
  page: async () => (await import('./page.ts')).page(),
  lighthouse: async () => (await import('./lighthouse.ts')).lighthouseScores(),
  timeline: async () => (await import('./timeline.ts')).timeline(),
}

const { values: options } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } })
if (options.only !== undefined && PARTS[options.only] === undefined) {
  console.error(`no such part: ${options.only}; there are ${Object.keys(PARTS).join(', ')}`)
  process.exit(2)
}

const figures: Figure[] = []
for (const [name, part] of Object.entries(PARTS)) {
  if (options.only !== undefined && options.only !== name) continue
  for (const figure of await part()) {
    figures.push(figure)
    const beside = Object.entries(figure.beside ?? {}).map(
      ([what, value]) => `${what} ${show(value)} (${(figure.value / value).toFixed(2)}×)`,
    )
    console.log(
      `${figure.name.padEnd(52)} ${show(figure.value).padStart(10)} ${figure.unit.padEnd(16)} ${beside.join(' ')}`,
    )
  }
}
if (options.json !== undefined) {
  const about = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, at: new Date().toISOString() }
  writeFileSync(options.json, `${JSON.stringify({ about, figures }, null, 2)}\n`)
}

function show(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} M`
  if (value >= 1e4) return `${(value / 1e3).toFixed(0)} k`
  return value >= 100 ? value.toFixed(0) : value.toFixed(1)
}
