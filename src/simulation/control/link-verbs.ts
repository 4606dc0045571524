/** Verbs about links: what connects regions and how well. */
import type { ReplicaId } from '../../replication/index.ts'
import { syncLinks } from '../sync.ts'
import { allPairs, cutPairs, healPairs } from '../topology.ts'
import type { Pair } from '../work.ts'
import { delayBetween, placeRegions } from './latency-presets.ts'
import { type LineReader, refuse } from './line-reader.ts'
import { counted, defineVerb, done, refused } from './verb.ts'

export const sync = defineVerb({
  name: 'sync',
  forms: [
    { form: 'sync', does: 'deliver everything in flight, and what that causes, until quiet' },
    { form: 'sync 1 2', does: 'the same, only between these regions' },
  ],
  parse(line) {
    const regions: ReplicaId[] = []
    while (line.peek() !== undefined || regions.length === 1) {
      const word = line.next('a second region')
      const region = line.resolve(word)
      if (regions.includes(region)) refuse(word, 'every region once')
      regions.push(region)
    }
    return regions
  },
  async run({ kernel }, regions) {
    const { journal, now } = kernel
    const before = journal.entries.length
    await syncLinks(kernel, ({ from, to }) => regions.length === 0 || (regions.includes(from) && regions.includes(to)))
    const delivered = journal.entries.slice(before).filter((entry) => entry.kind === 'deliver').length
    return done(`${counted(delivered, 'message')} delivered in ${kernel.now - now} ms`)
  },
})

export const partition = defineVerb({
  name: 'partition',
  forms: [{ form: 'partition 1 | 2 3', does: 'cut every link between the groups' }],
  parse(line) {
    const groups: ReplicaId[][] = [[line.region()]]
    while (line.peek() !== undefined || groups.length === 1) {
      if (line.skip('|')) groups.push([])
      const word = line.next(groups.at(-1)!.length === 0 ? 'a region' : '| and another group')
      const region = line.resolve(word)
      if (groups.some((group) => group.includes(region))) refuse(word, 'every region once')
      groups.at(-1)!.push(region)
    }
    return groups
  },
  async run({ kernel }, groups) {
    const groupOf = (region: ReplicaId) => groups.findIndex((group) => group.includes(region))
    const between = allPairs(kernel).filter(([a, b]) => {
      const [left, right] = [groupOf(a), groupOf(b)]
      return left !== -1 && right !== -1 && left !== right
    })
    return done(`${counted(await cutPairs(kernel, between), 'link')} cut`)
  },
})

export const cut = defineVerb({
  name: 'cut',
  forms: [{ form: 'cut 1-2', does: 'break one link; what is in flight on it is lost and sent again after the heal' }],
  parse: onlyLink,
  async run({ kernel }, pair) {
    return done(`${counted(await cutPairs(kernel, [pair]), 'link')} cut`)
  },
})

export const heal = defineVerb({
  name: 'heal',
  forms: [
    { form: 'heal', does: 'connect all regions again' },
    { form: 'heal 1-2', does: 'connect these two again' },
  ],
  parse: (line) => (line.peek() === undefined ? 'all' : onlyLink(line)),
  async run({ kernel }, which) {
    return done(`${counted(await healPairs(kernel, which === 'all' ? allPairs(kernel) : [which]), 'link')} healed`)
  },
})

export const hold = defineVerb({
  name: 'hold',
  forms: [
    { form: 'hold 1>2', does: 'keep back the messages from 1 to 2 until deliver, release or sync' },
    { form: 'hold all', does: 'the same on every link' },
  ],
  parse: directionOrAll,
  run({ kernel }, which) {
    if (which === 'all') kernel.holdNewLinks = true
    for (const link of which === 'all' ? kernel.network.links : [kernel.network.link(...which)])
      kernel.network.hold(link)
    return done()
  },
})

