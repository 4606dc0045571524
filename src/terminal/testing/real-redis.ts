/**
 * A real redis-server and redis-cli, for tests that compare with them: a throw-away server on a free loopback port, a RESP reader that
 * gives `Reply` values, and redis-cli run on a pseudo-terminal, where it shows replies as people see them.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createConnection, createServer, type AddressInfo } from 'node:net'
import { type Bytes, textOfBytes } from '../../lib/index.ts'
import type { Reply } from '../../engine/index.ts'

export const REDIS_PRESENT = ['redis-server', 'redis-cli', 'script'].every(
  (program) => spawnSync(program, ['--version']).status === 0,
)

export interface RealRedis {
  /** The reply as a value. */
  call(protocol: 2 | 3, argv: readonly Bytes[]): Promise<Reply>
  /** What redis-cli shows on a terminal, lines joined by `\n`, without the final one. */
  shown(protocol: 2 | 3, argv: readonly Bytes[]): string
  /** What `redis-cli --raw` writes, without the final newline. */
  raw(protocol: 2 | 3, argv: readonly Bytes[]): Bytes
  /** What redis-cli writes to a pipe when these lines are typed. */
  typed(lines: readonly string[]): Bytes
  stop(): void
}

export async function startRedis(): Promise<RealRedis> {
  const port = await freePort()
  const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--enable-debug-command', 'yes']
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'], cwd: '/tmp' })
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (text) => String(text).includes('Ready to accept') && resolve())
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)))
  })
  const cli = (protocol: 2 | 3) => ['-p', `${port}`, ...(protocol === 3 ? ['-3'] : [])]
  const run = (program: string, args: readonly string[], input?: string): Bytes => {
    // Node passes arguments as UTF-8; bytes that are no UTF-8 cannot be passed.
    const { stdout } = spawnSync(program, args.map(textOfBytes), {
      input: Buffer.from(input ?? ''),
      env: { ...process.env, TERM: 'dumb' },
    })
    return stdout.toString('latin1')
  }
  return {
    call: (protocol, argv) => call(port, protocol, argv),
    shown(protocol, argv) {
      const words = ['redis-cli', ...cli(protocol), ...argv].map((word) => `'${word.replaceAll("'", `'\\''`)}'`)
      return run('script', ['-qc', words.join(' '), '/dev/null'])
        .replace(/\r+\n/g, '\n')
        .replace(/\n$/, '')
    },
    raw: (protocol, argv) => run('redis-cli', [...cli(protocol), '--raw', ...argv]).replace(/\n$/, ''),
    typed: (lines) => run('redis-cli', cli(2), lines.map((line) => `${line}\n`).join('')),
    stop: () => void server.kill(),
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

function call(port: number, protocol: 2 | 3, argv: readonly Bytes[]): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1')
    let received = ''
    socket.setEncoding('latin1')
    socket.on('error', reject)
    socket.on('data', (data) => {
      received += String(data)
      const first = readReply(received, 0)
      const second = first && readReply(received, first.end)
      if (second === undefined) return
      socket.destroy()
      resolve(second.reply)
    })
    for (const words of [['HELLO', `${protocol}`], argv]) {
      const bulk = words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')
      socket.write(`*${words.length}\r\n${bulk}`, 'latin1')
    }
  })
}

interface Read {
  readonly reply: Reply
  readonly end: number
}

/** Undefined while the reply is incomplete. */
function readReply(data: Bytes, start: number): Read | undefined {
  const lineEnd = data.indexOf('\r\n', start)
  if (lineEnd === -1) return undefined
  const line = data.slice(start + 1, lineEnd)
  const end = lineEnd + 2
  switch (data.charAt(start)) {
    case '+':
      return { reply: { type: 'status', text: line }, end }
    case '-':
      return { reply: { type: 'error', text: line }, end }
    case ':':
      return { reply: Number(line), end }
    case ',':
      return { reply: { type: 'double', value: Number(line.replace('inf', 'Infinity')) }, end }
    case '#':
      return { reply: { type: 'boolean', value: line === 't' }, end }
    case '_':
      return { reply: null, end }
    case '$':
    case '=': {
      if (line === '-1') return { reply: null, end }
      const length = Number(line)
      if (data.length < end + length + 2) return undefined
      const text = data.slice(end, end + length)
      const verbatim = data.charAt(start) === '='
      const reply: Reply = verbatim ? { type: 'verbatim', format: text.slice(0, 3), text: text.slice(4) } : text
      return { reply, end: end + length + 2 }
    }
    case '*':
    case '~':
    case '%':
      return readItems(data, data.charAt(start), Number(line), end)
    default:
      throw new Error(`not RESP: ${JSON.stringify(data.slice(start, start + 40))}`)
  }
}

function readItems(data: Bytes, kind: string, count: number, start: number): Read | undefined {
  if (count < 0) return { reply: { type: 'nullArray' }, end: start }
  const items: Reply[] = []
  let end = start
  while (items.length < (kind === '%' ? 2 * count : count)) {
    const item = readReply(data, end)
    if (item === undefined) return undefined
    items.push(item.reply)
    end = item.end
  }
  if (kind === '%') return { reply: { type: 'map', entries: items }, end }
  return { reply: kind === '~' ? { type: 'set', members: items } : items, end }
}
