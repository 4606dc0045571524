/**
 * Administration as its command-line tools look (R10). Pure: a command becomes a plan, control lines to carry out and the answer to give once they have
 * been; or a problem, and nothing is done.
 */
import type { ReplicaSettings } from '../../replication/index.ts'
import type { Phase } from '../work.ts'

/** What administration knows of the database besides its settings. */
export interface AdminState {
  name: string
  /** Times that the configuration was changed by a tool. */
  configVersion: number
  /** Ids of the tasks there were, in order. */
  readonly tasks: string[]
}

export const freshAdmin = (): AdminState => ({ name: 'database1', configVersion: 1, tasks: [] })

export interface AdminRegion {
  readonly id: number
  readonly name: string
  readonly phase: Phase
  readonly settings: ReplicaSettings
}

/** The world as the tools see it. */
export interface AdminView extends Omit<Readonly<AdminState>, 'tasks'> {
  readonly tasks: readonly string[]
  readonly guid: string
  readonly settings: ReplicaSettings
  /** Members, and regions that were removed by force and are not purged. */
  readonly regions: readonly AdminRegion[]
  readonly isUp: (a: number, b: number) => boolean
}

/** A change: a task of the tool. */
export interface Change {
  readonly lines: readonly string[]
  /** The database's new name, where it is changed. */
  readonly name?: string
  /** The tool is not to wait for the end. */
  readonly noWait: boolean
  /** The tool tells the GUID that was assigned. */
  readonly assignsGuid?: boolean
  /** Options without effect here. */
  readonly ignored: readonly string[]
}

export type AdminPlan =
  | { readonly kind: 'answer'; readonly text: string }
  | ({ readonly kind: 'task' } & Change)
  /** Lines whose success is answered with this text. */
  | { readonly kind: 'lines'; readonly lines: readonly string[]; readonly text: string }

/** A command that cannot be carried out; the message says which word is at fault. */
export class AdminProblem extends Error {
  override name = 'AdminProblem'
}

export function problem(text: string): never {
  throw new AdminProblem(text)
}
