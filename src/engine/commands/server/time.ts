import { command } from '../command.ts'

/** TIME → two bulk strings: seconds since 1970, and the microseconds of the present second. */
export const time = command({
  name: 'TIME',
  group: 'server',
  since: '2.6.0',
  summary: "This region's clock.",
  complexity: 'O(1)',
  flags: ['loading', 'stale', 'fast'],
  args: {},
  activeActive: 'Each region has a clock of its own; where it is skewed, last-write-wins follows it (G4).',
  run({ now }) {
    const seconds = Math.floor(now / 1000)
    return [String(seconds), String(Math.round((now - seconds * 1000) * 1000))]
  },
})

/** DBSIZE → number of key headers (rule G8); in test mode only of those that hold a value. */
export const dbsize = command({
  name: 'DBSIZE',
  group: 'server',
  since: '1.0.0',
  summary: 'How many keys there are.',
  complexity: 'O(1)',
  flags: ['readonly', 'fast'],
  args: {},
  activeActive: 'Counts key headers: may exceed the visible keys while a conflict or a tombstone is pending (G8).',
  run({ keyspace, testMode }) {
    if (!testMode) return keyspace.size
    let held = 0
    for (const { value } of keyspace.keys.values()) if (value !== null) held++
    return held
  },
})
