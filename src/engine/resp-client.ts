/** The client's side of the protocol, RESP2: for the comparisons with servers that are not ours. */
import type { Bytes } from '../lib/index.ts'
import { error, NULL_ARRAY, status, type Reply } from './reply.ts'

/** The bytes of a command. */
export function encodeCommand(argv: readonly Bytes[]): Bytes {
  return `*${argv.length}\r\n${argv.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`
}

/** Makes replies of what a socket brings, in whatever pieces. */
export class ReplyReader {
  #text = ''

  /** The replies that are whole now. */
  feed(text: Bytes): Reply[] {
    this.#text += text
    const replies: Reply[] = []
    let at = 0
    for (let parsed; (parsed = parseReply(this.#text, at)) !== undefined; at = parsed.next) replies.push(parsed.reply)
    this.#text = this.#text.slice(at)
    return replies
  }
}

/** One whole reply from `at`; undefined when the rest of it has not arrived yet. */
function parseReply(text: string, at: number): { readonly reply: Reply; readonly next: number } | undefined {
  const end = text.indexOf('\r\n', at)
  if (end < 0) return undefined
  const line = text.slice(at + 1, end)
  let next = end + 2
  switch (text[at]) {
    case '+':
      return { reply: status(line), next }
    case '-':
      return { reply: error(line), next }
    case ':':
      return { reply: Number.isSafeInteger(Number(line)) ? Number(line) : BigInt(line), next }
    case '$': {
      const length = Number(line)
      if (length < 0) return { reply: null, next }
      if (text.length < next + length + 2) return undefined
      return { reply: text.slice(next, next + length), next: next + length + 2 }
    }
    default: {
      if (line === '-1') return { reply: NULL_ARRAY, next }
      const items: Reply[] = []
      for (let count = Number(line); count > 0; count--) {
        const item = parseReply(text, next)
        if (item === undefined) return undefined
        items.push(item.reply)
        next = item.next
      }
      return { reply: items, next }
    }
  }
}
