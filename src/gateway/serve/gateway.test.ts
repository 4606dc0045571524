/** The gateway over plain sockets. */
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { exchange, type Served, serveForTest, until } from '../testing/served.ts'

vi.setConfig({ testTimeout: 60_000 })
let served: Served
beforeAll(async () => {
  served = await serveForTest(2)
})
afterAll(() => served.gateway.close())

const raw = (bytes: string) => served.raw(1, bytes)

function open(region = 1): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(served.port(region), '127.0.0.1', () => resolve(socket))
  })
}

describe('the protocol', () => {
  test('inline commands, arrays, pipelines', async () => {
    expect(await raw('PING\r\n')).toBe('+PONG\r\n')
    expect(await raw('*2\r\n$4\r\nECHO\r\n$3\r\na\r\n\r\nSET raw "x y"\r\nGET raw\n')).toBe(
      '$3\r\na\r\n\r\n+OK\r\n$3\r\nx y\r\n',
    )
    expect(await raw('PING\r\n'.repeat(10_000))).toBe('+PONG\r\n'.repeat(10_000))
  })

  test('bytes that come one by one', async () => {
    const socket = await open()
    let answer = ''
    socket
      .setNoDelay(true)
      .setEncoding('latin1')
      .on('data', (text: string) => (answer += text))
    for (const byte of '*3\r\n$3\r\nSET\r\n$4\r\nslow\r\n$2\r\n\r\n\r\n') {
      socket.write(byte, 'latin1')
      await new Promise((done) => setTimeout(done, 1))
    }
    await until(() => answer.endsWith('\n'), 'the reply')
    expect(answer).toBe('+OK\r\n')
    socket.destroy()
  })

  test('what breaks the protocol is answered as Redis does, the connection is closed, and what came before it stands', async () => {
    expect(await raw('SET before 1\r\n*1\r\nX\r\nSET after 1\r\n')).toBe(
      "+OK\r\n-ERR Protocol error: expected '$', got 'X'\r\n",
    )
    expect(await raw('MGET before after\r\n')).toBe('*2\r\n$1\r\n1\r\n$-1\r\n')
  })

  test('who goes on sending after breaking the protocol finds the connection closed', async () => {
    const socket = await open()
    const closed = new Promise((done) => socket.on('close', done))
    let answer = ''
    socket.setEncoding('latin1').on('data', (text: string) => (answer += text))
    socket.on('error', () => {})
    socket.write('*1\r\nX\r\n')
    const sending = setInterval(() => socket.write('payload'), 1)
    await closed
    clearInterval(sending)
    expect(answer).toBe("-ERR Protocol error: expected '$', got 'X'\r\n")
  })

  test('proto-max-bulk-len holds for every connection of the region', async () => {
    await raw('CONFIG SET proto-max-bulk-len 2mb\r\n')
    expect(await raw('*2\r\n$4\r\nECHO\r\n$2097153\r\n')).toBe('-ERR Protocol error: invalid bulk length\r\n')
    const value = 'v'.repeat(2_097_153)
    expect(await served.raw(2, `*2\r\n$4\r\nECHO\r\n$2097153\r\n${value}\r\n`)).toBe(`$2097153\r\n${value}\r\n`)
    await raw('CONFIG SET proto-max-bulk-len 512mb\r\n')
    expect(await raw('CONFIG GET proto-max-bulk-len\r\n')).toContain('536870912')
  })

  test('a browser’s request is hung up on', async () => {
    expect(await raw('POST / HTTP/1.1\r\nHost: localhost\r\n\r\nSET evil 1\r\n')).toBe('')
    expect(await raw('GET evil\r\n')).toBe('$-1\r\n')
  })

  test('QUIT is answered, and nothing after it is', async () => {
    expect(await raw('PING\r\nQUIT\r\nPING\r\n')).toBe('+PONG\r\n')
  })

  test('HELLO 3 switches to RESP3 for the connection that says it', async () => {
    expect(await raw('HELLO 3\r\nHSET h3 a 1\r\nHGETALL h3\r\nGET nothing\r\n')).toMatch(
      /^%7\r\n[^]*:1\r\n%1\r\n\$1\r\na\r\n\$1\r\n1\r\n_\r\n$/,
    )
    expect(await raw('HGETALL h3\r\n')).toBe('*2\r\n$1\r\na\r\n$1\r\n1\r\n')
  })

  test('big values go in and come out', async () => {
    const value = 'v'.repeat(8_000_000)
    expect(await raw(`*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n$${value.length}\r\n${value}\r\n`)).toBe('+OK\r\n')
    expect(await raw('GET big\r\nGET big\r\n')).toBe(`$${value.length}\r\n${value}\r\n`.repeat(2))
  })
})

