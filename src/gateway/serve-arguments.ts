/** The options of `serve`. */
import type { XaddIdMode } from '../engine/index.ts'
import { isLoopback } from './serve/listen.ts'
import { mistake, type Mistake } from './mistake.ts'

export interface ServeRequest {
  readonly kind: 'serve'
  readonly regions: number
  readonly port: number
  readonly controlPort: number
  readonly host: string
  readonly password: string | undefined
  readonly latencyMs: number
  readonly xaddId: XaddIdMode
  /** Causal consistency from the start (R3). */
  readonly causal: boolean
  /** Undefined: a random one, or the recorded one. */
  readonly seed: number | undefined
  readonly testMode: boolean
  /** A folder in which the session is kept. */
  readonly persist: string | undefined
}

const text = { type: 'string' } as const
export const SERVE_OPTIONS = {
  regions: text,
  port: text,
  'control-port': text,
  bind: text,
  password: text,
  latency: text,
  causal: text,
  'xadd-id': text,
  seed: text,
  persist: text,
  'test-mode': { type: 'boolean' },
} as const

type Values = Readonly<Record<string, string | boolean | undefined>>

const MODES: readonly XaddIdMode[] = ['strict', 'semi-strict', 'liberal']
/** G7. */
const MOST_REGIONS = 10

class Refusal extends Error {}

export function readServe(values: Values): ServeRequest | Mistake {
  try {
    return read(values)
  } catch (problem) {
    if (problem instanceof Refusal) return mistake(`serve: ${problem.message}`)
    throw problem
  }
}

function read(values: Values): ServeRequest {
  const testMode = values['test-mode'] === true
  const regions = whole(values, 'regions', testMode ? 1 : 2, MOST_REGIONS) ?? 3
  const port = whole(values, 'port', 0, 65_535 - regions) ?? 7001
  const controlPort = whole(values, 'control-port', 0, 65_535) ?? (port === 0 ? 0 : port - 1)
  if (port !== 0 && controlPort >= port && controlPort < port + regions) {
    throw new Refusal(`--control-port: ${controlPort} is a region's port (${port} to ${port + regions - 1})`)
  }
  const host = string(values, 'bind') ?? '127.0.0.1'
  const password = string(values, 'password')
  if (!isLoopback(host) && password === undefined) {
    throw new Refusal(`--bind ${host} can be reached from other machines: give a --password`)
  }
  if (password === '') throw new Refusal('--password: expected at least one character')
  const causal = string(values, 'causal') ?? 'off'
  if (causal !== 'on' && causal !== 'off') throw new Refusal(`--causal: expected on or off, found ‘${causal}’`)
  const xaddId = MODES.find((mode) => mode === (string(values, 'xadd-id') ?? 'strict'))
  if (xaddId === undefined) throw new Refusal(`--xadd-id: expected ${MODES.join(', ')}, found ‘${values['xadd-id']}’`)
  return {
    kind: 'serve',
    regions,
    port,
    controlPort,
    host,
    password,
    latencyMs: latency(string(values, 'latency') ?? '50ms'),
    xaddId,
    causal: causal === 'on',
    seed: whole(values, 'seed', 0, 4_294_967_295),
    testMode,
    persist: string(values, 'persist'),
  }
}

function string(values: Values, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

function whole(values: Values, name: string, least: number, most: number): number | undefined {
  const value = string(values, name)
  if (value === undefined) return undefined
  const number = Number(value)
  if (/^\d{1,10}$/.test(value) && number >= least && number <= most) return number
  throw new Refusal(`--${name}: expected a number from ${least} to ${most}, found ‘${value}’`)
}

function latency(value: string): number {
  const [, amount, unit] = /^(\d{1,6})(ms|s|)$/.exec(value) ?? []
  if (amount === undefined) throw new Refusal(`--latency: expected a duration such as 80ms or 1s, found ‘${value}’`)
  return Number(amount) * (unit === 's' ? 1000 : 1)
}
