/** Commands about what took long. Virtual time stands still inside a command, so nothing ever does. */
import { map, OK, type Reply } from '../../reply.ts'
import { int, many, opt, str } from '../arguments.ts'
import { modulesReply } from '../modules.ts'
import { command, type Command, type CommandFlag } from '../command.ts'

const flags: readonly CommandFlag[] = ['admin', 'loading', 'stale']
const about = {
  group: 'server',
  complexity: 'O(1)',
  flags,
  activeActive: 'Local; time stands still while a command runs.',
}
const COUNT_ERROR = 'ERR count should be greater than or equal to -1'
const USUAL_COUNT = 10

/** SLOWLOG GET [count] → array of entries, newest first: id, time (s since 1970), duration (µs), words, client address, client name. */
export const slowlogGet = command({
  ...about,
  name: 'SLOWLOG GET',
  since: '2.2.12',
  summary: 'The commands that took longest: all, when slowlog-log-slower-than is 0.',
  args: { count: opt(int({ min: -1, error: COUNT_ERROR })) },
  run: ({ instance }, { count = USUAL_COUNT }) =>
    instance.slowlog.entries
      .slice(0, count === -1 ? undefined : count)
      .map(({ id, at, duration, argv, address, name }) => [id, at, duration, argv, address, name]),
})

/** SLOWLOG LEN → how many entries are kept. */
export const slowlogLen = command({
  ...about,
  name: 'SLOWLOG LEN',
  since: '2.2.12',
  summary: 'How many slow commands are known.',
  args: {},
  run: ({ instance }) => instance.slowlog.entries.length,
})

/** SLOWLOG RESET → OK. */
export const slowlogReset = command({
  ...about,
  name: 'SLOWLOG RESET',
  since: '2.2.12',
  summary: 'Forgets the slow commands.',
  args: {},
  run({ instance }) {
    instance.slowlog.entries = []
    return OK
  },
})

/** LATENCY HISTOGRAM [command …] → map of commands that ran: calls, and how many took up to how many µs (all of them up to 1). */
export const latencyHistogram = command({
  ...about,
  name: 'LATENCY HISTOGRAM',
  since: '7.0.0',
  summary: 'How long commands took; time stands still while one runs, so all are in the first bucket.',
  args: { commands: opt(many(str('command'))) },
  run({ instance: { statistics, table } }, { commands }) {
    const wanted = commands?.flatMap((name) => commandsNamed(table.all, name.toLowerCase()))
    const entries: Reply[] = []
    for (const [command, { calls }] of statistics.byCommand) {
      if (calls === 0 || wanted?.includes(command) === false) continue
      entries.push(command.fullName, map(['calls', calls, 'histogram_usec', map([1, calls])]))
    }
    return map(entries)
  },
})

/** A command, or all subcommands of a container. */
function commandsNamed(all: readonly Command[], name: string): Command[] {
  return all.filter(({ fullName }) => fullName === name || fullName.startsWith(`${name}|`))
}

/** MODULE LIST → array of maps: JSON and search, which are part of the engine, under the names that clients look for. */
export const moduleList = command({
  ...about,
  name: 'MODULE LIST',
  since: '4.0.0',
  summary: 'Lists the modules: JSON and search.',
  args: {},
  activeActive: 'Modules belong to the database as a whole.',
  run: modulesReply,
})
