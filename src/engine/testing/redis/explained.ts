/** Known differences between this engine and the redis-server that it is compared with (7.0), each with the rule or the reason. */
import { addAmounts, formatAmount, negateAmount, parseAmount, type Bytes } from '../../../lib/index.ts'
import { OK, type Reply } from '../../reply.ts'

export interface Explanation {
  /** Rule id of the semantics, or the Redis version that brought the behaviour. */
  readonly rule: string
  readonly why: string
  /** `hyperLogLog`: one of the words is a key that holds a HyperLogLog here, or may have become one in the same transaction. */
  readonly explains: (argv: readonly Bytes[], ours: Reply, theirs: Reply, hyperLogLog: boolean) => boolean
}

/** Words of a command line that a 7.0 server does not know yet. */
export const NEWER_WORDS: Readonly<Record<string, RegExp>> = {
  SET: /^(ifeq|ifne|ifdeq|ifdne)$/i,
  BITOP: /^(diff|diff1|andor|one)$/i,
  HSCAN: /^novalues$/i,
  XADD: /^(keepref|delref|acked|idmp|idmpauto)$/i,
  XTRIM: /^(keepref|delref|acked)$/i,
  XREADGROUP: /^claim$/i,
  CLIENT: /^(no-touch|setinfo)$/i,
}

/** How long a command line must be to end with an option that a 7.0 server does not know yet. */
export const NEWER_LENGTHS: Readonly<Record<string, number>> = { ZRANK: 4, ZREVRANK: 4 }

const errorText = (reply: Reply): string =>
  typeof reply === 'object' && reply !== null && 'type' in reply && reply.type === 'error' ? reply.text : ''

const sameText = (a: Reply, b: Reply): boolean => JSON.stringify(a) === JSON.stringify(b)

const command = (argv: readonly Bytes[]): string => (argv[0] ?? '').toUpperCase()

/** Decimals of whose difference a long double could not tell: less than 10^-17 of the larger, or of 1. */
function isClose(a: Reply, b: Reply): boolean {
  const [x, y] = [a, b].map((text) => (typeof text === 'string' ? parseAmount(text) : undefined))
  if (x === undefined || y === undefined) return false
  const [apart, size] = [addAmounts(x, negateAmount(y)), x].map((one) => formatAmount(one).replace(/^-/, ''))
  const digits = (text = ''): number => text.replace(/\..*/, '').length
  return digits(size) > 17 ? digits(apart) <= digits(size) - 17 : Number(apart) <= 10 ** (digits(size) - 18)
}

/** Whether one of the words is a whole number of at least this many digits. */
const hasDigits = (argv: readonly Bytes[], least: number): boolean =>
  argv.some((word) => /^[+-]?\d+$/.test(word) && word.replace(/^[+-]/, '').length >= least)

const isHyll = (reply: Reply): reply is string => typeof reply === 'string' && reply.startsWith('HYLL')

const withoutCache = (hyll: string): string => hyll.slice(0, 5) + hyll.slice(16)

/** Lists that differ only where theirs has such an item and ours has none. */
function sameBut(ours: Reply, theirs: Reply, except: (item: Reply) => boolean): boolean {
  if (!Array.isArray(ours) || !Array.isArray(theirs)) return false
  return theirs.every((item: Reply, i) => item === ours[i] || (ours[i] === null && except(item)))
}

/** What an integer counter was before and is after, as their server counts; undefined where it did not. */
function counted(argv: readonly Bytes[], theirs: Reply): readonly bigint[] | undefined {
  if (typeof theirs !== 'number' && typeof theirs !== 'bigint') return undefined
  const by = BigInt(argv[command(argv) === 'HINCRBY' ? 3 : 2] ?? 1)
  const after = BigInt(theirs)
  return [command(argv).startsWith('DECR') ? after + by : after - by, after]
}

