/**
 * Which documents a query finds, and how well: BM25 in the form that Redis calls BM25STD. What finds without words (tags, ranges, `*`) adds nothing to a
 * score.
 */
import { inRange, type QueryNode, type TagPattern } from './query.ts'
import type { Field, TextField } from './schema.ts'
import type { Entry, SearchIndex } from './search-index.ts'
import { expansions, STEM_MARK } from './text.ts'

/** Document → score. */
export type Found = Map<Entry, number>

export interface Proximity {
  /** How many other words may stand between those of an intersection; null: any number. */
  readonly slop: number | null
  readonly inOrder: boolean
}

const K1 = 1.2
const B = 0.5

export function evaluate(index: SearchIndex, node: QueryNode, proximity: Proximity): Found {
  return new Evaluation(index, proximity).find(node)
}

class Evaluation {
  readonly #index: SearchIndex
  readonly #proximity: Proximity

  constructor(index: SearchIndex, proximity: Proximity) {
    this.#index = index
    this.#proximity = proximity
  }

  find(node: QueryNode): Found {
    switch (node.kind) {
      case 'none':
        return new Map()
      case 'all':
        return this.#all()
      case 'term':
        return this.#term(node)
      case 'prefix':
        return this.#terms((term) => term.startsWith(node.text), node.fields)
      case 'suffix':
        return this.#terms((term) => term.endsWith(node.text), node.fields)
      case 'infix':
        return this.#terms((term) => term.includes(node.text), node.fields)
      case 'fuzzy':
        return this.#terms((term) => isWithin(term, node.text, node.distance), node.fields)
      case 'phrase':
        return this.#phrase(node.terms, node.fields)
      case 'and':
        return this.#and(node.nodes)
      case 'or':
        return union(node.nodes.map((one) => this.find(one)))
      case 'not': {
        const out = this.#all()
        for (const entry of this.find(node.node).keys()) out.delete(entry)
        return out
      }
      case 'optional':
        return union([this.#all(), this.find(node.node)])
      case 'tag': {
        const tags = this.#index.tags.get(node.field.name)
        const hits = node.tags.flatMap((pattern) => entriesOfTag(tags, pattern))
        return new Map(hits.map((entry) => [entry, 0]))
      }
      case 'range': {
        const out: Found = new Map()
        if (node.field.noIndex) return out
        for (const entry of this.#index.entries.values()) {
          const number = entry.numbers.get(node.field.name)
          if (number !== undefined && inRange(number, node.range)) out.set(entry, 0)
        }
        return out
      }
    }
  }

  /** The word, its stem, its synonyms. Fields without stems hold words only. */
  #term({ term, verbatim, fields }: QueryNode & { kind: 'term' }): Found {
    if (verbatim) return this.#terms((one) => one === term, fields, [term])
    const words = [term]
    for (const group of this.#index.synonyms.values()) if (group.has(term)) words.push(...group)
    const forms = [...new Set(words.flatMap(expansions))]
    return this.#terms((one, field) => words.includes(one) || !field.noStem, fields, forms)
  }

  #all(): Found {
    const out: Found = new Map()
    for (const entry of this.#index.entries.values()) out.set(entry, 0)
    return out
  }

  #textFields(fields: readonly Field[] | null): TextField[] {
    return (fields ?? this.#index.definition.fields).filter((field) => field.type === 'TEXT')
  }

  /** Documents with terms that match, scored term by term. `exact`: all terms that can match, when they are known. */
  #terms(
    matches: (term: string, field: TextField) => boolean,
    fields: readonly Field[] | null,
    exact: readonly string[] | null = null,
  ): Found {
    const frequencies = new Map<string, Map<Entry, number>>()
    for (const field of this.#textFields(fields)) {
      const postings = this.#index.text.get(field.name)
      for (const term of exact ?? postings?.keys() ?? []) {
        const documents = postings?.get(term)
        if (documents === undefined || !matches(term, field)) continue
        // Stems are forms of words already looked at, unless asked for by name.
        if (exact === null && term.startsWith(STEM_MARK)) continue
        const counts = frequencies.get(term) ?? new Map<Entry, number>()
        for (const [entry, positions] of documents) {
          counts.set(entry, (counts.get(entry) ?? 0) + positions.length * field.weight)
        }
        frequencies.set(term, counts)
      }
    }
    return union([...frequencies.values()].map((counts) => this.#scored(counts)))
  }

  #scored(counts: ReadonlyMap<Entry, number>): Found {
    const { entries, totalLength } = this.#index
    const idf = Math.log(1 + (entries.size - counts.size + 0.5) / (counts.size + 0.5))
    const average = totalLength / entries.size || 1
    const out: Found = new Map()
    for (const [entry, count] of counts) {
      out.set(entry, (idf * count * (K1 + 1)) / (count + K1 * (1 - B + (B * entry.length) / average)))
    }
    return out
  }

  #phrase(terms: readonly string[], fields: readonly Field[] | null): Found {
    return this.#near(
      terms.map((term) => ({ kind: 'term', term, verbatim: true, fields })),
      0,
      true,
    )
  }

