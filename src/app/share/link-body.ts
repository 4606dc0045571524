/**
 * A session's log as bytes: the settings, then the inputs, times as differences. What usually is so takes no room: numbered regions, a region's one
 * connection, ends of connections that a replay does without.
 */
import { bytesOfText, ByteReader, ByteWriter, validTextOfBytes } from '../../lib/index.ts'
import type { SessionInput, SessionLog } from '../../simulation/index.ts'
import { collectLog, UnfitSession } from './clean.ts'
import { withoutIdleCloses } from './connections.ts'
import { MOST_INPUTS } from './limits.ts'

/** The number that the page gives a region's first connection. */
const USUAL_SESSION = 1000

const HELD = 1
const NUMBERED_REGIONS = 2
/** Kinds of inputs; a command of a connection other than the region's last one names it. */
const COMMAND = 0
const COMMAND_OF = 1
const CONTROL = 2
const CLOSE = 3
const KINDS = 4

const numberedRegion = (index: number) => `Region ${index + 1}`

/** What a replay needs, and no more. */
export function bodyOf({ settings, inputs, until }: SessionLog): Uint8Array {
  const { seed, regions, epochMs, latencyMs, held } = settings
  const out = new ByteWriter()
  const areNumbered = regions.every((name, i) => name === numberedRegion(i))
  out.uint((held ? HELD : 0) + (areNumbered ? NUMBERED_REGIONS : 0))
  out.uint(regions.length)
  if (!areNumbered) for (const name of regions) out.string(bytesOfText(name))
  out.uint(seed)
  out.uint(epochMs)
  out.uint(latencyMs)
  const kept = withoutIdleCloses(inputs, until)
  const last = new Map<number, number>()
  let at = 0
  out.uint(kept.length)
  for (const input of kept) {
    writeInput(out, input, last)
    out.uint(input.at - at)
    at = input.at
  }
  out.uint(until - at)
  return out.take()
}

function writeInput(out: ByteWriter, input: SessionInput, last: Map<number, number>): void {
  if (input.kind === 'control') {
    out.uint(CONTROL)
    out.string(bytesOfText(input.line))
    return
  }
  const { region, session } = input
  if (input.kind === 'command') {
    const isUsual = (last.get(region) ?? USUAL_SESSION) === session
    last.set(region, session)
    out.uint((isUsual ? COMMAND : COMMAND_OF) + KINDS * region)
    if (!isUsual) out.uint(session)
    out.uint(input.argv.length)
    for (const word of input.argv) out.string(word)
    return
  }
  out.uint(CLOSE + KINDS * region)
  out.uint(session)
}

/** Throws `UnfitSession`, and nothing else. */
export function logOfBody(body: Uint8Array): SessionLog {
  const reader = new ByteReader(body)
  try {
    const flags = reader.uint()
    const count = Math.min(reader.uint(), 100)
    const regions = Array.from({ length: count }, (_, i) =>
      flags & NUMBERED_REGIONS ? numberedRegion(i) : textOf(reader),
    )
    const settings = {
      regions,
      seed: reader.uint(),
      epochMs: reader.uint(),
      latencyMs: reader.uint(),
      held: (flags & HELD) > 0,
    }
    const inputs = [...readInputs(reader)]
    const until = reader.uint() + (inputs.at(-1)?.at ?? 0)
    if (!reader.done) throw new UnfitSession('It holds more than a session.')
    return collectLog(settings, until, inputs)
  } catch (reason) {
    if (reason instanceof UnfitSession) throw reason
    throw new UnfitSession('What it holds is no session.')
  }
}

function* readInputs(reader: ByteReader): Generator<{ readonly at: number }> {
  const last = new Map<number, number>()
  let at = 0
  const count = reader.uint()
  if (count > MOST_INPUTS) throw new UnfitSession('It holds more than a session can.')
  for (let i = 0; i < count; i++) {
    const input = readInput(reader, last)
    at += reader.uint()
    yield { ...input, at }
  }
}

function readInput(reader: ByteReader, last: Map<number, number>): object {
  const head = reader.uint()
  const kind = head % KINDS
  const region = Math.floor(head / KINDS)
  if (kind === CONTROL) return { kind: 'control', line: textOf(reader) }
  if (kind === CLOSE) return { kind: 'close', region, session: reader.uint() }
  const session = kind === COMMAND ? (last.get(region) ?? USUAL_SESSION) : reader.uint()
  last.set(region, session)
  const argv: string[] = []
  for (let left = reader.uint(); left > 0; left--) argv.push(reader.string())
  return { kind: 'command', region, session, argv }
}

function textOf(reader: ByteReader): string {
  const text = validTextOfBytes(reader.string())
  if (text === undefined) throw new UnfitSession('What it holds is no session.')
  return text
}
