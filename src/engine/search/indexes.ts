/** The search indexes of one instance, with their aliases and word lists. All of it is local: an index is made in each region (G9). */
import type { Bytes } from '../../lib/index.ts'
import type { Keyspace } from '../keyspace/keyspace.ts'
import { fail } from '../commands/errors.ts'
import { SearchIndex } from './search-index.ts'
import type { IndexDefinition } from './schema.ts'

export class SearchIndexes {
  readonly all = new Map<Bytes, SearchIndex>()
  readonly aliases = new Map<Bytes, Bytes>()
  readonly dictionaries = new Map<Bytes, Set<Bytes>>()

  /** A key may have changed: by a local write, a remote effect or a merge. */
  touched(key: Bytes): void {
    for (const index of this.all.values()) index.touched(key)
  }

  /** `skipsPresent`: what there is already comes in only when it changes. */
  create(definition: IndexDefinition, skipsPresent: boolean): void {
    this.all.set(definition.name, new SearchIndex(definition, skipsPresent))
  }

  /** An index by its name or alias, up to date; ends the command when there is none. */
  find(name: Bytes, keyspace: Keyspace, now: number): SearchIndex {
    const index = this.all.get(name) ?? this.all.get(this.aliases.get(name) ?? '') ?? fail(`${name}: no such index`)
    index.refresh(keyspace, now)
    return index
  }

  /** With its aliases. */
  drop(index: SearchIndex): void {
    const { name } = index.definition
    this.all.delete(name)
    for (const [alias, named] of this.aliases) if (named === name) this.aliases.delete(alias)
  }
}
