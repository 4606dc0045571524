/** Verbs about regions: who belongs to the database, and whether it runs (R6, R7). */
import { syncLinks } from '../sync.ts'
import { endRegion, joinRegion, nextId, pairsOf, removeRegion, startRegion, stopRegion } from '../topology.ts'
import type { Kernel } from '../kernel.ts'
import { isMember, isRunning, type Region } from '../work.ts'
import { refuse } from './line-reader.ts'
import { counted, defineVerb, done, refused } from './verb.ts'

/** G7. */
const MOST_REGIONS = 10

export const addRegion = defineVerb({
  name: 'add-region',
  forms: [{ form: 'add-region [name]', does: 'add a region; it refuses writes until it has synced (R6)' }],
  parse(line) {
    const word = line.peek()
    if (word === undefined) return null
    line.next('a name')
    if (/^\d*$/.test(word.text)) refuse(word, 'a name that is no number')
    return word.text
  },
  async run({ kernel }, name) {
    const { members } = kernel
    if (name !== null && kernel.regions.some((region) => sameName(region.name, name)))
      return refused(`"${name}": expected a name that no region has`)
    if (members.length >= MOST_REGIONS)
      return refused(`there are ${members.length} regions, and a database has at most ${MOST_REGIONS}`)
    const problem = members.map((region) => notInSync(kernel, region)).find((text) => text !== undefined)
    if (problem !== undefined) return refused(`a region is added while all are in sync, but ${problem}`)
    const region = await joinRegion(kernel, name ?? `Region ${nextId(kernel)}`)
    return done(`region ${region.id} (${region.name}) added`)
  },
})

export const removeRegionVerb = defineVerb({
  name: 'remove-region',
  forms: [
    { form: 'remove-region 3', does: 'sync it a last time, then take it out of the database for good (R6)' },
    {
      form: 'remove-region 3 force',
      does: 'take it out although it cannot be reached: what only it has is lost to the others',
    },
  ],
  parse: (line) => ({ id: line.region(), force: line.peek() !== undefined && line.oneOf(['force']) === 'force' }),
  async run({ kernel }, { id, force }) {
    const region = kernel.region(id)
    if (!isMember(region))
      return refused(`${nameOf(region)} was removed already: purge ${id} deletes what is left of it`)
    if (kernel.members.length === 1) return refused('a database has at least one region')
    if (!force) {
      const problem = notInSync(kernel, region)
      if (problem !== undefined)
        return refused(`${problem}: it can only be removed by force (remove-region ${id} force)`)
      await syncLinks(kernel, ({ from, to }) => from === id || to === id)
    }
    await removeRegion(kernel, region, force ? 'expelled' : 'gone')
    if (!force) return done(`${nameOf(region)} removed`)
    return done(`${nameOf(region)} removed by force; if it comes back, its updates are rejected`)
  },
})

export const purge = defineVerb({
  name: 'purge',
  forms: [{ form: 'purge 3', does: 'delete what is left of a region that was removed by force' }],
  parse: (line) => line.region(),
  async run({ kernel }, id) {
    const region = kernel.region(id)
    if (region.phase !== 'expelled') return refused(`${nameOf(region)} is a member: remove-region ${id} comes first`)
    await endRegion(kernel, region)
    return done(`${nameOf(region)} purged`)
  },
})

export const stop = defineVerb({
  name: 'stop',
  forms: [
    { form: 'stop 2', does: 'let a region lose its power; its disk keeps what its persistence had written (R7)' },
    { form: 'stop 2 lose', does: 'the same, and its disk is lost too' },
  ],
  parse: (line) => ({ id: line.region(), loseDisk: line.peek() !== undefined && line.oneOf(['lose']) === 'lose' }),
  async run({ kernel }, { id, loseDisk }) {
    const region = kernel.region(id)
    if (!isMember(region)) return refused(`${nameOf(region)} was removed: purge ${id} ends it`)
    if (!isRunning(region)) return refused(`${nameOf(region)} is stopped already`)
    await stopRegion(kernel, region, loseDisk)
    return done(fateOf(region, loseDisk))
  },
})

export const start = defineVerb({
  name: 'start',
  forms: [
    {
      form: 'start 2',
      does: 'start a stopped region with what its disk holds; it is stale until it has re-synced (R7)',
    },
  ],
  parse: (line) => line.region(),
  async run({ kernel }, id) {
    const region = kernel.region(id)
    if (region.phase !== 'stopped') return refused(`${nameOf(region)} runs`)
    const back = await startRegion(kernel, region)
    if (back === region) return done(`${nameOf(region)} started with all that it had`)
    return done(`${nameOf(region)} had lost writes: it comes back as a new region, ${nameOf(back)}, and syncs`)
  },
})

/** Why a region cannot take part in a change of the membership now; undefined when it can. */
function notInSync(kernel: Kernel, region: Region): string | undefined {
  const stopped = [region, ...kernel.members].find((member) => !isRunning(member))
  if (stopped !== undefined) return `${nameOf(stopped)} is stopped`
  const broken = pairsOf(kernel, region).find(
    ([a, b]) => isMember(kernel.region(a)) && isMember(kernel.region(b)) && !kernel.network.link(a, b).up,
  )
  if (broken !== undefined) return `the link ${broken.join('-')} is down`
  if (region.health?.standing === 'joining') return `${nameOf(region)} has yet to sync`
  return undefined
}

function fateOf(region: Region, lost: boolean): string {
  const name = nameOf(region)
  if (region.health?.logIsComplete === true) return `${name} stopped; its log holds all that it had`
  if (lost) return `${name} stopped, and its disk is lost: what it had and nobody else received is gone`
  const { settings } = region
  if (settings.persistence === 'none')
    return `${name} stopped; it had no persistence: what nobody else received is gone`
  return `${name} stopped; its log lacks the last moments before: what nobody else received of them is gone`
}

const nameOf = ({ id, name }: Region): string => `region ${id} (${name})`

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

export const flush = defineVerb({
  name: 'flush',
  forms: [{ form: 'flush', does: "empty the database in every region: the database's own flush" }],
  parse: () => null,
  async run({ kernel }) {
    const problem = kernel.members.map((region) => notInSync(kernel, region)).find((text) => text !== undefined)
    if (problem !== undefined) return refused(`every region takes part in a flush, but ${problem}`)
    await syncLinks(kernel, () => true)
    await kernel.round(kernel.members.map(({ id }) => ({ kind: 'flush', region: id })))
    await syncLinks(kernel, () => true)
    return done(`flushed in ${counted(kernel.members.length, 'region')}`)
  },
})

export const gc = defineVerb({
  name: 'gc',
  forms: [{ form: 'gc', does: 'let every region tell the others what it has observed, and collect, now (R4)' }],
  parse: () => null,
  async run({ kernel }) {
    const running = kernel.members.filter(isRunning)
    await kernel.round(running.map(({ id }) => ({ kind: 'collect', region: id })))
    return done()
  },
})
