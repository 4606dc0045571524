/** All members show one state, and nothing is left behind. */
import { isError, type Reply } from '../../engine/index.ts'
import { showReply } from '../../replication/testing/history.ts'
import type { ClusterApi } from '../../simulation/index.ts'
import type { Failure } from '../run.ts'

/** No session of a run. */
const READER = 9000

/** What a key shows, by its type; and what any key shows. */
const READS: Readonly<Record<string, readonly string[]>> = {
  string: ['GET', 'STRLEN', 'PFCOUNT'],
  hash: ['HGETALL', 'HLEN'],
  set: ['SMEMBERS', 'SCARD'],
  zset: ['ZRANGE 0 -1 WITHSCORES', 'ZCARD'],
  list: ['LRANGE 0 -1', 'LLEN'],
  stream: ['XRANGE - +', 'XLEN'],
  'ReJSON-RL': ['JSON.GET', 'JSON.TYPE'],
}
const OF_ANY = ['PEXPIRETIME', 'DUMP']

export interface Reader {
  readonly members: readonly number[]
  /** A command's reply in each member, in their order. */
  readonly everywhere: (argv: readonly string[]) => Promise<readonly Reply[]>
}

export function readerOf(cluster: ClusterApi, members: readonly number[]): Reader {
  return { members, everywhere: (argv) => Promise.all(members.map((id) => cluster.command(id, READER, argv))) }
}

export async function disagreement(cluster: ClusterApi, reader: Reader): Promise<Failure | undefined> {
  const shown = await differentReplies(reader)
  const { ok, text } = await cluster.control('expect converged')
  if (ok && shown === undefined) return undefined
  return {
    check: 'converged',
    text: `${ok ? 'equal states but different replies' : text}\n${shown ?? '(no reading command shows it)'}`,
    expect: ['expect converged'],
  }
}

/** A reading command to which regions reply differently, with the replies. */
async function differentReplies({ members, everywhere }: Reader): Promise<string | undefined> {
  const different = async (argv: readonly string[]) => {
    const replies = (await everywhere(argv)).map(showReply)
    const odd = replies.findIndex((reply) => reply !== replies[0])
    return odd === -1
      ? undefined
      : `${argv.join(' ')}\n  region ${members[0]}: ${replies[0]}\n  region ${members[odd]}: ${replies[odd]}`
  }
  const keys = new Set((await everywhere(['KEYS', '*'])).flatMap((reply) => reply as string[]))
  for (const key of keys) {
    const types = await everywhere(['TYPE', key])
    const type = showReply(types[0] ?? null)
    if (types.some((one) => showReply(one) !== type)) return different(['TYPE', key])
    for (const command of [...OF_ANY, ...(READS[type] ?? [])]) {
      if (command === 'DUMP') continue
      const [name = '', ...rest] = command.split(' ')
      const found = await different([name, key, ...rest])
      if (found !== undefined) return found
    }
  }
  return undefined
}

/** INFO's crdt section of each member, by its field names. */
export async function infos({ everywhere }: Reader): Promise<readonly ReadonlyMap<string, string>[]> {
  return (await everywhere(['INFO', 'crdt'])).map((reply) => {
    const text = typeof reply === 'string' ? reply : ((reply as { readonly text?: string }).text ?? '')
    return new Map(
      text.split('\r\n').flatMap((line): [string, string][] => {
        const at = line.indexOf(':')
        return at === -1 ? [] : [[line.slice(0, at), line.slice(at + 1)]]
      }),
    )
  })
}

/** Everything is observed everywhere, so there are as many headers as visible keys and nothing waits for collection (R4, G8). */
export async function leftovers(reader: Reader): Promise<Failure | undefined> {
  const sizes = await reader.everywhere(['DBSIZE'])
  const keys = await reader.everywhere(['KEYS', '*'])
  const sections = await infos(reader)
  for (const [i, id] of reader.members.entries()) {
    const visible = isError(keys[i] as Reply) ? -1 : (keys[i] as readonly Reply[]).length
    if (sizes[i] !== visible)
      return {
        check: 'leftovers',
        text: `region ${id}: DBSIZE ${showReply(sizes[i] ?? null)}, but ${visible} keys`,
        expect: [`expect ${id} DBSIZE → ${visible}`],
      }
    const pending = sections[i]?.get('crdt_gc_pending')
    if (pending !== '0') return { check: 'gc pending', text: `region ${id}: crdt_gc_pending is ${pending}` }
    const waiting = sections[i]?.get('crdt_effects_waiting')
    if (waiting !== '0') return { check: 'waiting', text: `region ${id}: crdt_effects_waiting is ${waiting}` }
  }
  return undefined
}
