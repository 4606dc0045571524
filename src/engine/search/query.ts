/** A query as a tree, and the settings that its words are read under. */
import type { Field, NumericField, TagField } from './schema.ts'

export type QueryNode =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  /** `fields`: only in these; null: in all text fields. */
  | {
      readonly kind: 'term'
      readonly term: string
      readonly verbatim: boolean
      readonly fields: readonly Field[] | null
    }
  | { readonly kind: 'prefix' | 'suffix' | 'infix'; readonly text: string; readonly fields: readonly Field[] | null }
  | {
      readonly kind: 'fuzzy'
      readonly text: string
      readonly distance: number
      readonly fields: readonly Field[] | null
    }
  | { readonly kind: 'phrase'; readonly terms: readonly string[]; readonly fields: readonly Field[] | null }
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly QueryNode[] }
  | { readonly kind: 'not' | 'optional'; readonly node: QueryNode }
  | { readonly kind: 'tag'; readonly field: TagField; readonly tags: readonly TagPattern[] }
  | { readonly kind: 'range'; readonly field: NumericField; readonly range: NumericRange }

export interface TagPattern {
  readonly kind: 'is' | 'prefix' | 'suffix' | 'infix'
  readonly text: string
}

export interface NumericRange {
  readonly min: number
  readonly max: number
  readonly minExclusive: boolean
  readonly maxExclusive: boolean
}

export function inRange(value: number, { min, max, minExclusive, maxExclusive }: NumericRange): boolean {
  return (minExclusive ? value > min : value >= min) && (maxExclusive ? value < max : value <= max)
}
