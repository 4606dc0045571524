/** The same scripts on one instance and on a real redis-server: replies and error texts must agree, apart from the explained differences. */
import { beforeAll, expect, test } from 'vitest'
import type { Bytes } from '../../lib/index.ts'
import { loadParts } from '../parts.ts'
import type { Reply } from '../reply.ts'
import { toResp2 } from '../resp2.ts'
import { LONG_SCRIPTS, SCRIPTS } from '../testing/redis/scripts.ts'
import { installedRedis, startRedis } from '../testing/redis/server.ts'
import { newInstance } from '../testing/run.ts'

const version = installedRedis()
const text = (reply: Reply): string =>
  JSON.stringify(reply, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))

beforeAll(() => loadParts())

test.skipIf(version === undefined)(
  `scripts give what ${version ?? 'a real server'} gives`,
  async () => {
    const server = await startRedis()
    try {
      const different: string[] = []
      for (const script of [...SCRIPTS, ...LONG_SCRIPTS]) {
        const db = newInstance()
        await server.client.call(['FLUSHALL'])
        const argv: Bytes[] = ['EVAL', script, '0']
        const theirs = text(await server.client.call(argv))
        const ours = text(toResp2(db.call(argv)))
        if (ours !== theirs) different.push(`${script}\n  here:  ${ours}\n  redis: ${theirs}`)
      }
      expect(different.join('\n')).toBe('')
    } finally {
      server.stop()
    }
  },
  60_000,
)
