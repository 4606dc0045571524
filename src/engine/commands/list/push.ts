/** Commands that add elements at an end. */
import { listType } from '../../crdt/list/list.ts'
import { key, many, str } from '../arguments.ts'
import { command, type Command } from '../command.ts'
import { push, type End } from './elements.ts'

const about = {
  group: 'list',
  complexity: 'O(N) for N elements added',
  flags: ['write', 'denyoom', 'fast'] as const,
  args: { key: key(), elements: many(str('element')) },
  activeActive:
    'What one push adds stays together (L4); of pushes that happen at once in two regions, that of the region with the smaller number comes first (L2). A concurrent DEL or pop does not touch it (L1).',
}

function pushing(name: string, since: string, summary: string, end: End): Command {
  return command({
    ...about,
    name,
    since,
    summary,
    run(ctx, { key: name, elements }) {
      const state = ctx.read(listType, name)
      const before = state === undefined ? 0 : state.sequence.length
      push(ctx, name, state, end, elements)
      return before + elements.length
    },
  })
}

function pushingToExisting(name: string, summary: string, end: End): Command {
  return command({
    ...about,
    name,
    since: '2.2.0',
    summary,
    run(ctx, { key: name, elements }) {
      const state = ctx.read(listType, name)
      if (state === undefined) return 0
      push(ctx, name, state, end, elements)
      return state.sequence.length
    },
  })
}

/** LPUSH key element [element …] → length. Each element goes in front of the one before. */
export const lpush = pushing('LPUSH', '1.0.0', 'Adds elements at the front of a list.', 'left')

/** RPUSH key element [element …] → length. */
export const rpush = pushing('RPUSH', '1.0.0', 'Adds elements at the end of a list.', 'right')

/** LPUSHX key element [element …] → length, or 0 when there is no such list. */
export const lpushx = pushingToExisting('LPUSHX', 'Adds elements at the front of a list that exists.', 'left')

/** RPUSHX key element [element …] → length, or 0 when there is no such list. */
export const rpushx = pushingToExisting('RPUSHX', 'Adds elements at the end of a list that exists.', 'right')
