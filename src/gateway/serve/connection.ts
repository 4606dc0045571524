/**
 * One client's connection: bytes in, commands on, replies back. What must always hold: replies leave in the order in which they were given, many of them
 * in one write; a client that does not read stops being read from; and whatever one client does or sends, the others do not notice.
 */
import type { Socket } from 'node:net'
import type { Bytes } from '../../lib/index.ts'
import { error, type Reply } from '../../engine/index.ts'
import { CommandParser, type ParserLimits } from '../resp/command-parser.ts'
import { encodeReply } from '../resp/encode-reply.ts'

/** Waiting output is handed over in pieces of about this length. */
const PIECE = 1024 * 1024
/** A client that lets this much pile up while it is sent things unasked is dropped, as Redis does. */
const MOST_UNREAD = 32 * 1024 * 1024

/** What a connection needs of its server. */
export interface ConnectionOwner {
  readonly limits: ParserLimits
  onOpen(connection: Connection): void
  /** Bytes have come. */
  onBatchBegin(): void
  /** A complete command; never empty. */
  onCommand(connection: Connection, argv: readonly Bytes[]): void
  /** The end of a batch of commands: everything that was said meanwhile, to whomever, shall go out. */
  onBatchEnd(): void
  onClose(connection: Connection): void
  /** There is something to flush. */
  onOutput(connection: Connection): void
}

export class Connection {
  /** The client's number: its session, and what CLIENT ID says. */
  readonly session: number
  readonly parser: CommandParser
  readonly #socket: Socket
  readonly #owner: ConnectionOwner
  #out = ''
  #ended = false

  constructor(socket: Socket, session: number, stranger: boolean, owner: ConnectionOwner) {
    this.session = session
    this.parser = new CommandParser(stranger, owner.limits)
    this.#socket = socket
    this.#owner = owner
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
    // A reset is a way to leave; 'close' follows.
    socket.on('error', () => {})
    socket.on('drain', () => this.#drained())
    socket.on('close', () => {
      this.#ended = true
      owner.onClose(this)
    })
  }

  /** Both ends, as `host:port`. */
  get ends(): { readonly address: string; readonly localAddress: string; readonly fd: number } {
    const { remoteAddress = '', remotePort = 0, localAddress = '', localPort = 0 } = this.#socket
    // Node keeps the descriptor of a socket to itself; CLIENT LIST's is only for show.
    return {
      address: hostPort(remoteAddress, remotePort),
      localAddress: hostPort(localAddress, localPort),
      fd: this.session + 7,
    }
  }

  #read(chunk: Buffer): void {
    this.#owner.onBatchBegin()
    this.parser.feed(chunk)
    this.#run()
  }

  /** A client that does not fetch its replies is not given more. */
  #drained(): void {
    if (!this.#socket.isPaused()) return
    this.#socket.resume()
    this.#owner.onBatchBegin()
    this.#run()
  }

  #run(): void {
    const { parser } = this
    while (!this.#ended && !this.#socket.isPaused()) {
      const argv = parser.next()
      if (argv === undefined) break
      this.#owner.onCommand(this, argv)
    }
    if (parser.problem !== undefined && !this.#ended) {
      this.say(error(parser.problem), 2)
      this.end()
    }
    this.#owner.onBatchEnd()
  }

  /** Puts a reply into the output, which the next flush sends. `push`: it answers nothing. */
  say(reply: Reply, resp: 2 | 3, push = false): void {
    if (this.#ended) return
    if (push && this.#socket.writableLength > MOST_UNREAD) {
      this.destroy()
      return
    }
    if (this.#out === '') this.#owner.onOutput(this)
    this.#out += encoded(reply, resp)
    if (this.#out.length > PIECE) this.#write()
  }

  flush(): void {
    if (this.#out !== '') this.#write()
    // Not merely the end of our half: a client that only ever writes would not notice that.
    if (this.#ended) this.#socket.destroySoon()
  }

  #write(): void {
    const text = this.#out
    this.#out = ''
    if (this.#socket.destroyed) return
    if (!this.#socket.write(text, 'latin1') && this.#socket.writableLength > PIECE) this.#socket.pause()
  }

  /** Closes the connection once its output is out; what it sent behind is not read. */
  end(): void {
    if (this.#ended) return
    if (this.#out === '') this.#owner.onOutput(this)
    this.#ended = true
  }

  /** Closes the connection now. */
  destroy(): void {
    this.#ended = true
    this.#socket.destroy()
  }
}

function encoded(reply: Reply, resp: 2 | 3): Bytes {
  try {
    return encodeReply(reply, resp)
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem
    return encodeReply(error('ERR the reply is longer than 512 MB'), resp)
  }
}

function hostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
