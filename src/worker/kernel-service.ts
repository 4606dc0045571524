/** What the kernel's worker exposes to the page: the cluster, with calls batched so that a crossing carries many of them. */
import type { Bytes } from '../lib/index.ts'
import type { CommandDoc, KeysAnswer, KeysQuestion, Reply } from '../engine/index.ts'
import type { Inspection, ReplicaConfig, ReplicaId } from '../replication/index.ts'
import {
  Cluster,
  type ClusterStatus,
  type ClusterUpdate,
  type ControlResult,
  pace,
  type Pacer,
  type RealTime,
  type SessionLog,
  type SessionSettings,
} from '../simulation/index.ts'
import { assert } from '../lib/index.ts'
import { coalesceUpdates } from './coalesce.ts'
import type { RegionProcess } from './region-process.ts'
import { type SupervisedHost, superviseHost } from './supervised-host.ts'

export interface SentCommand {
  /** The caller's name for it. */
  readonly call: number
  readonly region: ReplicaId
  readonly session: number
  readonly argv: readonly Bytes[]
}
export type Answer =
  | { readonly call: number; readonly reply: Reply }
  | { readonly call: number; readonly failure: string }

/** Across a worker, it is done when the page has taken them. */
type TakeAnswers = (answers: readonly Answer[]) => void | Promise<void>

export interface KernelService {
  /** Starts a new session, or replays a recorded one. `onAnswers` gets the replies of commands, `onFailure` a breakdown of the whole. */
  open(
    start: SessionSettings | SessionLog,
    answerLimitMs: number,
    onAnswers: TakeAnswers,
    onFailure: (text: string) => void,
  ): Promise<void>
  /** Commands of one call run at one instant. */
  commands(batch: readonly SentCommand[]): void
  closeSession(region: ReplicaId, session: number): Promise<void>
  control(line: string): Promise<ControlResult>
  status(): Promise<ClusterStatus>
  catalogue(): Promise<readonly CommandDoc[]>
  inspect(region: ReplicaId): Promise<Inspection | null>
  look(region: ReplicaId, question: KeysQuestion): Promise<KeysAnswer | null>
  log(): Promise<SessionLog>
  digest(): Promise<string>
  subscribe(subscription: number, listener: (update: ClusterUpdate) => void): void
  unsubscribe(subscription: number): void
  killWorker(region: ReplicaId): Promise<void>
  close(): void
}

/** Updates cross to the page at most once a frame. */
const UPDATE_GAP_MS = 16

export function makeKernelService(start: () => RegionProcess, time: RealTime): KernelService {
  const hosts = new Map<ReplicaId, SupervisedHost>()
  const subscriptions = new Map<number, () => void>()
  let running: { readonly cluster: Cluster; readonly pacer: Pacer } | undefined
  let answers: Answer[] = []
  let onAnswers: TakeAnswers = () => {}
  let delivered: Promise<unknown> = Promise.resolve()

  /** The cluster, its virtual time brought up to now. */
  function current(): Cluster {
    assert(running !== undefined, 'a cluster is opened before it is used')
    running.pacer.catchUp()
    return running.cluster
  }

  /** Replies that come together go together. */
  function answer(given: Answer): void {
    if (answers.push(given) > 1) return
    time.after(0, deliver)
  }

  function deliver(): void {
    if (answers.length === 0) return
    const given = answers
    answers = []
    delivered = Promise.all([delivered, onAnswers(given)])
  }

  /** Whoever hears the answer to a later call has heard the replies to all commands before it. */
  async function inOrder<T>(result: Promise<T>): Promise<T> {
    const value = await result
    deliver()
    await delivered
    return value
  }

  return {
    async open(from, answerLimitMs, giveAnswers, onFailure) {
      assert(running === undefined, 'a kernel worker runs one cluster')
      onAnswers = giveAnswers
      const after = time.after.bind(time)
      const factory = async (config: ReplicaConfig, onIncident: (text: string) => void) => {
        const host = await superviseHost(config, { start, onIncident, answerLimitMs, after })
        hosts.set(config.id, host)
        return host
      }
      const cluster = 'settings' in from ? await Cluster.replay(from, factory) : await Cluster.open(from, factory)
      running = { cluster, pacer: pace(cluster, time, (problem) => onFailure(messageOf(problem))) }
    },
    commands(batch) {
      const cluster = current()
      for (const { call, region, session, argv } of batch) {
        cluster.command(region, session, argv).then(
          (reply) => answer({ call, reply }),
          (problem: unknown) => answer({ call, failure: messageOf(problem) }),
        )
      }
    },
    closeSession: (region, session) => inOrder(current().closeSession(region, session)),
    control: (line) => inOrder(current().control(line)),
    status: () => inOrder(current().status()),
    inspect: (region) => inOrder(current().inspect(region)),
    look: (region, question) => inOrder(current().look(region, question)),
    catalogue: () => inOrder(current().catalogue()),
    log: () => inOrder(current().log()),
    digest: () => inOrder(current().digest()),
    subscribe(subscription, listener) {
      subscriptions.set(subscription, current().subscribe(coalesceUpdates(listener, UPDATE_GAP_MS, time)))
    },
    unsubscribe(subscription) {
      subscriptions.get(subscription)?.()
      subscriptions.delete(subscription)
    },
    async killWorker(region) {
      await hosts.get(region)?.kill()
    },
    close() {
      running?.pacer.stop()
      running?.cluster.close()
    },
  }
}

function messageOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem)
}