export const deliver = defineVerb({
  name: 'deliver',
  forms: [{ form: 'deliver 1>2 [3|all]', does: 'let the next message (or 3, or all) through now' }],
  parse(line) {
    const direction = line.direction()
    const count = line.peek() === undefined ? 1 : line.countOrAll()
    return { direction, count }
  },
  async run({ kernel }, { direction, count }) {
    const link = kernel.network.link(...direction)
    const name = direction.join('>')
    if (!link.up) return refused(`the link ${name} is cut, nothing travels on it: heal ${direction.join('-')} first`)
    const messages = Math.min(count, link.inFlight.size)
    await kernel.deliverNow(Array.from({ length: messages }, () => link))
    return done(`${counted(messages, 'message')} delivered, ${link.inFlight.size} left on ${name}`)
  },
})

export const release = defineVerb({
  name: 'release',
  forms: [
    { form: 'release 1>2', does: 'hold messages from 1 to 2 no longer' },
    { form: 'release all', does: 'the same on every link' },
  ],
  parse: directionOrAll,
  run({ kernel }, which) {
    if (which === 'all') kernel.holdNewLinks = false
    for (const link of which === 'all' ? kernel.network.links : [kernel.network.link(...which)]) {
      kernel.network.release(link, kernel.now)
    }
    return done()
  },
})

export const latency = defineVerb({
  name: 'latency',
  forms: [
    { form: 'latency 1-2 80ms [±10ms]', does: 'set the one-way delay of a link, and how much it varies' },
    { form: 'latency preset aws', does: 'delays as measured between AWS regions; names that tell a place are heeded' },
  ],
  parse: (line) =>
    line.skip('preset')
      ? line.oneOf(['aws' as const])
      : { pair: line.link(), latencyMs: line.duration(), jitterMs: line.jitter() },
  run({ kernel }, wanted) {
    const set = ([a, b]: Pair, latencyMs: number, jitterMs: number) => {
      for (const link of [kernel.network.link(a, b), kernel.network.link(b, a)])
        Object.assign(link, { latencyMs, jitterMs })
    }
    if (typeof wanted === 'object') {
      set(wanted.pair, wanted.latencyMs, wanted.jitterMs)
      return done()
    }
    const placed = placeRegions(kernel.regions)
    const indexOf = (id: ReplicaId) => placed.find(({ region }) => region.id === id)?.index ?? 0
    for (const [a, b] of allPairs(kernel)) set([a, b], delayBetween(indexOf(a), indexOf(b)), 0)
    return done(placed.map(({ region, place }) => `${region.name} is ${place}`).join('\n'))
  },
})

export const bandwidth = defineVerb({
  name: 'bandwidth',
  forms: [{ form: 'bandwidth 1-2 1mbps', does: 'how much a link takes per second in each direction (or unlimited)' }],
  parse: (line) => ({ pair: line.link(), bandwidth: line.bandwidth() }),
  run({ kernel }, { pair: [a, b], bandwidth: bytesPerMs }) {
    for (const link of [kernel.network.link(a, b), kernel.network.link(b, a)]) link.bandwidth = bytesPerMs
    return done()
  },
})

export const resend = defineVerb({
  name: 'resend',
  forms: [{ form: 'resend 1>2', does: 'deliver once more what arrived on this connection: nothing may change' }],
  parse: (line) => line.direction(),
  async run({ kernel }, direction) {
    const link = kernel.network.link(...direction)
    if (!link.up) return refused(`the link ${direction.join('>')} is cut, nothing travels on it`)
    const again = [...link.delivered.values()]
    for (const flight of again) await kernel.deliverAgain(flight)
    return done(`${counted(again.length, 'message')} delivered once more`)
  },
})

export const loss = defineVerb({
  name: 'loss',
  forms: [{ form: 'loss 1-2 5%', does: 'lose this share of messages; they are sent again, so they arrive late' }],
  parse: (line) => ({ pair: line.link(), share: line.percentage() }),
  run({ kernel }, { pair: [a, b], share }) {
    for (const link of [kernel.network.link(a, b), kernel.network.link(b, a)]) link.loss = share
    return done()
  },
})

function onlyLink(line: LineReader): Pair {
  return line.link()
}

function directionOrAll(line: LineReader): Pair | 'all' {
  return line.skip('all') ? 'all' : line.direction()
}
