/** Marks the words in a text that a query looked for. */
import { bytesOfText, textOfBytes, type Bytes } from '../../lib/index.ts'
import { isWanted } from './evaluate.ts'
import type { QueryNode } from './query.ts'
import type { SearchIndex } from './search-index.ts'
import { stemTerm, tokens } from './text.ts'

interface Marking {
  /** Only in these fields; absent: in all. */
  readonly fields?: readonly Bytes[] | undefined
  readonly tags?: { readonly open: Bytes; readonly close: Bytes } | undefined
}

/** What to do with each field of a result. */
export function highlighter(
  index: SearchIndex,
  query: QueryNode,
  { fields, tags }: Marking,
): (name: Bytes, value: Bytes) => Bytes {
  const { open, close } = tags ?? { open: '<b>', close: '</b>' }
  const texts = new Set(
    index.definition.fields.filter(({ type }) => type === 'TEXT').flatMap(({ name, identifier }) => [name, identifier]),
  )
  return (name, value) => {
    if (!texts.has(name) || fields?.includes(name) === false) return value
    const text = textOfBytes(value)
    let out = ''
    let at = 0
    for (const { term, start, end } of tokens(text)) {
      if (!isWanted(query, term, stemTerm(term))) continue
      out += bytesOfText(text.slice(at, start)) + open + bytesOfText(text.slice(start, end)) + close
      at = end
    }
    return out + bytesOfText(text.slice(at))
  }
}
