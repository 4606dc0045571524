/**
 * Offline after the first visit: every file of a build is kept, under the build's version. A page comes from the network while that answers,
 * so that a new build is seen at once; its parts come from what is kept. Builds do not mix: their parts are named by their contents, and an old build's
 * files go when no page of it is open any more.
 */
const scope = self as unknown as ServiceWorkerGlobalScope

declare const __PRECACHE__: { readonly version: string; readonly files: readonly string[] }
const { version, files } = __PRECACHE__

const PREFIX = 'crdb-playground:'
const HOME = scope.registration.scope
const CACHE = `${PREFIX}${HOME}:${version}`
/** A network that is there but does not answer is no reason to wait for a page that is kept. */
const PATIENCE_MS = 3000

scope.addEventListener('install', (event) => {
  event.waitUntil(keep())
})

scope.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([forgetOthers(), scope.clients.claim()]))
})

scope.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || !request.url.startsWith(HOME)) return
  event.respondWith(request.mode === 'navigate' ? pageFor(request) : partFor(request))
})

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE)
  // Parts have their contents in their names; of the others the browser may hold an older one.
  await cache.addAll(
    files.map((file) => new Request(HOME + file, file.startsWith('assets/') ? {} : { cache: 'reload' })),
  )
}

async function forgetOthers(): Promise<void> {
  const names = await caches.keys()
  const old = names.filter((name) => name.startsWith(`${PREFIX}${HOME}:`) && name !== CACHE)
  await Promise.all(old.map((name) => caches.delete(name)))
}

async function pageFor(request: Request): Promise<Response> {
  const kept = await keptFile(request)
  if (!kept) return fetch(request)
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept.clone()), PATIENCE_MS))
  return Promise.race([fetch(request).catch(() => kept), late])
}

async function partFor(request: Request): Promise<Response> {
  return (await keptFile(request)) ?? fetch(request)
}

async function keptFile(request: Request): Promise<Response | undefined> {
  const address = new URL(request.url)
  const path = address.pathname.endsWith('/') ? `${address.pathname}index.html` : address.pathname
  return (await caches.open(CACHE)).match(address.origin + path)
}
