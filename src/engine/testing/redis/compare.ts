/** Whether two replies to one command say the same, given what a command promises: order, chance, time. */
import type { Bytes } from '../../../lib/index.ts'
import type { Reply } from '../../reply.ts'
import { formatDouble } from '../../resp2.ts'

/** Elements in any order. */
const UNORDERED = new Set(['KEYS', 'SMEMBERS', 'SUNION', 'SINTER', 'SDIFF', 'HKEYS', 'HVALS'])
/** Pairs in any order. */
const PAIRS = new Set(['HGETALL'])
/** Chance decides: only the kind and number of what comes back are compared. */
const RANDOM = new Set(['SPOP', 'SRANDMEMBER', 'HRANDFIELD', 'ZRANDMEMBER', 'RANDOMKEY'])
/** Whole numbers near each other: the clocks were read at different moments. */
const NEAR: Readonly<Record<string, number>> = {
  TTL: 2,
  PTTL: 2e3,
  EXPIRETIME: 2,
  PEXPIRETIME: 2e3,
}
/** Only success or the error counts: the content is the server's own business. */
const KIND_ONLY = new Set(['DUMP', 'OBJECT', 'SCAN'])
/** A cursor and what comes with it; compared when asked from the start and both are through. */
const SCANS = new Set(['SSCAN', 'HSCAN', 'ZSCAN'])

const text = (reply: Reply): string =>
  JSON.stringify(reply, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))

const isError = (reply: Reply) => text(reply).startsWith('{"type":"error"')

function kindOf(reply: Reply): string {
  if (Array.isArray(reply)) return `array of ${reply.length}`
  if (typeof reply === 'object' && reply !== null && 'type' in reply) return reply.type
  return reply === null ? 'null' : typeof reply
}

function pairsOf(list: readonly Reply[]): string[] {
  const out: string[] = []
  for (let i = 0; i < list.length; i += 2) out.push(text(list.slice(i, i + 2)))
  return out.sort()
}

const sorted = (list: readonly Reply[]): string => list.map(text).sort().join()

/** Redis before 7.2 prints scores with 17 digits, later ones with as few as tell the double from its neighbours. */
function sameScores(ours: Reply, theirs: Reply): boolean {
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    return ours.length === theirs.length && ours.every((item, i) => sameScores(item, theirs[i] as Reply))
  }
  if (text(ours) === text(theirs)) return true
  return typeof theirs === 'string' && /^-?\d[\d.]{15,}|e[+-]/.test(theirs) && ours === formatDouble(Number(theirs))
}

export function sameReply(argv: readonly Bytes[], ours: Reply, theirs: Reply): boolean {
  if (text(ours) === text(theirs)) return true
  if (isError(ours) || isError(theirs)) return false
  const name = (argv[0] ?? '').toUpperCase()
  if (/^B?Z/.test(name) && sameScores(ours, theirs)) return true
  if (KIND_ONLY.has(name)) return true
  if (RANDOM.has(name)) return kindOf(ours) === kindOf(theirs)
  const near = NEAR[name]
  if (near !== undefined) {
    return (
      typeof ours === 'number' &&
      typeof theirs === 'number' &&
      ours > 0 &&
      theirs > 0 &&
      Math.abs(ours - theirs) <= near
    )
  }
  if (!Array.isArray(ours) || !Array.isArray(theirs)) return false
  if (name === 'XINFO') return text(settled(ours)) === text(settled(theirs))
  if (name === 'XPENDING') return text(ours.map(withoutIdle)) === text(theirs.map(withoutIdle))
  if (SCANS.has(name)) return Number(argv[2]) !== 0 || sameScan(name, ours, theirs)
  if (name.startsWith('SORT') && isUnsorted(argv)) {
    return ours.length === theirs.length && (isLimited(argv) || sorted(ours) === sorted(theirs))
  }
  if (UNORDERED.has(name)) return sorted(ours) === sorted(theirs)
  return PAIRS.has(name) && pairsOf(ours).join() === pairsOf(theirs).join()
}

/** What XINFO says without times, and without what 7.0 does not tell. */
function settled(reply: Reply): Reply {
  if (!Array.isArray(reply)) return typeof reply === 'number' && reply > 1e12 ? 'time' : reply
  const out: Reply[] = []
  for (let i = 0; i < reply.length; i++) {
    const item = reply[i] as Reply
    if (item === 'inactive' || item === 'active-time' || item === 'idle') i++
    else out.push(settled(item))
  }
  return out
}

/** An entry of XPENDING without the time since its delivery, which took place at different moments. */
function withoutIdle(entry: Reply): Reply {
  return Array.isArray(entry) && entry.length === 4 && typeof entry[2] === 'number' ? entry.toSpliced(2, 1) : entry
}

/**
 * BY a pattern without `*`: the elements in no order, of which LIMIT takes any. BY with ALPHA leaves those in no order whose texts are equal, or which have
 * none.
 */
function isUnsorted(argv: readonly Bytes[]): boolean {
  const words = argv.map((word) => word.toUpperCase())
  const by = argv[words.lastIndexOf('BY') + 1] ?? ''
  return words.includes('BY') && (!by.includes('*') || words.includes('ALPHA'))
}

const isLimited = (argv: readonly Bytes[]): boolean => argv.some((word) => word.toUpperCase() === 'LIMIT')

function sameScan(name: string, ours: readonly Reply[], theirs: readonly Reply[]): boolean {
  const [[ourNext, ourItems], [theirNext, theirItems]] = [ours, theirs]
  if (ourNext !== '0' || theirNext !== '0') return true
  if (!Array.isArray(ourItems) || !Array.isArray(theirItems)) return false
  if (name === 'ZSCAN') {
    const shortest = theirItems.map((item, i) =>
      i % 2 === 1 && !/inf/.test(String(item)) ? formatDouble(Number(item)) : item,
    )
    return pairsOf(ourItems).join() === pairsOf(shortest).join()
  }
  if (name === 'HSCAN') return pairsOf(ourItems).join() === pairsOf(theirItems).join()
  return sorted(ourItems) === sorted(theirItems)
}
