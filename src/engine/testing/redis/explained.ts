/** Known differences between this engine and the redis-server that it is compared with (7.0), each with the rule or the reason. */
import type { Bytes } from '../../../lib/index.ts'
import type { Reply } from '../../reply.ts'

export interface Explanation {
  /** Rule id of the semantics, or the Redis version that brought the behaviour. */
  readonly rule: string
  readonly why: string
  readonly explains: (argv: readonly Bytes[], ours: Reply, theirs: Reply) => boolean
}

/** Words of a command line that a 7.0 server does not know yet. */
export const NEWER_WORDS: Readonly<Record<string, RegExp>> = {
  SET: /^(ifeq|ifne|ifdeq|ifdne)$/i,
  BITOP: /^(diff|diff1|andor|one)$/i,
  HSCAN: /^novalues$/i,
  CLIENT: /^(no-touch|setinfo)$/i,
}

/** How long a command line must be to end with an option that a 7.0 server does not know yet. */
export const NEWER_LENGTHS: Readonly<Record<string, number>> = { ZRANK: 4, ZREVRANK: 4 }

const errorText = (reply: Reply): string =>
  typeof reply === 'object' && reply !== null && 'type' in reply && reply.type === 'error' ? reply.text : ''

const command = (argv: readonly Bytes[]): string => (argv[0] ?? '').toUpperCase()

function isClose(a: Reply, b: Reply): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return false
  const [x, y] = [Number(a), Number(b)]
  return x === y || Math.abs(x - y) <= 1e-15 * Math.max(1, Math.abs(x), Math.abs(y))
}

export const EXPLAINED: readonly Explanation[] = [
  {
    rule: 'C2',
    why: 'counters are 59 bits wide, not 64',
    explains: (argv, ours) => /^(INCR|DECR|HINCRBY)/.test(command(argv)) && /overflow/.test(errorText(ours)),
  },
  {
    rule: 'C5',
    why: 'float increments are exact decimals, not long doubles',
    explains: (argv, ours, theirs) => command(argv).endsWith('INCRBYFLOAT') && isClose(ours, theirs),
  },
  {
    rule: 'C5 (hexadecimal)',
    why: 'float increments, and what they are added to, are read as decimals',
    explains: (argv, ours, theirs) =>
      command(argv).endsWith('INCRBYFLOAT') &&
      /not a( valid)? float/.test(errorText(ours)) &&
      (errorText(theirs) === '' || argv.some((word) => /^[+-]?0x/i.test(word))),
  },
  {
    rule: 'Redis 7.2',
    why: 'BITCOUNT and BITPOS of a missing key look at all arguments first',
    explains: (argv, ours, theirs) =>
      /^BIT(COUNT|POS)$/.test(command(argv)) && errorText(ours) !== '' && /^(WRONGTYPE|$)/.test(errorText(theirs)),
  },
  {
    rule: 'bit offsets',
    why: 'an offset of fields that overflows 64 bits wraps round in C; here it is out of range',
    explains: (argv, ours) =>
      command(argv).startsWith('BITFIELD') &&
      argv.some((word) => /^#-?\d{19}$/.test(word)) &&
      /bit offset is not/.test(errorText(ours)),
  },
  {
    rule: 'bytes',
    why: 'a C string ends at a zero byte, so Redis shows less of the word at fault',
    explains: (argv, ours, theirs) =>
      argv.some((word) => word.includes('\x00')) &&
      errorText(theirs) !== '' &&
      errorText(ours).startsWith(errorText(theirs).replace(/'.*$/, '')),
  },
  {
    rule: 'L (lists)',
    why: 'SORT … STORE makes a list',
    explains: (_argv, ours) => /SORT with STORE/.test(errorText(ours)),
  },
  {
    rule: 'X3',
    why: 'expiry times end at 2^49 ms',
    explains: (_argv, ours) => /invalid expire time/.test(errorText(ours)),
  },
  {
    rule: 'M4',
    why: 'the command or option is refused in an Active-Active database',
    explains: (_argv, ours) => /not supported in an Active-Active database/.test(errorText(ours)),
  },
]

export function explanationOf(argv: readonly Bytes[], ours: Reply, theirs: Reply): Explanation | undefined {
  return EXPLAINED.find((one) => one.explains(argv, ours, theirs))
}
