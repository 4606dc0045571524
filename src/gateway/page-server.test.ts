import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { servePage } from './page-server.ts'

let parent = ''
let server: Server
let port = 0
beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'crdb-open-'))
  mkdirSync(join(parent, 'page', 'assets'), { recursive: true })
  writeFileSync(join(parent, 'page', 'index.html'), '<p>hello')
  writeFileSync(join(parent, 'page', 'assets', 'a.js'), 'a()')
  writeFileSync(join(parent, 'secret'), 'secret')
  server = await servePage(join(parent, 'page'), 0)
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.close()
  rmSync(parent, { recursive: true })
})

const get = async (path: string, init?: RequestInit) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
  return `${response.status} ${response.headers.get('content-type')} ${await response.text()}`
}

test('files with their types', async () => {
  expect(await get('/')).toBe('200 text/html; charset=utf-8 <p>hello')
  expect(await get('/index.html?x#y')).toBe('200 text/html; charset=utf-8 <p>hello')
  expect(await get('/assets/a.js')).toBe('200 text/javascript; charset=utf-8 a()')
  expect(await get('/', { method: 'HEAD' })).toBe('200 text/html; charset=utf-8 ')
})

test('nothing else: no folders, no methods, nothing outside', async () => {
  expect(await get('/assets')).toMatch(/^404/)
  expect(await get('/missing')).toMatch(/^404/)
  expect(await get('/', { method: 'POST' })).toMatch(/^405/)
  expect(await get('/%ff')).toMatch(/^404/)
  for (const path of ['/../secret', '/%2e%2e/secret', '/assets/../../secret', '//../secret', '/..%2fsecret', '/\0']) {
    // As it stands: fetch would tidy the path first.
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(`GET ${path} HTTP/1.0\r\n\r\n`))
      let text = ''
      socket.setEncoding('utf8').on('data', (part: string) => (text += part))
      socket.on('close', () => resolve(text))
    })
    expect(answer).toMatch(/^HTTP\/1.1 40[04]/)
    expect(answer).not.toContain('secret\n')
  }
})

test('a folder without a page, and a port that is taken, are told in a sentence', async () => {
  await expect(servePage(join(parent, 'none'), 0)).rejects.toThrow(
    /^there is no page in .*: in a checkout, run npm run build first$/,
  )
  await expect(servePage(join(parent, 'page'), port)).rejects.toThrow(
    `port ${port} is in use: choose another with --port`,
  )
})
