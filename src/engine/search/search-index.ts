/**
 * One index: postings of terms with positions, tags, numbers. Changed keys are noted and read again when the next question comes, so that a write costs
 * next to nothing and local writes, remote effects, merges, deletions and renames are one case.
 */
import { textOfBytes, type Bytes } from '../../lib/index.ts'
import type { Keyspace } from '../keyspace/keyspace.ts'
import { documentOf, numberOfBytes, type Document } from './documents.ts'
import type { Field, IndexDefinition, TagField, TextField } from './schema.ts'
import { stemTerm, tokens } from './text.ts'

/** A document that is in the index. */
export interface Entry {
  readonly key: Bytes
  /** Rises with the order of indexing: ties of score are listed so. */
  readonly id: number
  /** Terms in all of its text fields. */
  length: number
  readonly expires: boolean
  /** Where it stands: for its removal. */
  readonly terms: (readonly [field: Bytes, term: string])[]
  readonly tags: (readonly [field: Bytes, tag: string])[]
  readonly numbers: Map<Bytes, number>
}

/** Per term, per document: the positions at which it stands. */
type Postings = Map<string, Map<Entry, number[]>>

export class SearchIndex {
  definition: IndexDefinition
  readonly entries = new Map<Bytes, Entry>()
  readonly text = new Map<Bytes, Postings>()
  readonly tags = new Map<Bytes, Map<string, Set<Entry>>>()
  /** Words that stand for each other, by group. */
  readonly synonyms = new Map<Bytes, Set<string>>()
  totalLength = 0
  /** Documents that could not be indexed: a NUMERIC field held something else. */
  failures = 0
  lastId = 0
  /** Stems of the words seen so far: stemming is slow, and words repeat. */
  readonly #stems = new Map<string, string | undefined>()
  readonly #touched = new Set<Bytes>()
  readonly #expiring = new Set<Entry>()
  #everything: boolean

  constructor(definition: IndexDefinition, skipsPresent = false) {
    this.definition = definition
    this.#everything = !skipsPresent
  }

  /** A key may have changed. */
  touched(key: Bytes): void {
    if (!this.#everything && this.#covers(key)) this.#touched.add(key)
  }

  /** The schema changed: read every key again. */
  rebuild(definition: IndexDefinition): void {
    this.definition = definition
    this.#everything = true
  }

  #covers(key: Bytes): boolean {
    return this.definition.prefixes.some((prefix) => key.startsWith(prefix))
  }

  /** Brings the index up to what can be seen at `now`. */
  refresh(keyspace: Keyspace, now: number): void {
    if (this.#everything) {
      this.#everything = false
      for (const key of this.entries.keys()) this.#remove(key)
      for (const key of keyspace.keys.keys()) if (this.#covers(key)) this.#touched.add(key)
    }
    for (const entry of this.#expiring) this.#touched.add(entry.key)
    for (const name of this.#touched) {
      this.#remove(name)
      const key = keyspace.find(name, now)
      const document = key === undefined ? undefined : documentOf(key, this.definition.on, now)
      if (document !== undefined) this.#add(name, document)
    }
    this.#touched.clear()
  }

  #add(key: Bytes, document: Document): void {
    const { fields } = this.definition
    const values = fields.map((field) => document.values(field.identifier))
    const numbers = new Map<Bytes, number>()
    for (const [i, field] of fields.entries()) {
      const value = values[i]?.[0]
      if (field.type !== 'NUMERIC' || value === undefined) continue
      const number = numberOfBytes(value)
      if (number === undefined) {
        this.failures++
        return
      }
      numbers.set(field.name, number)
    }
    const entry: Entry = {
      key,
      id: ++this.lastId,
      length: 0,
      expires: document.expires,
      terms: [],
      tags: [],
      numbers,
    }
    for (const [i, field] of fields.entries()) this.#addField(entry, field, values[i] ?? [])
    this.totalLength += entry.length
    this.entries.set(key, entry)
    if (entry.expires) this.#expiring.add(entry)
  }

  #addField(entry: Entry, field: Field, values: readonly Bytes[]): void {
    if (values.length === 0 || field.noIndex) return
    if (field.type === 'TEXT') this.#addText(entry, field, values.map(textOfBytes).join(' '))
    else if (field.type === 'TAG') {
      for (const tag of new Set(values.flatMap((value) => [...tagsOf(field, textOfBytes(value))]))) {
        const tags = getOrMake(this.tags, field.name, () => new Map<string, Set<Entry>>())
        getOrMake(tags, tag, () => new Set<Entry>()).add(entry)
        entry.tags.push([field.name, tag])
      }
    }
  }

  /** Stop words are kept, at the position of the word after them, for queries that consist of nothing else. */
  #addText(entry: Entry, field: TextField, text: string): void {
    const postings = getOrMake(this.text, field.name, () => new Map() as Postings)
    const note = (term: string, position: number) => {
      const documents = getOrMake(postings, term, () => new Map<Entry, number[]>())
      const positions = documents.get(entry)
      if (positions === undefined) {
        documents.set(entry, [position])
        entry.terms.push([field.name, term])
      } else positions.push(position)
    }
    let position = 0
    for (const { term } of tokens(text)) {
      note(term, position)
      if (this.definition.stopWords.has(term)) continue
      const stem = field.noStem ? undefined : this.#stemOf(term)
      if (stem !== undefined) note(stem, position)
      position++
    }
    entry.length += position
  }

  #stemOf(term: string): string | undefined {
    if (!this.#stems.has(term)) this.#stems.set(term, stemTerm(term))
    return this.#stems.get(term)
  }

  #remove(key: Bytes): void {
    const entry = this.entries.get(key)
    if (entry === undefined) return
    this.entries.delete(key)
    this.#expiring.delete(entry)
    this.totalLength -= entry.length
    for (const [field, term] of entry.terms) {
      const documents = this.text.get(field)?.get(term)
      documents?.delete(entry)
      if (documents?.size === 0) this.text.get(field)?.delete(term)
    }
    for (const [field, tag] of entry.tags) {
      const documents = this.tags.get(field)?.get(tag)
      documents?.delete(entry)
      if (documents?.size === 0) this.tags.get(field)?.delete(tag)
    }
  }
}

/** The tags in a field's value: without the blanks around them, in lower case unless the field minds case. */
export function tagsOf(field: TagField, text: string): Set<string> {
  const parts = text.split(field.separator).map((part) => foldTag(field, part.trim()))
  return new Set(parts.filter((part) => part !== ''))
}

export function foldTag(field: TagField, tag: string): string {
  return field.caseSensitive ? tag : tag.toLowerCase()
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = make()))
  return value
}
