/** The page's end of a cluster that runs in workers. The page's own thread never runs an engine. */
import * as Comlink from 'comlink'
import type { Reply } from '../engine/index.ts'
import type { ReplicaId } from '../replication/index.ts'
import type { ClusterApi, ClusterUpdate, SessionLog, SessionSettings } from '../simulation/index.ts'
import type { Answer, KernelService, SentCommand } from './kernel-service.ts'

export interface RunningCluster {
  readonly api: ClusterApi
  /** Tells all that has happened so far, then what happens, at most once a frame. Returns how to stop. */
  subscribe(listener: (update: ClusterUpdate) => void): () => void
  /** Ends a region's worker as a crash would; it is restarted from its log. */
  killWorker(region: ReplicaId): Promise<void>
  /** Ends all workers. Calls that still wait fail. */
  close(): void
}

export interface OpenOptions {
  /** A region's worker that takes longer for a batch is restarted. */
  readonly answerLimitMs?: number
  /** Told once if the kernel itself breaks down; from then on every call fails. */
  readonly onFailure?: (problem: Error) => void
}

const ANSWER_LIMIT_MS = 5000

/** Starts a new session, or replays a recorded one, on a fresh kernel worker. Rejects if the workers cannot be started. */
export async function connectCluster(
  worker: Worker,
  start: SessionSettings | SessionLog,
  options: OpenOptions = {},
): Promise<RunningCluster> {
  const service = Comlink.wrap<KernelService>(worker)
  const waiting = new Map<number, { done: (reply: Reply) => void; fail: (problem: Error) => void }>()
  let calls = 0
  let subscriptions = 0
  let unsent: SentCommand[] = []

  // A call to a worker that is gone would hang for ever.
  let breakDown!: (text: string) => void
  const brokenDown = new Promise<never>((_, reject) => {
    breakDown = (text) => reject(new Error(text))
  })
  brokenDown.catch((problem: Error) => {
    worker.terminate()
    for (const { fail } of waiting.values()) fail(problem)
    waiting.clear()
  })
  const orBreakDown = <T>(answer: Promise<T>): Promise<T> => Promise.race([brokenDown, answer])
  const failed = (text: string) => {
    breakDown(text)
    options.onFailure?.(new Error(text))
  }
  worker.addEventListener('error', (event) => failed(event.message || "the kernel's worker did not start"))

  function take(answers: readonly Answer[]): void {
    for (const answer of answers) {
      const call = waiting.get(answer.call)
      waiting.delete(answer.call)
      if ('reply' in answer) call?.done(answer.reply)
      else call?.fail(new Error(answer.failure))
    }
  }

  function flush(): void {
    const batch = unsent
    unsent = []
    orBreakDown(service.commands(batch)).catch(() => {}) // a breakdown fails the calls themselves
  }

  const api: ClusterApi = {
    async command(region, session, argv) {
      const call = calls++
      const reply = new Promise<Reply>((done, fail) => waiting.set(call, { done, fail }))
      // What is called in one go runs at one instant.
      if (unsent.push({ call, region, session, argv }) === 1) queueMicrotask(flush)
      return orBreakDown(reply)
    },
    closeSession: (region, session) => inOrder(() => service.closeSession(region, session)),
    control: (line) => inOrder(() => service.control(line)),
    status: () => inOrder(() => service.status()),
    inspect: (region) => inOrder(() => service.inspect(region)),
    look: (region, question) => inOrder(() => service.look(region, question)),
    catalogue: () => inOrder(() => service.catalogue()),
    log: () => inOrder(() => service.log()),
    digest: () => inOrder(() => service.digest()),
  }

  /** Commands called before go before. */
  function inOrder<T>(call: () => Promise<T>): Promise<T> {
    if (unsent.length > 0) flush()
    return orBreakDown(call())
  }

  const limit = options.answerLimitMs ?? ANSWER_LIMIT_MS
  try {
    await orBreakDown(service.open(start, limit, Comlink.proxy(take), Comlink.proxy(failed)))
  } catch (problem) {
    worker.terminate()
    throw problem
  }
  return {
    api,
    subscribe(listener) {
      const subscription = subscriptions++
      let open = true
      const relay = Comlink.proxy((update: ClusterUpdate) => {
        if (open) listener(update)
      })
      orBreakDown(service.subscribe(subscription, relay)).catch(() => {}) // told by onFailure
      return () => {
        open = false
        orBreakDown(service.unsubscribe(subscription)).catch(() => {})
      }
    },
    killWorker: (region) => orBreakDown(service.killWorker(region)),
    close() {
      // Region workers are the kernel worker's children and end with it.
      breakDown('the cluster was closed')
    },
  }
}
