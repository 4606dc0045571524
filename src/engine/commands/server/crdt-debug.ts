import { bytesOfText } from '../../../lib/index.ts'
import { describeEncoding } from '../../keyspace/encoding.ts'
import { verbatim } from '../../reply.ts'
import { key } from '../arguments.ts'
import { command } from '../command.ts'

/** CRDT.DEBUG ENCODING key → text, or null when nothing at all is kept under that name. */
export const crdtDebugEncoding = command({
  name: 'CRDT.DEBUG ENCODING',
  group: 'server',
  since: '7.8',
  summary: 'Shows what is kept of a key: type, siblings, dots, increments, removals, tombstones.',
  complexity: 'O(N) for N elements',
  flags: ['readonly'],
  args: { key: key() },
  activeActive: 'Shows also what reads hide: losing siblings (S1), hidden values (G10) and tombstones (R4).',
  run(ctx, args) {
    const found = ctx.keyspace.keys.get(args.key)
    return found === undefined ? null : verbatim(bytesOfText(`${describeEncoding(found, ctx.now).join('\n')}\n`))
  },
})
