import { expect, test } from 'vitest'
import { Random } from '../../lib/index.ts'
import type { SessionInput, SessionLog } from '../../simulation/index.ts'
import { pageSettings } from '../settings.ts'
import { LONGEST_LINK, linkOf, logOfLink } from './link.ts'
import { UnfitSession } from './clean.ts'

const EPOCH = 1_795_600_000_000

/** As somebody types it: `2: GET k`, or a control line; a few seconds between two lines, and milliseconds to each. */
function typed(lines: readonly string[], regions = 2): SessionLog {
  const random = new Random(5)
  let at = 0
  const inputs = lines.map((line): SessionInput => {
    at += 900 + random.below(7000)
    const [, region, command] = /^(\d): (.*)$/.exec(line) ?? []
    if (!region || !command) return { at, kind: 'control', line }
    return { at, kind: 'command', region: Number(region), session: 1000, argv: command.split(' ') }
  })
  return { settings: pageSettings(regions, EPOCH, 3_123_456_789), inputs, until: at + 12_345 }
}

const CONFLICTS = [
  'hold all', '1: SET greeting hello', '2: SET greeting bonjour', '1: INCR visits', '2: INCRBY visits 5', '1: SADD basket apple pear',
  '2: SREM basket apple', '1: HSET user:42 name Ada city London', '2: HSET user:42 city Paris', '1: GET greeting', '2: GET greeting', 'sync',
  '1: GET greeting', '2: GET greeting', '1: SMEMBERS basket', '2: HGETALL user:42', '1: GET visits', '2: DEL user:42', '1: EXPIRE greeting 60', 'sync',
] // prettier-ignore

const TYPES = [
  '1: RPUSH queue job-1 job-2 job-3', '2: LPOP queue', '1: ZADD board 12 ada 7 grace 31 linus', '2: ZINCRBY board 5 grace',
  '3: XADD orders * item keyboard quantity 2', '1: XADD orders * item mouse quantity 1', '2: XGROUP CREATE orders shipping 0', '2: XREADGROUP GROUP shipping worker-1 COUNT 10 STREAMS orders >',
  'cut 1-3', '1: PFADD visitors alice bob carol', '3: PFADD visitors dave', '3: JSON.SET doc $ {"name":"Ada","tags":["a","b"]}', '1: JSON.SET doc $.name "Grace"',
  'partition 1 | 2 3', '1: SET session:9f2c user=ada EX 3600', '2: APPEND log line-one', '3: APPEND log line-two', 'heal', 'sync', 'expect converged',
] // prettier-ignore

test.each([
  ['of conflicts in two regions', typed(CONFLICTS), 550],
  ['of many types in three regions', typed(TYPES, 3), 850],
])('a session of twenty lines %s makes a link of less than 1,000 characters', async (_, log, atMost) => {
  expect(log.inputs).toHaveLength(20)
  const link = await linkOf(log)
  expect(link.length).toBeLessThan(atMost)
  expect(await logOfLink(link)).toEqual(log)
})

test('a link holds all that a replay needs: any bytes, other connections, names, held links; but no connection that ends with the log', async () => {
  const every = Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).join('')
  const log: SessionLog = {
    settings: { seed: 0, regions: ['Zürich', 'São Paulo'], epochMs: 1, latencyMs: 0, held: true },
    inputs: [
      { at: 0, kind: 'command', region: 2, session: 1, argv: ['SET', '', every] },
      { at: 0, kind: 'control', line: 'partition Zürich | "São Paulo"' },
      { at: 7, kind: 'command', region: 2, session: 1000, argv: ['BLPOP', 'q', '0'] },
      { at: 8, kind: 'close', region: 2, session: 1000 },
      { at: 8, kind: 'close', region: 2, session: 1000 },
      { at: 9, kind: 'command', region: 1, session: 1001, argv: ['GET', 'k'] },
      { at: 9, kind: 'command', region: 2, session: 1000, argv: ['GET', 'k'] },
      { at: 9, kind: 'close', region: 2, session: 1 },
    ],
    until: 9,
  }
  expect(await logOfLink(await linkOf(log))).toEqual({
    ...log,
    inputs: log.inputs.filter((_, i) => i !== 4 && i !== 7),
  })
})

test('whoever a link is sent to by a messenger may get a full stop with it', async () => {
  const log = typed(CONFLICTS)
  expect(await logOfLink(`${await linkOf(log)}).`)).toEqual(log)
})

async function refusal(fragment: string): Promise<string> {
  const error: unknown = await logOfLink(fragment).then(
    () => 'it was accepted',
    (reason: unknown) => reason,
  )
  if (!(error instanceof UnfitSession)) throw error
  return error.message
}

