/** What the built site has beside its pages: the page of rules, the scenarios as files, and a service worker that knows every file. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Plugin } from 'vite'
import { rulesPage } from './rules-page.ts'

const CATALOG = new URL('../src/scenarios/catalog/', import.meta.url)
/** What the service worker's source calls its list. */
const LIST = '__PRECACHE__'

/** `scenarios/<id>.md` and, for the development server, `embed.js`, which only a build makes. */
export function embedFiles(): Plugin {
  return {
    name: 'embed-files',
    generateBundle() {
      for (const file of readdirSync(CATALOG).filter((name) => name.endsWith('.md'))) {
        this.emitFile({ type: 'asset', fileName: `scenarios/${file}`, source: readFileSync(new URL(file, CATALOG)) })
      }
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const file = /^\/scenarios\/([a-z0-9-]+\.md)$/.exec(request.url ?? '')?.[1]
        if (file !== undefined && readdirSync(CATALOG).includes(file))
          return void response.end(readFileSync(new URL(file, CATALOG)))
        if (request.url === '/embed.js') request.url = '/src/embed/main.ts'
        next()
      })
    },
  }
}

/** `rules.html`. */
export function rulesFile(): Plugin {
  return {
    name: 'rules-file',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'rules.html', source: rulesPage() })
    },
    configureServer({ middlewares }) {
      middlewares.use(
        '/rules.html',
        (_request, response) => void response.setHeader('content-type', 'text/html').end(rulesPage()),
      )
    },
  }
}

/** Writes the list of all files, and a version made of their contents, into `sw.js`. */
export function precacheList(): Plugin {
  let outDir = ''
  return {
    name: 'precache-list',
    apply: 'build',
    configResolved(config) {
      outDir = join(config.root, config.build.outDir)
    },
    // Last: files of `public`, workers and their parts are there.
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        const worker = join(outDir, 'sw.js')
        const script = readFileSync(worker, 'utf8')
        if (!script.includes(LIST)) throw new Error(`sw.js has no ${LIST}`)
        const files = readdirSync(outDir, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !entry.name.endsWith('.map') && entry.name !== 'sw.js')
          .map((entry) => relative(outDir, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
          .toSorted()
        const hash = createHash('sha256').update(script)
        for (const file of files) hash.update(file).update(readFileSync(join(outDir, file)))
        const list = JSON.stringify({ version: hash.digest('hex').slice(0, 16), files })
        writeFileSync(
          worker,
          script.replace(LIST, () => list),
        )
      },
    },
  }
}
