import { bytesOfText } from '../../../lib/index.ts'
import { verbatim } from '../../reply.ts'
import { int, named, opt, rest } from '../arguments.ts'
import { command } from '../command.ts'
import { REDIS_VERSION } from '../version.ts'

const WIDTH = 47
const HEIGHT = 11
const INK = ' .·:+*#'

/** LOLWUT [VERSION version] [anything] → a drawing: waves from three regions that meet, another one each time. */
export const lolwut = command({
  name: 'LOLWUT',
  group: 'server',
  since: '5.0.0',
  summary: 'Draws something, and tells the version.',
  complexity: 'O(1)',
  flags: ['readonly', 'fast'],
  args: { version: opt(named('VERSION', int())), parameters: rest('argument') },
  activeActive: 'Local.',
  run({ random }) {
    const regions = [0, 1, 2].map(() => ({
      x: random.below(WIDTH),
      y: random.below(HEIGHT),
      length: 4 + random.below(5),
    }))
    const lines: string[] = []
    for (let y = 0; y < HEIGHT; y++) {
      let line = ''
      for (let x = 0; x < WIDTH; x++) {
        const height = regions.reduce((sum, region) => sum + waveAt(region, x, y), 0)
        line += INK[Math.min(INK.length - 1, Math.floor((height / 3) * INK.length))] ?? ' '
      }
      lines.push(line.trimEnd())
    }
    return verbatim(bytesOfText(`${lines.join('\n')}\n\nThree regions converging. Redis ver. ${REDIS_VERSION}\n`))
  },
})

/** Height of a region's wave, 0 … 1; a character is twice as high as wide. No trigonometry: its last bits differ between machines. */
function waveAt(region: { x: number; y: number; length: number }, x: number, y: number): number {
  const distance = Math.sqrt((x - region.x) ** 2 + (2 * (y - region.y)) ** 2)
  return Math.abs(2 * ((distance / region.length) % 1) - 1)
}
