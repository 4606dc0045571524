/** A small RESP2 client over a socket, pipelined: replies come in the order of the commands. Bytes in, replies out. */
import { connect, type Socket } from 'node:net'
import type { Bytes } from '../../../lib/index.ts'
import { error, NULL_ARRAY, status, type Reply } from '../../reply.ts'

export interface RedisClient {
  call(argv: readonly Bytes[]): Promise<Reply>
  close(): void
}

export function connectTo(port: number): Promise<RedisClient> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.setEncoding('latin1')
    const waiting: ((reply: Reply) => void)[] = []
    let pending = ''
    socket.on('data', (text: string) => {
      pending += text
      let at = 0
      for (;;) {
        const parsed = parseReply(pending, at)
        if (parsed === undefined) break
        at = parsed.next
        waiting.shift()?.(parsed.reply)
      }
      pending = pending.slice(at)
    })
    socket.once('error', reject)
    socket.once('connect', () =>
      resolve({
        call: (argv) =>
          new Promise((done) => {
            waiting.push(done)
            socket.write(encodeCommand(argv), 'latin1')
          }),
        close: () => socket.destroy(),
      }),
    )
  })
}

function encodeCommand(argv: readonly Bytes[]): string {
  return `*${argv.length}\r\n${argv.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`
}

/** One whole reply from `at`; undefined when the rest of it has not arrived yet. */
function parseReply(text: string, at: number): { reply: Reply; next: number } | undefined {
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
