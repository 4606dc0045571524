/** What a region that starts again takes from its disk (R7). */
import type { Parts } from './apply-settings.ts'
import type { Ready } from './inbox.ts'
import { joinWholeState } from './whole-state.ts'
import { readMessage } from './wire.ts'

/** Own writes among them are kept for peers that lack them. `apply` applies what is next. */
export function takeIn(messages: readonly Uint8Array[], parts: Parts, apply: (ready: Ready) => void): void {
  const { instance, inbox, outbox } = parts
  const { clock, self } = instance.keyspace
  outbox.streaming.clear()
  for (const message of messages) {
    const { what, body } = readMessage(message)
    if (what === 'snapshot') {
      joinWholeState(body, parts)
      continue
    }
    for (const ready of inbox.read(body, self, clock, () => true).ready) {
      apply(ready)
      const { origin, first, count } = ready.head
      if (origin === self) outbox.keep([first, first + count - 1], ready.bytes)
    }
  }
  instance.take()
}
