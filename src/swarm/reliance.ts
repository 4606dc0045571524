/** What a region believes its peers to have observed for good decides what it collects (R4). INFO tells it (R5). */
import type { Reply } from '../engine/index.ts'
import { clockFrom } from './checks/books.ts'

/** What is wrong with an INFO reply of a region that has observed `own`; `truth`: what a peer has observed, and would still know after its crash. */
export function relianceFault(
  reply: Reply | undefined,
  own: readonly number[],
  truth: (peer: number) => readonly number[],
): string | undefined {
  const text = typeof reply === 'string' ? reply : ((reply as { readonly text?: string } | undefined)?.text ?? '')
  for (const [, id, clock] of text.matchAll(/^peer\d+:id=(\d+),state=\w+,acknowledged=([\d:;]*)/gm)) {
    const peer = Number(id)
    const acknowledged = clockFrom(clock ?? '')
    const known = truth(peer)
    const author = acknowledged.findIndex((n, r) => n > (known[r] ?? 0))
    if (author !== -1)
      return `relies on region ${peer} for ${author}.${acknowledged[author]}, which may yet be lost there: ${known[author] ?? 0} are safe`
    if ((acknowledged[peer] ?? 0) > (own[peer] ?? 0))
      return `counts what region ${peer} acknowledged after its write ${acknowledged[peer]}, but lacks that write`
  }
  return undefined
}
