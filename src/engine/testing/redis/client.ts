/** A small RESP2 client over a socket, pipelined: replies come in the order of the commands. Bytes in, replies out. */
import { connect, type Socket } from 'node:net'
import type { Bytes } from '../../../lib/index.ts'
import type { Reply } from '../../reply.ts'
import { encodeCommand, ReplyReader } from '../../resp-client.ts'

export interface RedisClient {
  call(argv: readonly Bytes[]): Promise<Reply>
  close(): void
}

export function connectTo(port: number): Promise<RedisClient> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.setEncoding('latin1')
    const waiting: ((reply: Reply) => void)[] = []
    const reader = new ReplyReader()
    socket.on('data', (text: string) => {
      for (const reply of reader.feed(text)) waiting.shift()?.(reply)
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
