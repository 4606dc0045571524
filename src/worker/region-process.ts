/** A replica behind a worker, as its supervisor sees it; real ones are made by `startRegionWorker`, tests make their own. */
import * as Comlink from 'comlink'
import type { CommandDoc, KeysAnswer, KeysQuestion } from '../engine/index.ts'
import type { Input, Inspection, Output, ReplicaConfig } from '../replication/index.ts'

/** What a region's worker exposes. */
export interface ReplicaService {
  open(config: ReplicaConfig): void
  /** Loads what the commands need before it runs them. */
  submit(inputs: readonly Input[]): Promise<readonly Output[]>
  canonicalState(): string
  inspect(): Inspection | null
  look(question: KeysQuestion, now: number): KeysAnswer | null
  catalogue(): readonly CommandDoc[]
}

/** Requests may stay unanswered for ever: their maker races them with `onDeath` and a limit. */
export interface RegionProcess {
  open(config: ReplicaConfig): Promise<void>
  submit(inputs: readonly Input[]): Promise<readonly Output[]>
  canonicalState(): Promise<string>
  inspect(): Promise<Inspection | null>
  look(question: KeysQuestion, now: number): Promise<KeysAnswer | null>
  catalogue(): Promise<readonly CommandDoc[]>
  /** Told at most once, in words that follow "Region 2's worker …". */
  onDeath(listener: (how: string) => void): void
  terminate(): void
}

export function regionProcess(worker: Worker): RegionProcess {
  const service = Comlink.wrap<ReplicaService>(worker)
  return {
    open: (config) => service.open(config),
    submit: (inputs) => service.submit(inputs),
    canonicalState: () => service.canonicalState(),
    inspect: () => service.inspect(),
    look: (question, now) => service.look(question, now),
    catalogue: () => service.catalogue(),
    onDeath(listener) {
      worker.addEventListener('error', (event) => listener(`failed (${event.message || 'its script did not load'})`))
    },
    terminate: () => worker.terminate(),
  }
}
