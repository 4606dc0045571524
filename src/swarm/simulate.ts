/** One run from its seed to a verdict. */
import { catalogue } from '../engine/index.ts'
import { createReplica } from '../replication/index.ts'
import { showReply } from '../replication/testing/history.ts'
import { Cluster, inProcessHosts, openLocalCluster } from '../simulation/index.ts'
import { clockOf, losses, miscounts } from './checks/books.ts'
import { departure } from './checks/models.ts'
import { disagreement, infos, leftovers, readerOf, type Reader } from './checks/states.ts'
import { observe } from './observe.ts'
import { failureOf, membersOf, play, settle } from './play.ts'
import type { Failure, Run, Step } from './run.ts'

export interface Verdict {
  readonly failure: Failure | undefined
  /** How the run was brought to rest. */
  readonly ending: readonly Step[]
  readonly commands: number
  readonly entries: number
}

const REPLAYED = 16

/** Words of what `observe` says, and the check's name. */
const CHECKS = [
  ['relies on', 'reliance'],
  ['counts what', 'reliance'],
  ['was removed', 'removed'],
  ['its cause', 'causal order'],
  ['passed on', 'passed on'],
] as const

/** Plays a run, lets everything come to rest and checks it. */
export async function verdictOf(run: Run): Promise<Verdict> {
  const cluster = await openLocalCluster(run.settings)
  let failure: Failure | undefined
  let ending: readonly Step[] = []
  try {
    await play(cluster, run.steps)
    ending = await settle(cluster)
    failure = (await faultOf(cluster, run)) ?? (await unlikeItself(cluster, run))
  } catch (problem) {
    failure = failureOf(problem)
  }
  const journal = await cluster.journal()
  cluster.close()
  const commands = journal.filter(({ kind }) => kind === 'command').length
  return { failure, ending, commands, entries: journal.length }
}

async function faultOf(cluster: Cluster, { settings }: Run): Promise<Failure | undefined> {
  const observed = observe(await cluster.journal(), settings)
  const [fault] = observed.faults
  if (fault !== undefined)
    return { check: CHECKS.find(([word]) => fault.includes(word))?.[1] ?? 'forgets', text: fault }
  const status = await cluster.status()
  const members = membersOf(status)
  const reader = readerOf(cluster, members)
  const different = await disagreement(cluster, reader)
  if (different !== undefined) return different
  const sections = await infos(reader)
  const clock = clockOf(sections[0] as ReadonlyMap<string, string>)
  return (
    losses(members, clock, observed) ??
    miscounts(members, sections, observed, status) ??
    (await leftoversAtRest(cluster, reader)) ??
    (await departure(observed.steps, clock, reader)) ??
    (await newcomer(cluster, reader))
  )
}

/** Its log gives the same journal once more (of some runs: it takes as long as the run). */
async function unlikeItself(cluster: Cluster, { settings }: Run): Promise<Failure | undefined> {
  if (settings.seed % REPLAYED !== 0) return undefined
  const log = await cluster.log()
  const again = await Cluster.replay(log, inProcessHosts(createReplica, catalogue))
  const [digest, other] = [await cluster.digest(), await again.digest()]
  again.close()
  return digest === other
    ? undefined
    : { check: 'replay', text: `the journal's digest is ${digest}, and ${other} when replayed` }
}

/** Something may have expired just now. */
async function leftoversAtRest(cluster: Cluster, reader: Reader): Promise<Failure | undefined> {
  if ((await leftovers(reader)) === undefined) return undefined
  for (const line of ['wait 5s', 'gc', 'sync', 'gc', 'sync']) await cluster.control(line)
  return leftovers(reader)
}

/** A region that joins at the end gets from each member what it can: whole states, effects, both. It shows the same, and takes part: what it deletes is collected. */
async function newcomer(cluster: Cluster, { members }: Reader): Promise<Failure | undefined> {
  if (members.length >= 10) return undefined
  const refused = await refusal(cluster, ['add-region', 'sync', 'wait 2s'])
  if (refused !== undefined) return refused
  const reader = readerOf(cluster, membersOf(await cluster.status()))
  const { everywhere } = reader
  const [last] = reader.members.slice(-1)
  const replies = [
    ...(await everywhere(['SADD', 'newcomer', String(last)])),
    ...(await everywhere(['DEL', 'newcomer'])),
  ]
  const odd = replies.find((reply) => reply !== 1)
  if (odd !== undefined) return { check: 'newcomer: takes part', text: `SADD and DEL: ${showReply(odd)}` }
  await refusal(cluster, ['sync', 'wait 2s', 'gc', 'sync', 'gc', 'sync'])
  const failure = (await disagreement(cluster, reader)) ?? (await leftoversAtRest(cluster, reader))
  return failure === undefined ? undefined : { ...failure, check: `newcomer: ${failure.check}` }
}

async function refusal(cluster: Cluster, lines: readonly string[]): Promise<Failure | undefined> {
  for (const line of lines) {
    const { ok, text } = await cluster.control(line)
    if (!ok) return { check: line, text }
  }
  return undefined
}
