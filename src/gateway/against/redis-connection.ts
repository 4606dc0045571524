/** One connection to a server that is not ours: RESP2, pipelined; replies come in the order of the commands. */
import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type Bytes, bytesOfText } from '../../lib/index.ts'
import { error, isError, NULL_ARRAY, status, type Reply } from '../../engine/index.ts'
import { encodeCommand } from '../resp/encode-reply.ts'
import { CannotRun } from './cannot-run.ts'

export class RedisConnection {
  readonly #socket: Socket
  readonly #waiting: { readonly done: (reply: Reply) => void; readonly fail: (problem: Error) => void }[] = []
  #text = ''
  #broken: Error | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => this.#read(text))
    socket.on('error', (problem) => this.#break(new CannotRun(`the connection is lost: ${problem.message}`)))
    socket.on('close', () => this.#break(new CannotRun('the server closed the connection')))
  }

  /** `url`: redis://[user[:password]@]host[:port], or rediss:// for TLS. Rejects with a sentence. */
  static async open(url: URL): Promise<RedisConnection> {
    const host = url.hostname === '' ? '127.0.0.1' : url.hostname.replace(/^\[|\]$/g, '')
    const port = url.port === '' ? 6379 : Number(url.port)
    const socket = await new Promise<Socket>((resolve, reject) => {
      const onOpen = () => resolve(made)
      const made: Socket =
        url.protocol === 'rediss:'
          ? connectTls({ host, port, servername: host }, onOpen)
          : connectPlain({ host, port, noDelay: true }, onOpen)
      made.once('error', (problem) =>
        reject(new CannotRun(`${url.host} cannot be reached: ${problem.message}`, { cause: problem })),
      )
    })
    const connection = new RedisConnection(socket)
    if (url.password !== '') {
      const [user, password] = [url.username, url.password].map((part) => bytesOfText(decodeURIComponent(part)))
      const reply = await connection.call(user === '' ? ['AUTH', password ?? ''] : ['AUTH', user ?? '', password ?? ''])
      if (isError(reply)) throw new CannotRun(`${url.host}: ${reply.text}`)
    }
    return connection
  }

  /** Rejects only when the connection is lost. */
  call(argv: readonly Bytes[]): Promise<Reply> {
    return new Promise((done, fail) => {
      if (this.#broken !== undefined) {
        fail(this.#broken)
        return
      }
      this.#waiting.push({ done, fail })
      this.#socket.write(encodeCommand(argv), 'latin1')
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #read(text: string): void {
    this.#text += text
    let at = 0
    for (;;) {
      const parsed = parseReply(this.#text, at)
      if (parsed === undefined) break
      at = parsed.next
      this.#waiting.shift()?.done(parsed.reply)
    }
    this.#text = this.#text.slice(at)
  }

  #break(problem: Error): void {
    this.#broken ??= problem
    for (const { fail } of this.#waiting.splice(0)) fail(this.#broken)
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
