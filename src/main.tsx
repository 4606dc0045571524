/** The page's entrance: here, and only here, the real clock, chance and the browser's storage come in. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import {
  browserStorage,
  createPlayground,
  createScenarioPlay,
  createTerminals,
  FEWEST_REGIONS,
  forgetSession,
  keepSession,
  MOST_REGIONS,
  openHistory,
  openPreferences,
  pageSettings,
  putAside,
  readSession,
  restoreEnded,
  type Sharing,
  welcome,
} from './app/index.ts'
import { App } from './ui/index.ts'
import { openCluster } from './worker/index.ts'

/** What the fragment of an address begins with when it holds a session. */
const LINK = '#session='

async function start(): Promise<void> {
  const storage = browserStorage()
  const [preferences, lines] = await Promise.all([openPreferences(storage), openHistory(storage)])
  const settings = (regions: number) =>
    pageSettings(regions, Date.now(), crypto.getRandomValues(new Uint32Array(1))[0] ?? 1)
  const playground = createPlayground(openCluster, settings(FEWEST_REGIONS))
  const scenario = createScenarioPlay(playground)
  const startOver = (regions: number) => {
    scenario.leave()
    const { source } = playground.getState()
    // Beside a shared session waits the visitor's own, until that one is his.
    const ownWaits = source !== null && source.kind !== 'last-visit' && !source.adopted
    void (ownWaits ? putAside(storage) : Promise.resolve()).then(() => forgetSession(storage))
    void playground.open(settings(regions))
  }
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  // A scenario plays on a session of its own, which is not kept: the visitor's own stays as it was.
  const saveNow = keepSession(playground, storage, () => scenario.getState().chosen === null)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void saveNow()
  })
  let sharing: Promise<Sharing> | undefined
  const share = () => (sharing ??= openSharing())
  const openLink = async () => (await share()).openLink(location.hash.slice(1))
  window.addEventListener('hashchange', () => {
    if (location.hash.startsWith(LINK)) void openLink()
  })
  void openFirst()
  createRoot(root).render(
    <StrictMode>
      <App
        page={{
          playground,
          scenario,
          startOver,
          preferences,
          history: lines,
          storage,
          terminals: createTerminals(),
          share,
        }}
      />
    </StrictMode>,
  )

  /** Fetched when somebody shares something, or opens what was shared. */
  async function openSharing(): Promise<Sharing> {
    const { createSharing } = await import('./app/share/index.ts')
    return createSharing({
      playground,
      scenario,
      storage,
      openCluster,
      saveNow,
      startOver: () => startOver(FEWEST_REGIONS),
      // A reload shall bring what the visitor has made of it.
      onChanged: (fragment) => {
        if (location.hash === `#${fragment}`) history.replaceState(null, '', location.pathname + location.search)
      },
    })
  }

  /**
   * A session that the address holds comes first. A scenario named in it comes before what the last visit left, and that before a new session: an empty one with so many `regions`, where the
   * address says so.
   */
  async function openFirst(): Promise<void> {
    if (location.hash.startsWith(LINK) && (await openLink())) return
    const address = new URLSearchParams(location.search)
    const wanted = address.get('scenario')
    if (wanted !== null && (await scenario.chooseListed(wanted))) return
    const { log, broken } = await readSession(storage)
    const opening = log === null ? null : playground.open(log)
    const session = playground.getState().session
    await opening
    if (session !== playground.getState().session) return
    if (log !== null) void restoreEnded(storage)
    const { phase } = playground.getState()
    if (log !== null && phase === 'ready') return
    const regions = Number(address.get('regions') ?? FEWEST_REGIONS)
    const isCount = Number.isInteger(regions) && regions >= FEWEST_REGIONS && regions <= MOST_REGIONS
    await playground.open(settings(isCount ? regions : FEWEST_REGIONS))
    if (broken || log !== null) playground.tellRestored('failed')
    else if (!address.has('regions') && !preferences.getState().hintClosed) await welcome(playground)
  }
}

void start()
// Relative to the page, so that it works from any folder. Without it everything works but being offline.
if (import.meta.env.PROD) void navigator.serviceWorker?.register('./sw.js').catch(() => {})
