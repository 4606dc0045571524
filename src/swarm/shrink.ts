/** Makes a failing run small: leaves out steps, then lines and regions, as long as it fails alike (delta debugging). */
import type { Run, Step } from './run.ts'

/** `fails`: whether a run still fails as the first did. `budget`: so many runs may be tried. */
export async function shrink(run: Run, fails: (run: Run) => Promise<boolean>, budget: number): Promise<Run> {
  let left = budget
  const tried = async (candidate: Run) => left-- > 0 && (await fails(candidate))
  let best = run
  for (let before = Infinity; best.steps.length < before && left > 0;) {
    before = best.steps.length
    best = await withFewerSteps(best, tried)
  }
  best = await withFewerLines(best, tried)
  best = await withFewerRegions(best, tried)
  for (const settings of [
    { ...best.settings, held: false },
    { ...best.settings, latencyMs: 0 },
  ]) {
    const candidate = { ...best, settings }
    if (await tried(candidate)) best = candidate
  }
  return withFewerSteps(best, tried)
}

async function withFewerSteps(run: Run, fails: (run: Run) => Promise<boolean>): Promise<Run> {
  let { steps } = run
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = steps.length - size; at > -size; at -= size) {
      const start = Math.max(0, at)
      const shorter = [...steps.slice(0, start), ...steps.slice(at + size)]
      if (shorter.length < steps.length && (await fails({ ...run, steps: shorter }))) steps = shorter
    }
  }
  return { ...run, steps }
}

/** A transaction may do with less; what the models read in threes stays whole. */
async function withFewerLines(run: Run, fails: (run: Run) => Promise<boolean>): Promise<Run> {
  let best = run
  for (let i = 0; i < best.steps.length; i++) {
    for (let line = 0; ; line++) {
      const step = best.steps[i] as Step
      if (step.kind !== 'commands' || step.lines.length < 2 || step.lines[0]?.[0] === 'LRANGE') break
      if (line >= step.lines.length) break
      const lines = step.lines.filter((_, j) => j !== line)
      const candidate = { ...best, steps: best.steps.with(i, { ...step, lines }) }
      if (await fails(candidate)) {
        best = candidate
        line--
      }
    }
  }
  return best
}

async function withFewerRegions(run: Run, fails: (run: Run) => Promise<boolean>): Promise<Run> {
  let best = run
  while (best.settings.regions.length > 2) {
    const settings = { ...best.settings, regions: best.settings.regions.slice(0, -1) }
    const candidate = { ...best, settings }
    if (!(await fails(candidate))) break
    best = candidate
  }
  return best
}