describe('connections', () => {
  test('the clock of a region is the machine’s', async () => {
    const [, seconds, , micros] = (await raw('TIME\r\n')).split(/\r\n\$?/).slice(1)
    const ms = Number(seconds) * 1000 + Number(micros) / 1000
    expect(Math.abs(Date.now() - ms)).toBeLessThan(1000)
  })

  test('clients that vanish, in the middle of a command or of a reply, disturb nobody', async () => {
    for (const bytes of ['', '*2\r\n$3\r\nGET\r\n$100\r\nab', 'GET big\r\n'.repeat(20), 'MULTI\r\nSET half 1\r\n']) {
      const socket = await open()
      socket.write(bytes, 'latin1')
      await new Promise((done) => setTimeout(done, 5))
      socket.resetAndDestroy()
    }
    expect(await raw('GET half\r\n')).toBe('$-1\r\n')
    await until(
      async () => (await raw('INFO clients\r\n')).includes('connected_clients:1\r'),
      'only the asking client is left',
    )
    expect(served.notes).toEqual([])
  })

  test('CLIENT LIST tells real addresses, and CLIENT KILL closes the connection that has one', async () => {
    const socket = await open()
    const address = `127.0.0.1:${socket.localPort}`
    const closed = new Promise((done) => socket.on('close', done).resume())
    await until(
      async () => (await raw('CLIENT LIST\r\n')).includes(`addr=${address} laddr=127.0.0.1:${served.port(1)}`),
      'it is listed',
    )
    expect(await raw(`CLIENT KILL ${address}\r\n`)).toBe('+OK\r\n')
    await closed
  })

  test('a client that does not read is waited for, and gets everything in the end', async () => {
    const socket = await open()
    socket.pause()
    socket.write('GET big\r\n'.repeat(10), 'latin1')
    await new Promise((done) => setTimeout(done, 50))
    expect(await raw('PING\r\n')).toBe('+PONG\r\n')
    let length = 0
    socket.on('data', (chunk: Buffer) => (length += chunk.length)).resume()
    await until(() => length === 10 * ('$8000000\r\n\r\n'.length + 8_000_000), 'all bytes')
    socket.destroy()
  })

  test('1,000 idle connections cost little', async () => {
    const collect = (globalThis as { gc?: () => void }).gc
    collect?.()
    const before = process.memoryUsage().rss
    const sockets = await Promise.all(Array.from({ length: 1000 }, () => open()))
    await until(async () => (await raw('INFO clients\r\n')).includes('connected_clients:1001'), 'all are connected')
    // Both ends live in this process.
    expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(100)
    for (const socket of sockets) socket.destroy()
    await until(async () => (await raw('INFO clients\r\n')).includes('connected_clients:1\r'), 'all are gone')
  })
})

