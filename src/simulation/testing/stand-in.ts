/**
 * A tiny replica for testing the simulation by itself: grow-only counters that follow the replication protocol's shape (stream to connected members,
 * pull on connect, acknowledge by tick). Commands: INCR k, GET k, WAITFOR (blocks until the next delivery), FAIL.
 */
import { type Bytes, arrayOfBytes, assert, bytesOfArray } from '../../lib/index.ts'
import { error, type SessionReply } from '../../engine/index.ts'
import type {
  Input,
  Message,
  MessageKind,
  Output,
  ReplicaConfig,
  ReplicaHealth,
  ReplicaId,
} from '../../replication/index.ts'
import { type HostedReplica, inProcessHosts } from '../host.ts'

type Effect = readonly [n: number, key: string]

export function makeStandIn(config: ReplicaConfig): HostedReplica {
  const counts = new Map<string, number>()
  const own: Effect[] = []
  const clock: number[] = [0]
  const members = [...config.members]
  const connected = new Set(config.joining ? [] : config.members.filter((id) => id !== config.id))
  const blocked: number[] = []
  let joining = config.joining
  let ackDue = false

  function submit(input: Input): Output {
    const replies: SessionReply[] = []
    const messages: Message[] = []
    const changed: Bytes[] = []
    let wrote = false
    const send = (to: readonly ReplicaId[], what: MessageKind, body: unknown, n?: number) => {
      const bytes = arrayOfBytes(JSON.stringify(body))
      if (to.length > 0) messages.push({ to, what, dots: n === undefined ? null : [n, own.length], bytes })
    }
    const add = (key: string) => {
      counts.set(key, (counts.get(key) ?? 0) + 1)
      changed.push(key)
    }
    switch (input.kind) {
      case 'command': {
        const [name, key = ''] = input.argv
        if (name === 'INCR') {
          const n = own.push([own.length + 1, key])
          clock[config.id] = n
          wrote = true
          add(key)
          send([...connected], 'effects', own.slice(-1), n)
          replies.push({ session: input.session, reply: counts.get(key)!, push: false, resp: 2 })
        } else if (name === 'GET')
          replies.push({ session: input.session, reply: counts.get(key) ?? null, push: false, resp: 2 })
        else if (name === 'WAITFOR') blocked.push(input.session)
        else
          replies.push({ session: input.session, reply: error(`ERR unknown command '${name}'`), push: false, resp: 2 })
        break
      }
      case 'deliver': {
        const body = JSON.parse(bytesOfArray(input.bytes)) as { pull: number } | { ack: number[] } | Effect[]
        if (Array.isArray(body)) {
          for (const [n, key] of body) {
            const seen = clock[input.from] ?? 0
            assert(n <= seen + 1, 'effects of one source arrive without a gap')
            if (n <= seen) continue
            clock[input.from] = n
            add(key)
            ackDue = true
          }
          joining = false
          for (const session of blocked.splice(0)) replies.push({ session, reply: 'unblocked', push: false, resp: 2 })
        } else if ('pull' in body) {
          connected.add(input.from)
          send([input.from], 'effects', own.slice(body.pull), body.pull < own.length ? body.pull + 1 : undefined)
        }
        break
      }
      case 'connect':
        send([input.peer], 'pull', { pull: clock[input.peer] ?? 0 })
        break
      case 'disconnect':
        connected.delete(input.peer)
        break
      case 'add-member':
        members.push(input.member)
        break
      case 'tick':
        if (ackDue) send([...connected], 'ack', { ack: clock })
        ackDue = false
        break
      default:
    }
    return {
      replies,
      closed: [],
      messages,
      dots: wrote ? [own.length, own.length] : null,
      changes: changed.map((key) => ({ key, event: 'incr' })),
      resolutions: [],
      clock: Array.from({ length: Math.max(...members) + 1 }, (_, id) => clock[id] ?? 0),
      health: { ...HEALTHY, standing: joining ? 'joining' : 'member' },
      wakeAt: ackDue ? input.now : null,
    }
  }
  return { submit, canonicalState: () => JSON.stringify([...counts].sort(([a], [b]) => (a < b ? -1 : 1))) }
}

const HEALTHY: ReplicaHealth = {
  standing: 'member',
  stale: false,
  pulling: [],
  waiting: 0,
  backlogBytes: 0,
  backlogLimit: 0,
  logBytes: 0,
  logIsComplete: true,
}

export const standIns = inProcessHosts(makeStandIn, () => [])
