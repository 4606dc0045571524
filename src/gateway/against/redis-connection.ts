/** One connection to a server that is not ours: RESP2, pipelined; replies come in the order of the commands. */
import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type Bytes, bytesOfText } from '../../lib/index.ts'
import { encodeCommand, isError, ReplyReader, type Reply } from '../../engine/index.ts'
import { CannotRun } from './cannot-run.ts'

export class RedisConnection {
  readonly #socket: Socket
  readonly #waiting: { readonly done: (reply: Reply) => void; readonly fail: (problem: Error) => void }[] = []
  readonly #reader = new ReplyReader()
  #broken: Error | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      for (const reply of this.#reader.feed(text)) this.#waiting.shift()?.done(reply)
    })
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

  #break(problem: Error): void {
    this.#broken ??= problem
    for (const { fail } of this.#waiting.splice(0)) fail(this.#broken)
  }
}