describe('regions', () => {
  test('G1, G2: a partition stops replication and no writes; after the heal all agree', async () => {
    await served.control('partition 1 | 2')
    expect(await raw('INCRBY counter 3\r\n')).toBe(':3\r\n')
    expect(await served.raw(2, 'INCRBY counter 4\r\n')).toBe(':4\r\n')
    await served.control('heal')
    for (const region of [1, 2]) {
      await until(
        async () => (await served.raw(region, 'GET counter\r\n')) === '$1\r\n7\r\n',
        `region ${region} has both`,
      )
    }
    expect(await served.control('expect converged')).toBe('converged')
  })

  test('writes of one moment travel together, and everything else that has effects still arrives', async () => {
    await raw('SET a 1\r\nMULTI\r\nINCR n\r\nSADD s x y\r\nEXEC\r\nSET e 1 PX 60\r\nDEL a\r\n')
    await until(
      async () => (await served.raw(2, 'MGET n a\r\nSCARD s\r\n')) === '*2\r\n$1\r\n1\r\n$-1\r\n:2\r\n',
      'region 2 has it',
    )
    await until(async () => (await served.raw(2, 'EXISTS e\r\n')) === ':0\r\n', 'the key expires everywhere')
    await served.control('sync')
    expect(await served.control('expect converged')).toBe('converged')
  })

  test('a region that is added gets a port, and the data', async () => {
    await raw('SET added yes\r\n')
    const control = connect(served.gateway.controlPort, '127.0.0.1', () => control.write('add-region\r\n'))
    control.resume()
    await until(() => served.gateway.ports.length > 2, 'a third port')
    expect(served.gateway.ports).toHaveLength(3)
    await until(async () => (await served.raw(3, 'GET added\r\n')) === '$3\r\nyes\r\n', 'region 3 has the data')
    control.destroy()
  })
})

describe('the control port', () => {
  const ask = (bytes: string) => exchange(served.gateway.controlPort, bytes)

  test('one command is one line; a line that says nothing answers OK, several lines are a list', async () => {
    expect(await ask('latency 1-2 7ms\r\n')).toBe('+OK\r\n')
    expect(await ask('cut 1-2\r\nheal\r\n')).toMatch(/^\+[^\r]*\r\n\+[^\r]*\r\n$/)
    expect(await ask('help\r\n')).toMatch(/^\*\d\d\r\n\+sync/)
    expect(await ask('*2\r\n$4\r\nwait\r\n$3\r\n1ms\r\n')).toBe('+OK\r\n')
    await raw('SET "a key" "b c"\r\n')
    expect(await ask('expect 1 GET "a key" => \'"b c"\'\r\n')).toBe('+"b c"\r\n')
  })

  test('a refused line is an error that says what was expected', async () => {
    expect(await ask('cut 1-9\r\n')).toMatch(/^-ERR "9" at column 7: expected a region/)
  })

  test('what client libraries say when they connect is answered', async () => {
    expect(await ask('PING\r\nCLIENT SETINFO LIB-NAME x\r\nCOMMAND DOCS\r\nHELLO 2\r\n')).toMatch(
      /^\+PONG\r\n\+OK\r\n\*0\r\n\*10\r\n/,
    )
  })
})

describe('a password', () => {
  test('is asked for, by AUTH or HELLO, at every port', async () => {
    const guarded = await serveForTest(1, 5, 'secret')
    const answer = (bytes: string) => guarded.raw(1, bytes)
    expect(await answer('PING\r\nGET a\r\n')).toBe('-NOAUTH Authentication required.\r\n'.repeat(2))
    expect(await answer('AUTH wrong\r\nAUTH secret\r\nPING\r\n')).toBe(
      '-WRONGPASS invalid username-password pair or user is disabled.\r\n+OK\r\n+PONG\r\n',
    )
    expect(await answer('AUTH default secret\r\nPING\r\n')).toBe('+OK\r\n+PONG\r\n')
    expect(await answer('HELLO 3\r\n')).toMatch(/^-NOAUTH HELLO must be called/)
    expect(await answer('HELLO 3 AUTH default secret SETNAME me\r\nCLIENT GETNAME\r\n')).toMatch(
      /^%7\r\n[^]*\$2\r\nme\r\n$/,
    )
    expect(await answer('*11\r\n')).toBe('-ERR Protocol error: unauthenticated multibulk length\r\n')
    const { ok } = await guarded.gateway.cluster.control('expect 1 PING → PONG')
    expect(ok).toBe(true)
    await guarded.gateway.close()
  })
})
