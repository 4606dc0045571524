/** Verbs that check outcomes. */
import type { Reply } from '../../engine/index.ts'
import { formatReply } from '../../terminal/index.ts'
import { matchesExpectation } from '../expectation.ts'
import { CHECK_SESSION } from './check-session.ts'
import { defineVerb, done, refused } from './verb.ts'

export const expect = defineVerb({
  name: 'expect',
  forms: [
    { form: 'expect converged', does: 'check that all regions have the same state' },
    { form: 'expect 2 GET k → "v"', does: 'run a command in region 2 and check its reply (also => and -->)' },
  ],
  parse: (line) =>
    line.skip('converged') ? ('converged' as const) : { region: line.region(), ...line.commandAndReply() },
  async run({ kernel }, check) {
    if (check === 'converged') {
      const stopped = kernel.members.find(({ phase }) => phase === 'stopped')
      if (stopped !== undefined) return refused(`not converged: ${stopped.id} (${stopped.name}) is stopped`)
      const { members } = kernel
      const states = await Promise.all(members.map(async ({ host }) => host.canonicalState()))
      const different = members.filter((_, index) => states[index] !== states[0])
      if (different.length === 0) return done('converged')
      const names = different.map(({ id, name }) => `${id} (${name})`).join(', ')
      return refused(`not converged: ${names} differ${different.length === 1 ? 's' : ''} from ${members[0]?.id}`)
    }
    const { region, argv, reply: expected } = check
    let reply: Reply | undefined
    await kernel.run([{ kind: 'command', region, session: CHECK_SESSION, argv, done: (answer) => (reply = answer) }])
    if (reply === undefined) return refused(`region ${region} has not replied: the command waits`)
    if (matchesExpectation(reply, expected, argv)) return done(formatReply(reply))
    return refused(`region ${region} replied\n${formatReply(reply)}\nbut expected was\n${expected}`)
  },
})
