/** What FT.CREATE declares: which keys an index covers and which of their fields. */
import type { Bytes } from '../../lib/index.ts'

interface FieldBasics {
  /** Hash field, or JSON path. */
  readonly identifier: Bytes
  /** Its name in queries. */
  readonly name: Bytes
  readonly sortable: boolean
  /** Not indexed: only for SORTBY and the like. */
  readonly noIndex: boolean
}
export interface TextField extends FieldBasics {
  readonly type: 'TEXT'
  readonly weight: number
  readonly noStem: boolean
}
export interface TagField extends FieldBasics {
  readonly type: 'TAG'
  readonly separator: string
  readonly caseSensitive: boolean
}
export interface NumericField extends FieldBasics {
  readonly type: 'NUMERIC'
}
export type Field = TextField | TagField | NumericField

export interface IndexDefinition {
  readonly name: Bytes
  readonly on: 'HASH' | 'JSON'
  /** Keys that begin with one of these are covered. */
  readonly prefixes: readonly Bytes[]
  readonly stopWords: ReadonlySet<string>
  /** Whether STOPWORDS was given. */
  readonly ownStopWords: boolean
  readonly fields: readonly Field[]
}

export function fieldNamed(definition: IndexDefinition, name: Bytes): Field | undefined {
  return definition.fields.find((field) => field.name === name)
}