test('a link that is cut short, changed, or of another version is refused and says so', async () => {
  const link = await linkOf(typed(CONFLICTS))
  expect(await refusal(link.slice(0, -5))).toMatch(/not complete/)
  expect(await refusal(`${link.slice(0, 40)}${link[40] === 'A' ? 'B' : 'A'}${link.slice(41)}`)).toMatch(/not complete/)
  expect(await refusal(link.replace('session=1', 'session=2'))).toMatch(/newer version/)
  expect(await refusal(link.replace('session=1', 'session=0'))).toMatch(/no longer read/)
  expect(await refusal('session=')).toMatch(/not complete/)
  expect(await refusal(`session=1.${'A'.repeat(300_000)}`)).toMatch(/too long/)
})

/** A link whose checksum is right, whatever it holds. */
async function forged(inputs: readonly unknown[], settings: object = {}, until = 1e6): Promise<string> {
  return linkOf({ settings: { ...pageSettings(2, EPOCH, 1), ...settings }, inputs: inputs as SessionInput[], until })
}

test('a hostile link with a good checksum is refused: too much once inflated, wrong numbers, unfit names', async () => {
  const bomb = { at: 0, kind: 'command', region: 1, session: 1000, argv: ['SET', 'k', 'x'.repeat(30_000_000)] }
  const link = await forged([bomb])
  expect(link.length).toBeLessThan(60_000)
  expect(await refusal(link)).toMatch(/more than a session can/)
  const tick = { at: 1, kind: 'control', line: '' }
  expect(await refusal(await forged(Array.from({ length: 30_000 }, () => tick)))).toMatch(/more than a session can/)
  expect(await refusal(await forged([], {}, 2 ** 50))).toMatch(/until/)
  expect(await refusal(await forged([{ ...bomb, argv: [] }]))).toMatch(/argv/)
  expect(await refusal(await forged([], { latencyMs: 1e12 }))).toMatch(/latencyMs/)
  expect(await refusal(await forged([], { epochMs: 2 ** 51 }))).toMatch(/epochMs/)
  expect(await refusal(await forged([], { regions: [] }))).toMatch(/regions/)
  expect(await refusal(await forged([], { regions: ['a', 'A'] }))).toMatch(/differ/)
  expect(await refusal(await forged([], { regions: ['\x1b]0;owned\x07', 'b'] }))).toMatch(/names/)
})

test('whatever is done to a link, it is opened or refused, and nothing else', async () => {
  const random = new Random(Number(process.env.LINK_SEED ?? 20261125))
  const good = await Promise.all([linkOf(typed(CONFLICTS)), linkOf(typed(TYPES, 3)), linkOf(typed([]))])
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.%#\u0000é'
  const letter = () => alphabet[random.below(alphabet.length)] ?? ''
  const outcomes: unknown[] = []
  for (let run = 0; run < 1500; run++) {
    let link = good[random.below(good.length)] ?? ''
    for (let changes = 1 + random.below(4); changes > 0; changes--) {
      const at = random.below(link.length + 1)
      const length = random.below(12)
      const way = random.below(4)
      if (way === 0) link = link.slice(0, at) + letter() + link.slice(at + 1)
      else if (way === 1) link = link.slice(0, at) + link.slice(at + length)
      else if (way === 2) link = link.slice(0, at) + Array.from({ length }, letter).join('') + link.slice(at)
      else link = link.slice(0, at) + link.slice(random.below(link.length + 1))
    }
    outcomes.push(await logOfLink(link).catch((reason: unknown) => reason))
  }
  expect(outcomes.filter((outcome) => outcome instanceof Error && !(outcome instanceof UnfitSession))).toEqual([])
  expect(outcomes.filter((outcome) => outcome instanceof UnfitSession).length).toBeGreaterThan(1400)
})

test('the body, too, may be anything', async () => {
  const { logOfBody, bodyOf } = await import('./link-body.ts')
  const random = new Random(Number(process.env.LINK_SEED ?? 20261125))
  const good = [bodyOf(typed(CONFLICTS)), bodyOf(typed(TYPES, 3))]
  const refusals: unknown[] = []
  for (let run = 0; run < 5000; run++) {
    const body = Uint8Array.from(good[run % 2] as Uint8Array)
    for (let changes = 1 + random.below(3); changes > 0; changes--) body[random.below(body.length)] = random.below(256)
    const end = random.chance(0.3) ? random.below(body.length) : body.length
    try {
      logOfBody(body.subarray(0, end))
    } catch (reason) {
      refusals.push(reason)
    }
  }
  expect(refusals.filter((reason) => !(reason instanceof UnfitSession))).toEqual([])
  expect(refusals.length).toBeGreaterThan(1000)
})

test('what makes a link too long is measured in characters', async () => {
  const random = new Random(9)
  const value = () => Array.from({ length: 40 }, () => String.fromCharCode(97 + random.below(26))).join('')
  const long = typed(Array.from({ length: 300 }, (_, i) => `1: SET key${i} ${value()}`))
  expect((await linkOf(long)).length).toBeGreaterThan(LONGEST_LINK)
})
