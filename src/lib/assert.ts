/** Programmer errors only: a message names the invariant that was broken. User errors are values, never assertions. */
export class AssertionError extends Error {
  override name = 'AssertionError'
}

export function assert(condition: unknown, invariant: string): asserts condition {
  if (!condition) throw new AssertionError(`broken invariant: ${invariant}`)
}

/** For the default branch of an exhaustive switch. */
export function unreachable(value: never): never {
  throw new AssertionError(`unexpected value: ${String(value)}`)
}
