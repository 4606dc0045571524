/** Draws a whole run from its seed: regions, settings, what happens in them and to them. */
import { Random } from '../lib/index.ts'
import { drawAnyOf, drawCollisionsOf, drawModelledOf } from './draw-commands.ts'
import { type FaultFamily, Faults } from './draw-faults.ts'
import type { Run, Step } from './run.ts'

const EPOCH_MS = Date.UTC(2025, 0, 1)

/** How often a family of faults is part of a run. */
const CHANCES: Readonly<Record<Exclude<FaultFamily, 'time'>, number>> = {
  sync: 0.6,
  cuts: 0.6,
  holds: 0.4,
  quality: 0.4,
  clocks: 0.4,
  duplicates: 0.3,
  power: 0.35,
  membership: 0.3,
  causal: 0.3,
  backlog: 0.5,
  settings: 0.2,
  memory: 0.2,
  eviction: 0.3,
  collection: 0.5,
  flush: 0.1,
}

/** The keys of the models are touched by nothing else; where keys are evicted nobody can say what should be there. */
export function drawRun(seed: number): Run {
  const random = new Random(seed)
  const count = 2 + (random.chance(0.75) ? random.below(3) : random.below(9))
  const families: FaultFamily[] = ['time']
  for (const [family, chance] of Object.entries(CHANCES))
    if (random.chance(chance) && (family !== 'eviction' || families.includes('memory')))
      families.push(family as FaultFamily)
  const has = (family: FaultFamily) => families.includes(family)
  const faults = new Faults(random, count, families)
  const steps: Step[] = []
  const control = (line: string) => steps.push({ kind: 'control', line })
  // Compressing takes a tenth of the time, and changes nothing but bytes.
  if (seed % 4 !== 0) control('compression 0')
  const causal = random.chance(0.4)
  if (causal) control('causal on')
  if (random.chance(0.5)) control(`backlog ${random.pick(['0b', '60b', '400b', '4kb'])}`)
  if (has('power') && random.chance(0.5)) control(`persistence ${random.pick(['everysec', 'none'])}`)
  const strict = !has('settings')
  const draws = [
    drawAnyOf(random, EPOCH_MS),
    drawCollisionsOf(random, seed),
    ...(has('eviction') ? [] : [drawModelledOf(random, strict), drawModelledOf(random, strict)]),
  ]
  const faulty = random.pick([0.1, 0.3, 0.5])
  const length = random.pick([40, 120, 300])
  for (let i = 0; i < length; i++) {
    if (random.chance(faulty)) for (const line of faults.lines()) control(line)
    // What regions believe of each other is looked at (R4, R5).
    else if (random.chance(0.06)) {
      const region = random.pick(faults.regions)
      steps.push({ kind: 'commands', region, session: region, lines: [['INFO', 'crdt']] })
    } else {
      const region = random.pick(faults.regions)
      const draw = random.pick(draws)
      for (let lines = random.chance(0.2) ? 4 : 1; lines > 0; lines--)
        steps.push({ kind: 'commands', region, session: region, lines: draw() })
    }
  }
  const regions = Array.from({ length: count }, (_, i) => `Region ${i + 1}`)
  const latencyMs = random.pick([0, 1, 40])
  return { settings: { seed, regions, epochMs: EPOCH_MS, latencyMs, held: random.chance(0.2) }, steps }
}
