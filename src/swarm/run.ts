/** A run as plain data: what the simulator draws from a seed, plays, checks, and shrinks when it failed. */
import type { Bytes } from '../lib/index.ts'
import type { SessionSettings } from '../simulation/index.ts'

/** Lines that one session of a region runs one after another, without anything in between. */
export interface CommandStep {
  readonly kind: 'commands'
  readonly region: number
  readonly session: number
  readonly lines: readonly (readonly Bytes[])[]
}

export interface ControlStep {
  readonly kind: 'control'
  readonly line: string
}

export type Step = CommandStep | ControlStep

export interface Run {
  readonly settings: SessionSettings
  readonly steps: readonly Step[]
}

/** `check` names what was broken, so that a shorter run can be told to fail alike; `expect`: control lines of which one is refused at the end. */
export interface Failure {
  readonly check: string
  readonly text: string
  readonly expect?: readonly string[]
}
