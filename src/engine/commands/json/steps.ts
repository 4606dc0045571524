/** What a path says, once it has been read. */
import type { Bytes } from '../../../lib/index.ts'
import type { Json } from '../../crdt/json/value.ts'
import type { Regex } from './regex.ts'

export type Step =
  | { readonly kind: 'fields'; readonly names: readonly Bytes[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number; readonly to: number | null; readonly step: number }
  | { readonly kind: 'all' }
  /** The following steps, from here and from everything below. */
  | { readonly kind: 'descend' }
  | { readonly kind: 'filter'; readonly filter: Filter }

export type Filter =
  | { readonly kind: 'or' | 'and'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'exists'; readonly term: Term }
  | { readonly kind: 'compare'; readonly op: Comparison; readonly left: Term; readonly right: Term }

export type Comparison = '==' | '!=' | '<=' | '<' | '>=' | '>' | '=~'

export type Term =
  | { readonly kind: 'value'; readonly value: Json; readonly regex: Regex | null }
  | { readonly kind: 'path'; readonly from: '@' | '$'; readonly steps: readonly Step[] }

export interface Path {
  /** As typed. */
  readonly original: Bytes
  /** In `$` notation, as errors show it. */
  readonly text: Bytes
  readonly legacy: boolean
  readonly steps: readonly Step[]
}

/** The document itself, in the older notation. */
export const ROOT: Path = { original: '.', text: '$', legacy: true, steps: [] }

export function isRoot(path: Path): boolean {
  return path.steps.length === 0
}
