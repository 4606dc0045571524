import type { Bytes, Random } from '../../lib/index.ts'

const COMMANDS: readonly string[] = [
  'SET a 5',
  'SET a x',
  'SET b 1 PX 300',
  'SET b \xff\x00\x1b[2J',
  'GET a',
  'INCRBY a 3',
  'INCR b',
  'APPEND a y',
  'DEL a',
  'DEL s',
  'SADD s 1 2 3',
  'SREM s 2',
  'SPOP s',
  'SMEMBERS s',
  'HSET h f 1 g 2',
  'HINCRBY h f 4',
  'HDEL h f',
  'HGETALL h',
  'EXPIRE a 1',
  'PERSIST a',
  'TTL a',
  'MULTI',
  'EXEC',
  'DISCARD',
  'NONSENSE',
]
/** One of the database's commands; few keys, so that regions meet on them. */
export function databaseCommand(random: Random): readonly Bytes[] {
  return random.pick(COMMANDS).split(' ')
}
