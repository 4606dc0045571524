/** The built site below a folder of a server that is the tests' own: with headers of their choice, and pages of theirs beside it. */
import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import type { AddressInfo } from 'node:net'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.md': 'text/markdown; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

export interface Site {
  readonly origin: string
  /** Where the playground's files are, with a slash at the end. */
  readonly playground: string
  /** Paths asked for so far. */
  readonly asked: string[]
  close(): Promise<void>
}

export interface SiteOptions {
  readonly folder?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Other files by path, looked up at every request: HTML, where the path has no known ending. */
  readonly pages?: Readonly<Record<string, string>>
}

/** Serves `dist`, which the end-to-end run has built. */
export async function serveSite({
  folder = '/docs/playground/',
  headers = {},
  pages = {},
}: SiteOptions): Promise<Site> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname)
    asked.push(path)
    const page = pages[path]
    const inside = path.startsWith(folder) ? normalize(path.slice(folder.length) || 'index.html') : null
    const file = inside === null || inside.startsWith('..') ? null : join('dist', inside)
    if (page !== undefined)
      response
        .writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/html; charset=utf-8', ...headers })
        .end(page)
    else if (file !== null && statSync(file, { throwIfNoEntry: false })?.isFile() === true)
      response
        .writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain', ...headers })
        .end(readFileSync(file))
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    playground: origin + folder,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
