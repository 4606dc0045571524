/**
 * Opening sessions from outside, and giving the present one away. What is opened is looked at as a whole first: until then, and when it is unfit, the
 * session that is there goes on. The visitor's own session is kept beside a shared one.
 */
import type { SessionLog } from '../../simulation/index.ts'
import { forgetSession, hasEarlier, keptSession, restoreEnded, takeBack } from '../autosave.ts'
import type { OpenCluster, Playground, SessionSource } from '../playground.ts'
import type { ScenarioPlay } from '../scenario-play.ts'
import type { Storage } from '../storage.ts'
import { UnfitSession } from './clean.ts'
import { exportScenario, type ScenarioExport } from './export-scenario.ts'
import { LONGEST_LINK, linkOf, logOfLink } from './link.ts'
import { isLogText, logOfText, textOfLog } from './log-file.ts'
import { readScenario } from './scenario-file.ts'
import { embedSnippet } from './snippet.ts'

export interface SharingWorld {
  readonly playground: Playground
  readonly scenario: ScenarioPlay
  readonly storage: Storage
  /** For looking whether an exported scenario plays as the session did. */
  readonly openCluster: OpenCluster
  /** Saves what the visitor did last. */
  readonly saveNow: () => Promise<void>
  /** Opens a fresh session. */
  readonly startOver: () => void
  /** The session is no longer the one that this link says. */
  readonly onChanged: (fragment: string) => void
}

export interface SharedLink {
  readonly address: string
  /** What was done in the session. */
  readonly inputs: number
  /** How long an address may be, if this one is longer. */
  readonly limit: number | null
}

export interface SharedFile {
  readonly name: string
  readonly text: string
}

export interface Sharing {
  /** Opens what the fragment of an address holds. False: it is unfit, the visitor was told, and nothing has changed. */
  readonly openLink: (fragment: string) => Promise<boolean>
  /** Opens a scenario, or the log of a session; null: it is neither, the visitor was told, and nothing has changed. */
  readonly openFile: (name: string, text: string) => Promise<'scenario' | 'session' | null>
  /** From a shared session to the visitor's own. */
  readonly back: () => Promise<void>
  /** A session of the visitor's own waits, put aside for a shared one. */
  readonly hasEarlier: () => Promise<boolean>
  /** The present session as an address below that of the page. */
  readonly link: (page: string) => Promise<SharedLink>
  /** The present session's log as a file. */
  readonly logFile: () => Promise<SharedFile>
  /** The present session as a scenario; `reason`: why it is none. */
  readonly scenarioFile: () => Promise<SharedFile | { readonly reason: string }>
  /** Markup for a page that shows what is here: the chosen scenario, or the session as one. `base`: where the playground's files lie. */
  readonly snippet: (base: string) => Promise<{ readonly text: string } | { readonly reason: string }>
}

export function createSharing(world: SharingWorld): Sharing {
  const { playground, scenario, storage, saveNow } = world
  /** Runs a foreign session. If it cannot be run, the one before is run again. */
  async function openLog(log: SessionLog, kind: 'link' | 'file', title: string, fragment?: string): Promise<boolean> {
    await saveNow()
    const own = await keptSession(storage)
    scenario.leave()
    playground.tellProblem(null)
    const opening = playground.open(log, { kind, own: own !== null, adopted: false })
    const { session } = playground.getState()
    if (fragment !== undefined) watch(session, fragment)
    await opening
    const { phase, failure } = playground.getState()
    if (playground.getState().session !== session || phase === 'ready') return true
    if (own === null) world.startOver()
    else await playground.open(own)
    playground.tellProblem({ title, text: failure ?? '' })
    return false
  }

  /** Tells when the visitor takes a session over that a link brought, or leaves it. */
  function watch(session: number, fragment: string): void {
    const stop = playground.subscribe(({ session: present, source }) => {
      if (present === session && source !== null && !isAdopted(source)) return
      stop()
      world.onChanged(fragment)
    })
  }

  /** What `read` gives; null: it is unfit, and the visitor was told. */
  async function fit<T>(title: string, read: () => T | Promise<T>): Promise<T | null> {
    try {
      return await read()
    } catch (reason) {
      if (!(reason instanceof UnfitSession)) throw reason
      playground.tellProblem({ title, text: reason.message })
      return null
    }
  }

  async function presentLog(): Promise<SessionLog> {
    const log = await playground.api()?.log()
    return log ?? { settings: playground.getState().settings, inputs: [], until: 0 }
  }

  async function presentScenario(): Promise<ScenarioExport> {
    return exportScenario(await presentLog(), world.openCluster)
  }

  const fileName = (ending: string) =>
    `session-${new Date(playground.getState().settings.epochMs).toISOString().slice(0, 16).replaceAll(/[T:]/g, '-')}${ending}`

  return {
    openLink: async (fragment) => {
      const title = 'The link could not be opened.'
      const log = await fit(title, () => logOfLink(fragment))
      return log !== null && openLog(log, 'link', title, fragment)
    },
    openFile: async (name, text) => {
      const title = `${name} could not be opened.`
      if (isLogText(text)) {
        const log = await fit(title, () => logOfText(text))
        return log !== null && (await openLog(log, 'file', title)) ? 'session' : null
      }
      if ((await fit(title, () => readScenario(name, text))) === null) return null
      await saveNow()
      playground.tellProblem(null)
      await scenario.openText(name, text)
      return 'scenario'
    },
    back: async () => {
      await saveNow()
      const { source } = playground.getState()
      const own = source !== null && !isAdopted(source) ? await keptSession(storage) : await takeBack(storage)
      scenario.leave()
      if (own === null) return world.startOver()
      await playground.open(own)
      if (playground.getState().phase === 'ready') await restoreEnded(storage)
      else await forgetSession(storage)
    },
    hasEarlier: () => hasEarlier(storage),
    link: async (page) => {
      const log = await presentLog()
      const address = `${page}#${await linkOf(log)}`
      const inputs = log.inputs.filter(({ kind }) => kind !== 'close').length
      return { address, inputs, limit: address.length > LONGEST_LINK ? LONGEST_LINK : null }
    },
    logFile: async () => ({ name: fileName('.jsonl'), text: textOfLog(await presentLog()) }),
    scenarioFile: async () => {
      const outcome = await presentScenario()
      return 'reason' in outcome ? outcome : { name: fileName('.md'), text: outcome.text }
    },
    snippet: async (base) => {
      const { chosen, catalogue } = scenario.getState()
      if (chosen && catalogue?.includes(chosen)) return { text: embedSnippet(base, { scenario: chosen.id }) }
      const outcome = chosen ?? (await presentScenario())
      return 'reason' in outcome ? outcome : { text: embedSnippet(base, { text: outcome.text }) }
    },
  }
}

const isAdopted = (source: SessionSource): boolean => source.kind === 'last-visit' || source.adopted
