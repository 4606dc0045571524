/** While a script runs over several inputs, the data are its own: what comes from other regions, and what would tell them how far this one is, waits until it is over (M3). */
import type { Outbox } from './outbox.ts'
import type { Input } from './types.ts'
import { readMessage } from './wire.ts'

const NOT_HELD: ReadonlySet<Input['kind']> = new Set(['command', 'open-session', 'close-session', 'tick'])

export class HeldInputs {
  #held: Input[] = []

  get isEmpty(): boolean {
    return this.#held.length === 0
  }

  /** The input, or a tick in its place if it is held. */
  sift(input: Input, outbox: Outbox): Input {
    if (NOT_HELD.has(input.kind)) return input
    if (input.kind === 'disconnect') {
      // What was asked for over this connection must not be sent over the next one, which waits for its own pull.
      outbox.streaming.delete(input.peer)
      this.#held = this.#held.filter((one) => !(one.kind === 'deliver' && one.from === input.peer && isPull(one.bytes)))
    }
    this.#held.push(input)
    return { kind: 'tick', now: input.now }
  }

  /** All, as if they came now. */
  take(now: number): Input[] {
    const held = this.#held
    this.#held = []
    return held.map((input) => ({ ...input, now }))
  }
}

function isPull(bytes: Uint8Array): boolean {
  return readMessage(bytes).what === 'pull'
}
