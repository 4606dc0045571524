import { assert } from '../lib/index.ts'
import type { Kernel } from './kernel.ts'
import type { Link } from './network.ts'

const MOST_ROUNDS = 1_000_000

/**
 * Delivers all that is in flight on the chosen links, and what that causes, until they are quiet. Held messages are delivered at once and their links
 * stay held; the others arrive in their time, which passes for everybody. What is due when the last message has arrived is still run
 * (acknowledgements); later ticks are not waited for, and cut links stay cut.
 */
export async function syncLinks(kernel: Kernel, chosen: (link: Link) => boolean): Promise<void> {
  const links = () => kernel.network.links.filter((link) => link.inFlight.size > 0 && chosen(link))
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    const busy = links()
    const held = busy.filter((link) => link.held).flatMap((link) => link.inFlight.values())
    const next = kernel.nextEventAt()
    if (held.length > 0) {
      await kernel.deliverNow(held.sort((a, b) => a.message - b.message).map(({ link }) => link))
    } else if (next !== undefined && (busy.length > 0 || next <= kernel.now)) {
      await kernel.runInstant(next)
    } else {
      return
    }
  }
  assert(false, 'replicas that are left alone become quiet')
}
