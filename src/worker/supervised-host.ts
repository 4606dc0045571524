/**
 * A host whose worker may die or hang without the simulation noticing anything but the wait. All inputs of the region are logged; a worker that dies
 * or does not answer in time is replaced by a new one, which gets the log again (a replica is a function of its inputs) and then what was
 * outstanding. An input that kills two workers is left out, so that the region lives on.
 */
import { type Reply, error } from '../engine/index.ts'
import type { Input, Output, ReplicaConfig } from '../replication/index.ts'
import type { ReplicaHost } from '../simulation/index.ts'
import type { RegionProcess } from './region-process.ts'

export interface SupervisedHost extends ReplicaHost {
  /** Ends the worker as a crash would; it is restarted at once. */
  kill(): Promise<void>
}

export interface Supervision {
  readonly start: () => RegionProcess
  readonly onIncident: (text: string) => void
  /** How long a worker may take for one batch. */
  readonly answerLimitMs: number
  /** Calls back after a delay; returns how to cancel. */
  readonly after: (delayMs: number, action: () => void) => () => void
}

/** Inputs of a log that are handed over at once: each such batch has the whole answer limit for itself. */
const REPLAYED_AT_ONCE = 500
const MOST_STARTS = 3
/** A new worker first loads its script, perhaps over a slow line. */
const START_LIMIT_MS = 30_000
export const KILLED_TWICE: Reply = error('ERR the region was restarted twice while running this command')

/** The worker died. The message says how, in words that follow "Region 2's worker …". */
class Death extends Error {
  override name = 'Death'
}

export async function superviseHost(config: ReplicaConfig, supervision: Supervision): Promise<SupervisedHost> {
  const log: Input[] = []
  let worker = startWorker(supervision)
  let turn: Promise<unknown> = Promise.resolve()
  let last: Output | undefined
  let closed = false

  /** One request at a time: a batch is answered, or its worker replaced, before the next begins. */
  function inTurn<T>(action: () => Promise<T>): Promise<T> {
    const result = turn.then(action)
    turn = result.catch(() => {}) // the caller has the rejection
    return result
  }

  /** In turn, unless a request has found the death first. */
  function replace(dead: typeof worker): Promise<void> {
    return inTurn(async () => {
      if (dead === worker && !closed) await restart()
    })
  }

  function watch(): void {
    const watched = worker
    watched.died
      .catch(() => replace(watched))
      // The next request will try again, and fail if need be.
      .catch((problem: Error) => supervision.onIncident(problem.message))
  }

  async function open(): Promise<void> {
    await worker.ask((process) => process.open(config), START_LIMIT_MS)
    for (let done = 0; done < log.length; done += REPLAYED_AT_ONCE) {
      await worker.ask((process) => process.submit(log.slice(done, done + REPLAYED_AT_ONCE)))
    }
  }

  async function restart(): Promise<void> {
    let how = await worker.howItDied()
    const firstHow = how
    for (let starts = 0; starts < MOST_STARTS; starts++) {
      worker.terminate()
      worker = startWorker(supervision)
      try {
        await open()
      } catch (problem) {
        how = deathOf(problem)
        continue
      }
      watch()
      const inputs = `${log.length} input${log.length === 1 ? '' : 's'}`
      supervision.onIncident(`Region ${config.id}'s worker ${firstHow} and was restarted from its log (${inputs})`)
      return
    }
    throw new Error(`Region ${config.id}'s worker ${how} and could not be restarted`)
  }

  /** Asks again after a restart if the worker dies: for requests that change nothing. */
  async function read<T>(request: (process: RegionProcess) => Promise<T>): Promise<T> {
    try {
      return await worker.ask(request)
    } catch (problem) {
      deathOf(problem)
      await restart()
      return worker.ask(request)
    }
  }

  async function submit(inputs: readonly Input[]): Promise<readonly Output[]> {
    try {
      return note(inputs, await worker.ask((process) => process.submit(inputs)))
    } catch (problem) {
      deathOf(problem)
      await restart()
    }
    const outputs: Output[] = []
    // One of them may be deadly: singly, the others are safe from it.
    for (const input of inputs) outputs.push(...(await submitSuspect(input)))
    return outputs
  }

  async function submitSuspect(input: Input): Promise<readonly Output[]> {
    try {
      return note([input], await worker.ask((process) => process.submit([input])))
    } catch (problem) {
      deathOf(problem)
      await restart()
      return [leftOut(input, last)]
    }
  }

  function note(inputs: readonly Input[], outputs: readonly Output[]): readonly Output[] {
    log.push(...inputs)
    last = outputs.at(-1) ?? last
    return outputs
  }

  try {
    await open()
    watch()
  } catch (problem) {
    deathOf(problem)
    await restart()
  }
  return {
    submit: (inputs) => inTurn(() => submit(inputs)),
    canonicalState: () => inTurn(() => read((process) => process.canonicalState())),
    inspect: () => inTurn(() => read((process) => process.inspect())),
    look: (question, now) => inTurn(() => read((process) => process.look(question, now))),
    catalogue: () => inTurn(() => read((process) => process.catalogue())),
    kill() {
      worker.end('was killed')
      return replace(worker)
    },
    close() {
      closed = true
      worker.terminate()
    },
  }
}

/** One life of a worker. After its death every request fails. */
function startWorker({ start, answerLimitMs, after }: Supervision) {
  const process = start()
  let end!: (how: string) => void
  const died = new Promise<never>((_, reject) => {
    end = (how) => reject(new Death(how))
  })
  died.catch(() => {}) // a death that nobody waits for is found by the next request
  process.onDeath(end)
  return {
    died,
    end,
    howItDied: () => died.then(() => '', deathOf),
    terminate: () => process.terminate(),
    async ask<T>(request: (process: RegionProcess) => Promise<T>, limitMs = answerLimitMs): Promise<T> {
      const cancel = after(limitMs, () => end('stopped answering'))
      try {
        // A replica that throws has broken an invariant: its state cannot be trusted any more.
        const answer = request(process).catch((problem: unknown) => {
          end(`failed (${problem instanceof Error ? problem.message : String(problem)})`)
          return died
        })
        return await Promise.race([died, answer])
      } finally {
        cancel()
      }
    },
  }
}

function deathOf(problem: unknown): string {
  if (!(problem instanceof Death)) throw problem
  return problem.message
}

/** What stands for the output of an input that was left out. */
function leftOut(input: Input, last: Output | undefined): Output {
  return {
    replies: input.kind === 'command' ? [{ session: input.session, reply: KILLED_TWICE, push: false, resp: 2 }] : [],
    closed: [],
    messages: [],
    dots: null,
    changes: [],
    resolutions: [],
    clock: last?.clock ?? [],
    wakeAt: input.kind === 'tick' ? null : (last?.wakeAt ?? null),
  }
}
