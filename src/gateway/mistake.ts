/** A command line that is wrong, and why. */
export interface Mistake {
  readonly kind: 'mistake'
  readonly text: string
}

export function mistake(text: string): Mistake {
  return { kind: 'mistake', text }
}
