/** The page's entrance: here, and only here, the real clock, chance and the browser's storage come in. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import {
  browserStorage,
  createPlayground,
  createScenarioPlay,
  FEWEST_REGIONS,
  openHistory,
  openPreferences,
  pageSettings,
} from './app/index.ts'
import { App } from './ui/index.ts'
import { openCluster } from './worker/index.ts'

async function start(): Promise<void> {
  const storage = browserStorage()
  const [preferences, history] = await Promise.all([openPreferences(storage), openHistory(storage)])
  const settings = (regions: number) =>
    pageSettings(regions, Date.now(), crypto.getRandomValues(new Uint32Array(1))[0] ?? 1)
  const first = settings(FEWEST_REGIONS)
  const playground = createPlayground(openCluster, first)
  const scenario = createScenarioPlay(playground)
  const startOver = (regions: number) => {
    scenario.leave()
    void playground.open(settings(regions))
  }
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  void playground.open(first)
  createRoot(root).render(
    <StrictMode>
      <App page={{ playground, scenario, startOver, preferences, history }} />
    </StrictMode>,
  )
}

void start()
