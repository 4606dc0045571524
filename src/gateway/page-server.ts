/** `crdb-playground open`: the built page over HTTP, for this machine only. */
import { createReadStream, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Where the build puts the page: both in a checkout and in the package. */
export const PAGE_FOLDER = fileURLToPath(new URL('../../dist/', import.meta.url))

/** Serves a folder on 127.0.0.1. Rejects with a sentence when the folder has no page or the port cannot be had. */
export async function servePage(folder: string, port: number): Promise<Server> {
  if (fileIn(folder, '/') === undefined) {
    throw new Error(`there is no page in ${folder}: in a checkout, run npm run build first`)
  }
  const server = createServer((request, response) => {
    const file = fileIn(folder, (request.url ?? '/').split(/[?#]/)[0] ?? '/')
    if ((request.method !== 'GET' && request.method !== 'HEAD') || file === undefined) {
      response.writeHead(file === undefined ? 404 : 405).end()
      return
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
    if (request.method === 'HEAD') response.end()
    else createReadStream(file).pipe(response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (problem: NodeJS.ErrnoException) =>
      reject(problem.code === 'EADDRINUSE' ? new Error(`port ${port} is in use: choose another with --port`) : problem),
    )
    server.listen(port, '127.0.0.1', resolve)
  })
  return server
}

/** The file that a path means, if there is one inside the folder. */
function fileIn(folder: string, path: string): string | undefined {
  let decoded
  try {
    decoded = decodeURIComponent(path)
  } catch {
    return undefined
  }
  const root = normalize(folder + sep)
  const file = join(root, decoded.endsWith('/') ? `${decoded}index.html` : decoded)
  if (!file.startsWith(root) || decoded.includes('\0')) return undefined
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? file : undefined
}
