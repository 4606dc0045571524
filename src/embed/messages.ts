/**
 * What a page and a frame with the playground say to each other by `postMessage`. A frame listens to its parent alone, and only when the parent's origin is its own
 * or the one that its address names; it speaks to that origin only. What is malformed is ignored.
 */

export type Action = { readonly action: 'load'; readonly text: string } | { readonly action: 'run' | 'step' | 'reset' }

/** Attributes that are followed when they change. */
export const FOLLOWED = ['scenario', 'src', 'regions', 'given', 'heading', 'height', 'mode', 'readonly'] as const

export const EVENTS = ['ready', 'run', 'result', 'check', 'error', 'resize'] as const
export type EventName = (typeof EVENTS)[number]

/** `open`: the frame listens from now on. */
export interface Told {
  readonly event: EventName | 'open'
  readonly detail: unknown
}

/** The element's name, and the mark of its messages. */
export const ELEMENT = 'crdb-playground'
const MOST_TEXT = 1_000_000

export function actionMessage(action: Action): object {
  return { to: ELEMENT, ...action }
}

export function readAction(data: unknown): Action | null {
  if (!isRecord(data) || data['to'] !== ELEMENT) return null
  const { action, text } = data
  if (action === 'load') return typeof text === 'string' && text.length <= MOST_TEXT ? { action, text } : null
  return action === 'run' || action === 'step' || action === 'reset' ? { action } : null
}

export function eventMessage(event: Told['event'], detail: unknown): object {
  return { from: ELEMENT, event, detail }
}

export function readEvent(data: unknown): Told | null {
  if (!isRecord(data) || data['from'] !== ELEMENT) return null
  const event = (['open', ...EVENTS] as const).find((name) => name === data['event'])
  return event === undefined ? null : { event, detail: data['detail'] }
}

/** The origin with which a frame speaks: the one that its address names, else its own. Null: what is named is no origin of the web. */
export function partnerOrigin(named: string | null, own: string): string | null {
  if (named === null) return own
  if (!/^https?:/.test(named) || !URL.canParse(named)) return null
  return new URL(named).origin
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null
}
