/** Replies as bytes on the wire. */
import { type Bytes, bytesOfText } from '../../lib/index.ts'
import { formatDouble, type Reply } from '../../engine/index.ts'

/** A reply in RESP2 or RESP3. What a RESP2 client cannot read has its documented RESP2 form (as `toResp2` makes it). */
export function encodeReply(reply: Reply, resp: 2 | 3): Bytes {
  if (typeof reply === 'string') return bulk(reply)
  if (typeof reply === 'number') return `:${reply}\r\n`
  if (reply === null) return resp === 2 ? '$-1\r\n' : '_\r\n'
  if (typeof reply === 'bigint') return `:${reply}\r\n`
  if (!('type' in reply)) return aggregate('*', reply.length, reply, resp)
  switch (reply.type) {
    case 'status':
      return reply.text === 'OK' ? '+OK\r\n' : `+${oneLine(reply.text)}\r\n`
    case 'error':
      return `-${oneLine(reply.text)}\r\n`
    case 'nullArray':
      return resp === 2 ? '*-1\r\n' : '_\r\n'
    case 'map':
      return resp === 2
        ? aggregate('*', reply.entries.length, reply.entries, resp)
        : aggregate('%', reply.entries.length / 2, reply.entries, resp)
    case 'set':
      return aggregate(resp === 2 ? '*' : '~', reply.members.length, reply.members, resp)
    case 'push':
      return aggregate(resp === 2 ? '*' : '>', reply.items.length, reply.items, resp)
    case 'double':
      return resp === 2 ? bulk(formatDouble(reply.value)) : `,${formatDouble(reply.value)}\r\n`
    case 'boolean':
      return resp === 2 ? `:${reply.value ? 1 : 0}\r\n` : `#${reply.value ? 't' : 'f'}\r\n`
    case 'bignum':
      return resp === 2 ? bulk(reply.text) : `(${reply.text}\r\n`
    case 'wire':
      return resp === 2 ? bulk(reply.resp2) : reply.resp3
    case 'verbatim':
      return resp === 2 ? bulk(reply.text) : `=${reply.text.length + 4}\r\n${reply.format}:${reply.text}\r\n`
  }
}

function bulk(text: Bytes): Bytes {
  return `$${text.length}\r\n${text}\r\n`
}

function aggregate(sign: string, count: number, items: readonly Reply[], resp: 2 | 3): Bytes {
  let out = `${sign}${count}\r\n`
  for (const item of items) out += encodeReply(item, resp)
  return out
}

/** A line of the protocol cannot hold line ends, nor what is no byte. */
function oneLine(text: string): Bytes {
  return BROKEN.test(text) ? bytesOfText(text).replace(/[\r\n]/g, ' ') : text
}

const BROKEN = /[\r\n]|[^\0-\xff]/
