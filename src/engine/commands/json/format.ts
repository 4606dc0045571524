/** JSON values as text. */
import type { Bytes } from '../../../lib/index.ts'
import { FALSE, isList, NULL, TRUE, type Json } from '../../crdt/json/value.ts'

/** JSON.GET's INDENT, NEWLINE and SPACE. */
export interface Layout {
  readonly indent: Bytes
  readonly newline: Bytes
  readonly space: Bytes
}

export const COMPACT: Layout = { indent: '', newline: '', space: '' }

export function formatJson(value: Json, layout: Layout = COMPACT, level = 0): Bytes {
  if (typeof value === 'string') return formatScalar(value)
  const parts: Bytes[] = []
  if (isList(value)) for (const item of value) parts.push(formatJson(item, layout, level + 1))
  else {
    for (const [field, child] of value) {
      parts.push(`${quoteJson(field)}:${layout.space}${formatJson(child, layout, level + 1)}`)
    }
  }
  return enclose(isList(value) ? '[]' : '{}', parts, layout, level)
}

/** Formatted items between brackets. */
export function enclose(brackets: '[]' | '{}', parts: readonly Bytes[], layout: Layout, level: number): Bytes {
  const open = brackets.charAt(0)
  const close = brackets.charAt(1)
  if (parts.length === 0) return brackets
  const outer = layout.newline + layout.indent.repeat(level)
  const inner = outer + layout.indent
  return `${open}${inner}${parts.join(`,${inner}`)}${outer}${close}`
}

export function formatScalar(code: Bytes): Bytes {
  switch (code.charAt(0)) {
    case '"':
      return quoteJson(code.slice(1))
    case NULL:
      return 'null'
    case TRUE:
      return 'true'
    case FALSE:
      return 'false'
    default:
      return code
  }
}

const SHORT: Readonly<Record<string, Bytes>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

// oxlint-disable-next-line no-control-regex -- control characters are what must be escaped
const ESCAPED = /["\\\x00-\x1f]/g

/** Text beyond ASCII stays as it is, in UTF-8. */
export function quoteJson(content: Bytes): Bytes {
  const escaped = content.replace(
    ESCAPED,
    (character) => SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `"${escaped}"`
}
