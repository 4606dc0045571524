/** Verbs about time. */
import { refuse } from './line-reader.ts'
import { defineVerb, done } from './verb.ts'

const FASTEST = 1_000_000

export const clock = defineVerb({
  name: 'clock',
  forms: [{ form: 'clock 2 +5s', does: "set how far region 2's wall clock is ahead (or -5s: behind; 0: right)" }],
  parse: (line) => ({ region: line.region(), skewMs: line.signedDuration() }),
  run({ kernel }, { region, skewMs }) {
    kernel.setSkew(kernel.region(region), skewMs)
    return done()
  },
})

export const wait = defineVerb({
  name: 'wait',
  forms: [{ form: 'wait 10s', does: 'let virtual time pass' }],
  parse: (line) => line.duration(),
  async run({ kernel }, durationMs) {
    await kernel.advanceTo(kernel.now + durationMs)
    return done()
  },
})

export const speed = defineVerb({
  name: 'speed',
  forms: [{ form: 'speed 10x|max', does: 'run at ten times real time (0x: paused; max: as fast as possible)' }],
  parse(line) {
    const expected = `a speed from 0x to ${FASTEST}x, or max`
    const word = line.next(expected)
    if (word.text.toLowerCase() === 'max') return Number.POSITIVE_INFINITY
    const times = /^(\d+(?:\.\d+)?)x?$/.exec(word.text)?.[1]
    return times !== undefined && Number(times) <= FASTEST ? Number(times) : refuse(word, expected)
  },
  run({ dials }, times) {
    dials.speed = times
    return done()
  },
})

export const pause = defineVerb({
  name: 'pause',
  forms: [{ form: 'pause', does: 'stop virtual time; commands still run' }],
  parse: () => null,
  run({ dials }) {
    dials.speed = 0
    return done()
  },
})

export const step = defineVerb({
  name: 'step',
  forms: [{ form: 'step', does: 'go to the next thing that happens' }],
  parse: () => null,
  async run({ kernel }) {
    const next = kernel.nextEventAt()
    if (next === undefined) return done('nothing is under way')
    await kernel.runInstant(next)
    return done()
  },
})
