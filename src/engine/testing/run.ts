/** For tests of commands: one instance alone, with a fixed seed and a clock that stands still until it is set. */
import type { Bytes } from '../../lib/index.ts'
import { Instance } from '../instance.ts'
import type { Reply } from '../reply.ts'

/** 2026-01-01 00:00:00 UTC. */
export const START_MS = 1767225600000

export interface TestInstance {
  readonly instance: Instance
  /** Runs a line: words between spaces; "double quotes" keep spaces together and know `\xHH`, `\"` and `\\`. */
  run(line: string, session?: number): Reply
  /** Runs words as they are. */
  readonly call: (argv: readonly Bytes[], session?: number) => Reply
  /** Sets the time, ms since 1970. */
  at(ms: number): void
}

export function newInstance(): TestInstance {
  const instance = new Instance({ id: 1, name: 'test', solo: true, seed: 1, replicationInfo: () => [] })
  let now = START_MS
  const call = (argv: readonly Bytes[], session = 1) => instance.execute(session, argv, now)
  return {
    instance,
    call,
    run: (line, session = 1) => call(wordsOf(line), session),
    at(ms) {
      now = ms
    },
  }
}

function wordsOf(line: string): Bytes[] {
  const words: Bytes[] = []
  for (const [, quoted, plain] of line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)) {
    words.push(
      plain ??
        (quoted as string).replace(/\\(?:x([0-9a-fA-F]{2})|(.))/g, (_, hex: string | undefined, other: string) =>
          hex === undefined ? other : String.fromCharCode(parseInt(hex, 16)),
        ),
    )
  }
  return words
}
