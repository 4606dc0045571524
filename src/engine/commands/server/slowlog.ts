/** Commands about what took long. Virtual time stands still inside a command, so nothing ever does. */
import { map, OK } from '../../reply.ts'
import { int, many, opt, str } from '../arguments.ts'
import { command, type CommandFlag } from '../command.ts'

const flags: readonly CommandFlag[] = ['admin', 'loading', 'stale']
const about = {
  group: 'server',
  complexity: 'O(1)',
  flags,
  activeActive: 'Local; time stands still while a command runs.',
}
const COUNT_ERROR = 'ERR count should be greater than or equal to -1'

/** SLOWLOG GET [count] → empty array. */
export const slowlogGet = command({
  ...about,
  name: 'SLOWLOG GET',
  since: '2.2.12',
  summary: 'The commands that took longest; always none.',
  args: { count: opt(int({ min: -1, error: COUNT_ERROR })) },
  run: () => [],
})

/** SLOWLOG LEN → 0. */
export const slowlogLen = command({
  ...about,
  name: 'SLOWLOG LEN',
  since: '2.2.12',
  summary: 'How many slow commands are known; always 0.',
  args: {},
  run: () => 0,
})

/** SLOWLOG RESET → OK. */
export const slowlogReset = command({
  ...about,
  name: 'SLOWLOG RESET',
  since: '2.2.12',
  summary: 'Forgets the slow commands.',
  args: {},
  run: () => OK,
})

/** LATENCY HISTOGRAM [command …] → empty map. */
export const latencyHistogram = command({
  ...about,
  name: 'LATENCY HISTOGRAM',
  since: '7.0.0',
  summary: 'How long commands took; always empty.',
  args: { commands: opt(many(str('command'))) },
  run: () => map([]),
})

/** MODULE LIST → empty array: JSON and search are part of the engine. */
export const moduleList = command({
  ...about,
  name: 'MODULE LIST',
  since: '4.0.0',
  summary: 'Lists loaded modules; there are none.',
  args: {},
  activeActive: 'Modules belong to the database as a whole; none is loaded here.',
  run: () => [],
})
