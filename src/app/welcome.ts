/** What a first visit begins with: sync is paused, and each region has its own idea of one key. */
import { pauseSync } from './control-lines.ts'
import type { Playground } from './playground.ts'

/** As if somebody else had typed it: the terminals show it. */
const SESSION = 1

export async function welcome(playground: Playground): Promise<void> {
  await playground.control(pauseSync())
  for (const region of [1, 2]) {
    // Were the clocks to say the same, it would be left to the smaller id (G5).
    await playground.control('wait 1s')
    await playground.command(region, SESSION, ['SET', 'greeting', `hello from region ${region}`])
  }
  for (const region of [1, 2]) await playground.command(region, SESSION, ['GET', 'greeting'])
}
