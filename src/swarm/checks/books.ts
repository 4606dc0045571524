/** What INFO counts adds up, and nothing that was acknowledged is lost. */
import type { ClusterStatus } from '../../simulation/index.ts'
import type { Observed } from '../observe.ts'
import type { Failure } from '../run.ts'

/** The observed clock of a member, from its INFO. */
export function clockOf(section: ReadonlyMap<string, string>): number[] {
  return clockFrom(section.get('crdt_ovc') ?? '')
}

/** A clock as INFO writes it: `1:5;3:2`. */
export function clockFrom(text: string): number[] {
  const clock: number[] = []
  for (const part of text.split(';')) {
    const [id, n] = part.split(':').map(Number)
    if (id !== undefined && n !== undefined) clock[id] = n
  }
  return Array.from(clock, (n) => n ?? 0)
}

/** A region that is there under its id has kept every write that it acknowledged. */
export function losses(
  members: readonly number[],
  clock: readonly number[],
  { lastDots }: Observed,
): Failure | undefined {
  for (const id of members) {
    const last = lastDots.get(id) ?? 0
    if ((clock[id] ?? 0) < last)
      return {
        check: 'lost writes',
        text: `region ${id} acknowledged its write ${last}, but only ${clock[id] ?? 0} are known`,
      }
  }
  return undefined
}

export function miscounts(
  members: readonly number[],
  sections: readonly ReadonlyMap<string, string>[],
  { snapshots, changed }: Observed,
  status: ClusterStatus,
): Failure | undefined {
  for (const [i, id] of members.entries()) {
    const section = sections[i] as ReadonlyMap<string, string>
    const count = (name: string) => Number(section.get(name))
    const wrong = (text: string): Failure => ({ check: 'counters', text: `region ${id}: ${text}` })
    if (section.get('crdt_stale') !== '0') return wrong(`is still stale`)
    if (section.get('crdt_standing') !== 'member')
      return { check: 'standing', text: `region ${id} is ${section.get('crdt_standing')}` }
    if (changed) continue
    const merges = snapshots.get(id) ?? 0
    if (count('crdt_sync_full') !== merges)
      return wrong(`crdt_sync_full ${count('crdt_sync_full')}, but ${merges} came`)
    const others = clockOf(section).reduce((sum, n, r) => (r === id ? sum : sum + n), 0)
    const applied = count('crdt_effect_reqs') - count('crdt_ovc_filtered_effect_reqs') - count('crdt_effects_waiting')
    if (merges === 0 && count('crdt_effects_dropped') === 0 && applied !== others)
      return wrong(`${applied} effects applied, but ${others} known`)
  }
  const out = status.links.find(
    ({ from, to, syncer }) => syncer !== 'in-sync' && members.includes(from) && members.includes(to),
  )
  return out === undefined ? undefined : { check: 'syncer', text: `link ${out.from}>${out.to} is ${out.syncer}` }
}