export const EXPLAINED: readonly Explanation[] = [
  {
    rule: 'C2',
    why: 'counters are 59 bits wide, not 64',
    explains: (argv, ours, theirs) =>
      /^(INCR|DECR|INCRBY|DECRBY|HINCRBY)$/.test(command(argv)) &&
      /overflow/.test(errorText(ours)) &&
      (counted(argv, theirs)?.some((value) => BigInt.asIntN(59, value) !== value) ?? false),
  },
  {
    rule: 'C5',
    why: 'float increments are exact decimals, not long doubles',
    explains: (argv, ours, theirs) => command(argv).endsWith('INCRBYFLOAT') && isClose(ours, theirs),
  },
  {
    rule: 'Redis 7.2',
    why: 'BITCOUNT and BITPOS of a missing key, or of one of another type, look at all arguments first',
    explains: (argv, ours, theirs) =>
      /^BIT(COUNT|POS)$/.test(command(argv)) &&
      /^ERR (syntax error|value is not an integer|The bit argument)/.test(errorText(ours)) &&
      (theirs === 0 || theirs === -1 || errorText(theirs).startsWith('WRONGTYPE')),
  },
  {
    rule: 'bit offsets',
    why: 'an offset of fields that overflows 64 bits wraps round in C; here it is out of range',
    explains: (argv, ours) =>
      command(argv).startsWith('BITFIELD') &&
      argv.some((word) => /^#-?\d{18,19}$/.test(word)) &&
      /bit offset is not/.test(errorText(ours)),
  },
  {
    rule: 'bytes',
    why: 'a C string ends at a zero byte, so Redis shows less of the word at fault',
    explains: (argv, ours, theirs) =>
      argv.some((word) => word.includes('\x00')) &&
      errorText(theirs) !== '' &&
      errorText(ours).replaceAll(/\x00[^']*/g, '') === errorText(theirs),
  },
  {
    rule: 'Redis 7.4',
    why: 'XREAD knows +, and says so where keys and IDs are not as many',
    explains: (argv, ours, theirs) =>
      (errorText(ours).startsWith("ERR Unbalanced '") && errorText(theirs).startsWith('ERR Unbalanced XREAD')) ||
      (argv.includes('+') &&
        command(argv).startsWith('XREAD') &&
        errorText(theirs) === 'ERR Invalid stream ID specified as stream command argument'),
  },
  {
    rule: 'time',
    why: 'generated entry IDs begin with the clock, read at different moments',
    explains: (argv, ours, theirs) =>
      command(argv) === 'XADD' &&
      argv.includes('*') &&
      [ours, theirs].every((id) => typeof id === 'string' && /^\d{13}-/.test(id)) &&
      Math.abs(parseInt(ours as string, 10) - parseInt(theirs as string, 10)) < 2000,
  },
  {
    rule: 'limits',
    why: 'counters of stream entries end at 2^53 - 1, which is looked at before the key is',
    explains: (argv, ours) => hasDigits(argv, 16) && /entry counters end/.test(errorText(ours)),
  },
  {
    rule: 'memory',
    why: 'how large a COUNT can be reserved for at once is the machine’s business',
    explains: (argv, _ours, theirs) => command(argv) === 'XAUTOCLAIM' && /Insufficient memory/.test(errorText(theirs)),
  },
  {
    rule: 'E7',
    why: 'XSETID never goes back, not even to an ID above the last entry',
    explains: (argv, ours, theirs) =>
      command(argv) === 'XSETID' &&
      /smaller than the target stream top item/.test(errorText(ours)) &&
      sameText(theirs, OK),
  },
  {
    rule: 'Redis 7.2 (LPOS)',
    why: 'a RANK that cannot be turned round is out of range',
    explains: (argv, ours) =>
      command(argv) === 'LPOS' && argv.includes('-9223372036854775808') && /value must between/.test(errorText(ours)),
  },
  {
    rule: 'Redis 7.2 (timeouts)',
    why: 'a timeout beyond 64 bits is out of range, where it had wrapped round',
    explains: (_argv, ours, theirs) =>
      /timeout is out of range/.test(errorText(ours)) && /timeout is negative/.test(errorText(theirs)),
  },
  {
    rule: 'P2',
    why: 'a HyperLogLog is a string to GET and SET only',
    explains: (argv, ours, theirs, hyperLogLog) =>
      hyperLogLog &&
      !command(argv).startsWith('PF') &&
      (command(argv) === 'MGET'
        ? sameBut(ours, theirs, isHyll)
        : /^WRONGTYPE Op|keys must contain string/.test(errorText(ours))),
  },
  {
    rule: 'P2 (pieced together)',
    why: 'only an assignment makes a HyperLogLog: a plain string that looks like one is none, and Redis adds even to one that is corrupt further on',
    explains: (argv, ours, theirs) =>
      command(argv).startsWith('PF') &&
      /^(INVALIDOBJ|WRONGTYPE Key)/.test(errorText(ours)) &&
      /^$|^INVALIDOBJ/.test(errorText(theirs)),
  },
  {
    rule: 'P3 (cached count)',
    why: 'the count cached in the string form is a replica’s own affair: it is always marked as not computed',
    explains: (_argv, ours, theirs) => isHyll(ours) && isHyll(theirs) && withoutCache(ours) === withoutCache(theirs),
  },
  {
    rule: 'X3',
    why: 'expiry times end at 2^49 ms, to which they are held before the key is looked at',
    explains: (argv, ours) => hasDigits(argv, 12) && /invalid expire time/.test(errorText(ours)),
  },
  {
    rule: 'M4',
    why: 'there is one database only',
    explains: (argv, ours) =>
      /^(SELECT|COPY)$/.test(command(argv)) && /not supported in an Active-Active database/.test(errorText(ours)),
  },
]

export function explanationOf(
  argv: readonly Bytes[],
  ours: Reply,
  theirs: Reply,
  hyperLogLog: boolean,
): Explanation | undefined {
  return EXPLAINED.find((one) => one.explains(argv, ours, theirs, hyperLogLog))
}
