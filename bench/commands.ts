/** W1: commands per second on one instance, in process, no peer; beside plain JavaScript structures doing the same without CRDTs (the floor). */
import { Random } from '../src/lib/index.ts'
import { createReplica } from '../src/replication/index.ts'
import { median, pad, time, values, type Figure } from './measure.ts'

const KEYS = 100_000
const COMMANDS = 200_000
const RUNS = 5
const NOW = 1_700_000_000_000

const WITH_FLOOR = ['SET', 'GET', 'INCR', 'HSET', 'HGET', 'SADD', 'SISMEMBER', 'LPUSH', 'LRANGE']
/** Plain JavaScript has nothing that keeps an order. */
const WITHOUT = ['XADD', 'XRANGE', 'ZADD', 'ZRANGE 0 9', 'ZRANGE 0 9 of small keys', 'ZRANK']
/** On documents of nine values, as many times fewer. */
const JSON_COMMANDS = ['JSON.SET', 'JSON.SET of a path', 'JSON.GET', 'JSON.NUMINCRBY', 'JSON.ARRAPPEND']

type Floor = (argv: readonly string[]) => unknown

function floor(): Floor {
  const strings = new Map<string, string>()
  const counters = new Map<string, number>()
  const hash = new Map<string, string>()
  const members = new Set<string>()
  const lists = new Map<string, string[]>()
  return (argv) => {
    const key = argv[1] as string
    switch (argv[0]) {
      case 'SET':
        return strings.set(key, argv[2] as string)
      case 'GET':
        return strings.get(key)
      case 'INCR': {
        const next = (counters.get(key) ?? 0) + 1
        counters.set(key, next)
        return next
      }
      case 'HSET':
        return hash.set(argv[2] as string, argv[3] as string)
      case 'HGET':
        return hash.get(argv[2] as string)
      case 'LPUSH': {
        const list = lists.get(key)
        if (list === undefined) return lists.set(key, [argv[2] as string])
        return list.push(argv[2] as string)
      }
      case 'LRANGE':
        return lists.get(key)?.slice(0, 100)
      case 'SADD':
        return members.add(argv[2] as string)
      default:
        return members.has(argv[2] as string)
    }
  }
}

function lines(name: string, seed: number): string[][] {
  const random = new Random(seed)
  const pool = values(seed, 4096)
  const count = JSON_COMMANDS.includes(name) ? COMMANDS / 10 : COMMANDS
  return Array.from({ length: count }, () => {
    const n = pad(random.below(KEYS))
    const value = random.pick(pool)
    switch (name) {
      case 'SET':
        return [name, `key:${n}`, value]
      case 'GET':
        return [name, `key:${n}`]
      case 'INCR':
        return [name, `ctr:${n}`]
      case 'HSET':
        return [name, 'myhash', `fld:${n}`, value]
      case 'LPUSH':
        return [name, 'mylist', value]
      case 'LRANGE':
        return [name, 'mylist', '0', '99']
      case 'HGET':
        return [name, 'myhash', `fld:${n}`]
      case 'ZADD':
        return [name, 'myzset', String(random.below(1_000_000) / 100), `mem:${n}`]
      case 'XADD':
        return [name, 'mystream', '*', 'field', value]
      case 'XRANGE':
        return [name, 'mystream', '-', '+', 'COUNT', '10']
      case 'ZRANGE 0 9':
        return ['ZRANGE', 'myzset', '0', '9']
      case 'ZRANGE 0 9 of small keys':
        return ['ZRANGE', `z:${n.slice(-3)}`, '0', '9']
      case 'ZRANK':
        return [name, 'myzset', `mem:${n}`]
      case 'JSON.SET':
        return [name, `doc:${n}`, '$', documentOf(value)]
      case 'JSON.SET of a path':
        return ['JSON.SET', `json:${n.slice(-3)}`, '$.address.city', `"${value}"`]
      case 'JSON.GET':
        return [name, `json:${n.slice(-3)}`, '$.address']
      case 'JSON.NUMINCRBY':
        return [name, `json:${n.slice(-3)}`, '$.visits', '1']
      case 'JSON.ARRAPPEND':
        return [name, `json:${n.slice(-3)}`, '$.tags', `"${value}"`]
      default:
        return [name, 'myset', `mem:${n}`]
    }
  })
}

function documentOf(value: string): string {
  const address = { street: `${value} street`, city: value, zip: '12345' }
  return JSON.stringify({ name: value, email: `${value}@example.com`, visits: 0, active: true, address, tags: [value] })
}

export function commandsPerSecond(): Figure[] {
  const out: Figure[] = []
  const replica = createReplica({ id: 1, name: 'one', members: [1], joining: false, seed: 1 })
  const plain = floor()
  const run = (argv: readonly string[]) => replica.submit({ kind: 'command', session: 1, argv, now: NOW })
  // The order is built when it is first asked for: from here on every ZADD keeps it.
  run(['ZADD', 'myzset', '0', 'first'])
  run(['ZRANGE', 'myzset', '0', '0'])
  for (let k = 0; k < 1000; k++) {
    run(['JSON.SET', `json:${String(k).padStart(3, '0')}`, '$', documentOf('initial')])
    for (let m = 0; m < 20; m++) run(['ZADD', `z:${String(k).padStart(3, '0')}`, String(m), `mem:${m}`])
  }
  for (const name of [...WITH_FLOOR, ...WITHOUT, ...JSON_COMMANDS]) {
    const commands = lines(name, 7)
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < RUNS; round++) {
      ours.push(commands.length / time(() => commands.forEach(run)))
      if (WITH_FLOOR.includes(name)) theirs.push(commands.length / time(() => commands.forEach(plain)))
    }
    out.push({
      name: `W1 ${name}`,
      value: median(ours) * 1000,
      unit: 'commands/s',
      ...(theirs.length === 0 ? {} : { beside: { floor: median(theirs) * 1000 } }),
    })
  }
  return out
}
