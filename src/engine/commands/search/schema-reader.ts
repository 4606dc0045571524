/** Reads the part of FT.CREATE and FT.ALTER that declares fields. */
import type { Bytes } from '../../../lib/index.ts'
import type { Field } from '../../search/schema.ts'
import { fail } from '../errors.ts'
import { parseDouble } from '../numbers.ts'

/** Types that a small engine does not have, each with what to use. */
const NOT_SUPPORTED: Readonly<Record<string, string>> = {
  GEO: 'use GEOADD and GEOSEARCH',
  GEOSHAPE: 'use GEOADD and GEOSEARCH',
  VECTOR: 'there is no vector search here',
}

class Words {
  readonly #words: readonly Bytes[]
  #at = 0

  constructor(words: readonly Bytes[]) {
    this.#words = words
  }

  get done(): boolean {
    return this.#at >= this.#words.length
  }

  next(what: string): Bytes {
    return this.#words[this.#at++] ?? fail(`Could not parse ${what}`)
  }

  /** Takes a word if it comes next, whatever its case. */
  take(...tokens: readonly string[]): string | undefined {
    const found = tokens.find((token) => this.#words[this.#at]?.toUpperCase() === token)
    if (found !== undefined) this.#at++
    return found
  }
}

/** `identifier [AS name] TEXT | TAG | NUMERIC options …`, over and over; undefined: the word before them did not come. `known`: fields that are there already. */
export function readFields(words: readonly Bytes[] | undefined, known: readonly Field[]): Field[] {
  const reader = new Words(words ?? [])
  const fields: Field[] = []
  while (!reader.done) {
    const field = readField(reader)
    if ([...known, ...fields].some(({ name }) => name === field.name)) fail(`Duplicate field in schema - ${field.name}`)
    fields.push(field)
  }
  if (fields.length === 0) fail('Fields arguments are missing')
  return fields
}

function readField(reader: Words): Field {
  const identifier = reader.next('field name')
  const name = reader.take('AS') === undefined ? identifier : reader.next('field alias')
  const word = reader.next(`field type of \`${name}\``)
  const type = word.toUpperCase()
  const instead = NOT_SUPPORTED[type]
  if (instead !== undefined) fail(`ERR ${type} fields are not supported in this playground; ${instead}`)
  if (type !== 'TEXT' && type !== 'TAG' && type !== 'NUMERIC') fail(`Invalid field type for field \`${name}\``)
  const option = { weight: 1, noStem: false, separator: ',', caseSensitive: false, sortable: false, noIndex: false }
  for (;;) {
    if (reader.take('SORTABLE')) {
      option.sortable = true
      reader.take('UNF')
    } else if (reader.take('NOINDEX')) option.noIndex = true
    else if (reader.take('INDEXEMPTY', 'INDEXMISSING', 'WITHSUFFIXTRIE')) continue
    else if (type === 'TEXT' && reader.take('NOSTEM')) option.noStem = true
    else if (type === 'TEXT' && reader.take('WEIGHT')) option.weight = weightOf(reader.next('weight'))
    else if (type === 'TEXT' && reader.take('PHONETIC')) fail('ERR PHONETIC is not supported in this playground')
    else if (type === 'TAG' && reader.take('CASESENSITIVE')) option.caseSensitive = true
    else if (type === 'TAG' && reader.take('SEPARATOR')) option.separator = separatorOf(reader.next('separator'))
    else break
  }
  const { weight, noStem, separator, caseSensitive, sortable, noIndex } = option
  const basics = { identifier, name, sortable, noIndex }
  if (type === 'TEXT') return { ...basics, type, weight, noStem }
  return type === 'TAG' ? { ...basics, type, separator, caseSensitive } : { ...basics, type }
}

function weightOf(word: Bytes): number {
  const weight = parseDouble(word)
  return weight === undefined || weight < 0 ? fail('Could not parse arguments for `WEIGHT`') : weight
}

function separatorOf(word: Bytes): string {
  return word.length === 1 ? word : fail(`Tag separator must be a single character. Got \`${word}\``)
}