  #and(nodes: readonly QueryNode[]): Found {
    const { slop, inOrder } = this.#proximity
    const words = nodes.filter((node) => node.kind === 'term')
    if ((slop === null && !inOrder) || words.length < 2) return intersection(nodes.map((node) => this.find(node)))
    const near = this.#near(words, slop ?? Infinity, inOrder)
    return intersection([near, ...nodes.filter((node) => node.kind !== 'term').map((node) => this.find(node))])
  }

  /** Documents that have the terms in one field, with at most `slop` other words between them. */
  #near(words: readonly (QueryNode & { kind: 'term' })[], slop: number, inOrder: boolean): Found {
    const out = intersection(words.map((word) => this.find(word)))
    for (const entry of out.keys()) {
      const fits = this.#textFields(words[0]?.fields ?? null).some((field) => {
        const positions = words.map((word) => this.#positions(word, field, entry))
        return positions.every((list) => list.length > 0) && fit(positions, slop, inOrder)
      })
      if (!fits) out.delete(entry)
    }
    return out
  }

  #positions({ term, verbatim }: { term: string; verbatim: boolean }, field: TextField, entry: Entry): number[] {
    const postings = this.#index.text.get(field.name)
    const forms = verbatim || field.noStem ? [term] : expansions(term)
    return [...new Set(forms.flatMap((form) => postings?.get(form)?.get(entry) ?? []))].sort((a, b) => a - b)
  }
}

/** The sets are the caller's to give away. */
function union(sets: readonly Found[]): Found {
  const [only] = sets
  if (only !== undefined && sets.length === 1) return only
  const out: Found = new Map()
  for (const set of sets) for (const [entry, score] of set) out.set(entry, (out.get(entry) ?? 0) + score)
  return out
}

function intersection(sets: readonly Found[]): Found {
  const [least, ...others] = [...sets].sort((a, b) => a.size - b.size)
  const out: Found = new Map()
  for (const [entry, score] of least ?? []) {
    const scores = others.map((other) => other.get(entry))
    if (scores.every((one) => one !== undefined))
      out.set(
        entry,
        scores.reduce((sum, one) => sum + one, score),
      )
  }
  return out
}

/** Can one position be taken from each list, all different, so that at most `slop` others lie between? */
function fit(lists: readonly (readonly number[])[], slop: number, inOrder: boolean): boolean {
  const taken: number[] = []
  const place = (i: number): boolean => {
    if (i === lists.length) return Math.max(...taken) - Math.min(...taken) - (lists.length - 1) <= slop
    for (const position of lists[i] ?? []) {
      if (taken.includes(position) || (inOrder && i > 0 && position < (taken[i - 1] as number))) continue
      if (i > 0 && Math.abs(position - (taken[0] as number)) > slop + lists.length - 1) continue
      taken.push(position)
      if (place(i + 1)) return true
      taken.pop()
    }
    return false
  }
  return place(0)
}

function entriesOfTag(tags: ReadonlyMap<string, ReadonlySet<Entry>> | undefined, { kind, text }: TagPattern): Entry[] {
  if (kind === 'is') return [...(tags?.get(text) ?? [])]
  const matches = {
    prefix: (tag: string) => tag.startsWith(text),
    suffix: (tag: string) => tag.endsWith(text),
    infix: (tag: string) => tag.includes(text),
  }[kind]
  return [...(tags ?? [])].flatMap(([tag, entries]) => (matches(tag) ? [...entries] : []))
}

/** Levenshtein distance of at most `most`. */
function isWithin(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    if (Math.min(...next) > most) return false
    row = next
  }
  return (row[b.length] as number) <= most
}

/** The words that a query looks for and that highlighting marks, as they stand in an index. */
export function isWanted(node: QueryNode, term: string, stemmed: string | undefined): boolean {
  switch (node.kind) {
    case 'term': {
      const forms = node.verbatim ? [node.term] : expansions(node.term)
      return forms.includes(term) || (stemmed !== undefined && forms.includes(stemmed))
    }
    case 'phrase':
      return node.terms.includes(term)
    case 'prefix':
      return term.startsWith(node.text)
    case 'suffix':
      return term.endsWith(node.text)
    case 'infix':
      return term.includes(node.text)
    case 'fuzzy':
      return isWithin(term, node.text, node.distance)
    case 'and':
    case 'or':
      return node.nodes.some((one) => isWanted(one, term, stemmed))
    case 'optional':
      return isWanted(node.node, term, stemmed)
    default:
      return false
  }
}
