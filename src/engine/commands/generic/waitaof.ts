import { int } from '../arguments.ts'
import { command } from '../command.ts'

/**
 * WAITAOF numlocal numreplicas timeout → array: how many logs here have the session's writes, and how many on replicas. A region appends every write to
 * its log before it replies (R7) and has no replicas inside, so the answer is 1 and 0, at once.
 */
export const waitaof = command({
  name: 'WAITAOF',
  group: 'generic',
  since: '7.2.0',
  summary: 'Waits until writes are on disk; here they always are.',
  complexity: 'O(1)',
  flags: ['noscript'],
  args: {
    numlocal: int({ min: 0, max: 1, rangeError: 'ERR value is out of range, must be between 0 and 1' }),
    numreplicas: int({ min: 0, rangeError: 'ERR value is out of range, must be positive' }),
    timeout: int({
      min: 0,
      error: 'ERR timeout is not an integer or out of range',
      rangeError: 'ERR timeout is negative',
    }),
  },
  activeActive: 'Concerns this region only: it says nothing of the other regions.',
  run: () => [1, 0],
})
