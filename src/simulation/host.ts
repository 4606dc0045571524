/**
 * Where a replica lives: in this very thread, or behind a worker. The kernel sees only this boundary, so a session's outcome cannot depend on
 * the place. A host answers batches in the order in which it got them, one output per input.
 */
import { type CommandDoc, type KeysAnswer, type KeysQuestion, loadParts } from '../engine/index.ts'
import { prepareInputs, type Input, type Inspection, type Output, type ReplicaConfig } from '../replication/index.ts'

type Eventually<T> = T | Promise<T>

export interface ReplicaHost {
  submit(inputs: readonly Input[]): Eventually<readonly Output[]>
  /** One input, answered at once: the parts that it needs must be loaded. Only of hosts in this thread. */
  submitNow?(input: Input): Output
  /** The whole state as a text that is equal in replicas that have converged. */
  canonicalState(): Eventually<string>
  /** What CONFIG SET last gave a parameter; undefined: never set. Only of hosts in this thread. */
  setting?(name: string): string | undefined
  /** Null while it is stopped, or where there is nothing to tell. */
  inspect?(): Eventually<Inspection | null>
  /** `now`: the region's wall clock, ms since 1970. Null as above. */
  look?(question: KeysQuestion, now: number): Eventually<KeysAnswer | null>
  catalogue(): Eventually<readonly CommandDoc[]>
  close(): void
}

/** `onIncident` is told about things outside the simulated world, such as a worker that was restarted. */
export type HostFactory = (config: ReplicaConfig, onIncident: (text: string) => void) => Eventually<ReplicaHost>

/** What an in-process host needs of a replica. */
export interface HostedReplica {
  submit(input: Input): Output
  canonicalState(): string
  setting?(name: string): string | undefined
  inspect?(): Inspection | null
  look?(question: KeysQuestion, now: number): KeysAnswer | null
}

/** Hosts whose replicas run in the caller's thread. Those of a live database have all that commands need loaded before, and answer at once. */
export function inProcessHosts(
  create: (config: ReplicaConfig) => HostedReplica,
  catalogue: () => readonly CommandDoc[],
): HostFactory {
  return async (config) => {
    if (config.live === true) await loadParts()
    const replica = create(config)
    const run = (inputs: readonly Input[]) => inputs.map((input) => replica.submit(input))
    return {
      submit(inputs) {
        const missing = config.live === true ? undefined : prepareInputs(inputs)
        return missing === undefined ? run(inputs) : missing.then(() => run(inputs))
      },
      submitNow: (input) => replica.submit(input),
      canonicalState: () => replica.canonicalState(),
      setting: (name) => replica.setting?.(name),
      inspect: () => replica.inspect?.() ?? null,
      look: (question, now) => replica.look?.(question, now) ?? null,
      catalogue,
      close: () => {},
    }
  }
}
