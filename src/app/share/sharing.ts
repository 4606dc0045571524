/**
 * Opening sessions from outside, and giving the present one away. What is opened is looked at as a whole first: until then, and when it is unfit, the
 * session that is there goes on. The visitor's own session is kept beside a shared one.
 */
import type { SessionLog } from '../../simulation/index.ts'
import { forgetSession, hasEarlier, keptSession, restoreEnded, takeBack } from '../autosave.ts'
import type { Playground, SessionSource } from '../playground.ts'
import type { ScenarioPlay } from '../scenario-play.ts'
import type { Storage } from '../storage.ts'
import { UnfitSession } from './clean.ts'
import { linkOf, logOfLink } from './link.ts'

export interface SharingWorld {
  readonly playground: Playground
  readonly scenario: ScenarioPlay
  readonly storage: Storage
  /** Saves what the visitor did last. */
  readonly saveNow: () => Promise<void>
  /** Opens a fresh session. */
  readonly startOver: () => void
  /** The session is no longer the one that this link says. */
  readonly onChanged: (fragment: string) => void
}

export interface Sharing {
  /** Opens what the fragment of an address holds. False: it is unfit, the visitor was told, and nothing has changed. */
  readonly openLink: (fragment: string) => Promise<boolean>
  /** From a shared session to the visitor's own. */
  readonly back: () => Promise<void>
  /** A session of the visitor's own waits, put aside for a shared one. */
  readonly hasEarlier: () => Promise<boolean>
  /** The present session as the fragment of an address, and how many inputs it has; null: there is no session. */
  readonly link: () => Promise<{ readonly fragment: string; readonly inputs: number } | null>
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
    if (own !== null) await playground.open(own)
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

  return {
    openLink: async (fragment) => {
      const title = 'The link could not be opened.'
      let log: SessionLog
      try {
        log = await logOfLink(fragment)
      } catch (reason) {
        if (!(reason instanceof UnfitSession)) throw reason
        playground.tellProblem({ title, text: reason.message })
        return false
      }
      return openLog(log, 'link', title, fragment)
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
    link: async () => {
      const log = await playground.api()?.log()
      return log === undefined ? null : { fragment: await linkOf(log), inputs: log.inputs.length }
    },
  }
}

const isAdopted = (source: SessionSource): boolean => source.kind === 'last-visit' || source.adopted
