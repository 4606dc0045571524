/**
 * The gallery: which scenarios there are, in which order and groups. An entry's `id` is its file's name in this folder and its stable address. The texts are
 * handed in, because a page and Node read files differently (`loadBundledCatalogue` here, the folder in `gateway`).
 */
import { assert } from '../../lib/index.ts'

export interface CatalogueEntry {
  readonly id: string
  readonly group: string
  readonly title: string
  /** The Markdown. */
  readonly text: string
}

/** Files that wait in this folder for their data type are not listed. */
const GROUPS: readonly (readonly [group: string, ids: readonly string[]])[] = [
  ['Strings', ['strings-last-write-wins', 'strings-delete-and-set', 'strings-clock-skew', 'strings-clock-cycle']],
  ['Counters', ['counters', 'counters-set-and-increment', 'counters-delete-and-increment']],
  ['Sets', ['sets-add-wins', 'sets-observed-remove', 'sets-refresh']],
  ['Hashes', ['hashes-add-wins', 'hashes-delete-and-set']],
  ['Lists', ['lists-no-conflict', 'lists-concurrent-insertions', 'lists-delete-and-push', 'lists-pops']],
  [
    'Sorted sets',
    [
      'sorted-sets-no-conflict',
      'sorted-sets-concurrent-zadd',
      'sorted-sets-same-time',
      'sorted-sets-concurrent-increments',
      'sorted-sets-remove-and-increment',
    ],
  ],
  [
    'Streams',
    [
      'streams-concurrent-xadd',
      'streams-delete',
      'streams-duplicate-ids',
      'streams-xread-skips',
      'streams-concurrent-groups',
      'streams-delete-wins-over-group',
      'streams-destroy-wins',
      'streams-group-replication',
      'streams-consecutive-acks',
    ],
  ],
  ['HyperLogLogs', ['hyperloglog-simple', 'hyperloglog-concurrent-add', 'hyperloglog-delete-wins']],
  [
    'JSON',
    [
      'json-types-at-one-path',
      'json-create-and-create',
      'json-create-and-update',
      'json-delete-and-create',
      'json-delete-and-update',
      'json-update-and-update',
      'json-update-and-new-object',
      'json-update-and-clear',
      'json-arrays-merge',
      'json-delete-and-update-element',
      'json-appends-merge',
    ],
  ],
  ['Expiry', ['expiry-longest-wins', 'expiry-persist-wins', 'expiry-owner']],
  ['Search', ['search-local-index']],
  ['Whole database', ['type-conflict', 'partition-and-heal', 'pubsub-partition', 'memory-eviction']],
  [
    'Replication',
    [
      'replication-syncs',
      'replication-tombstones',
      'causal-off',
      'causal-on',
      'membership-removed-by-force',
      'restart-with-disk',
      'restart-without-disk',
    ],
  ],
]

/** The catalogue, given the text of every listed file by its id. */
export function readCatalogue(texts: ReadonlyMap<string, string>): readonly CatalogueEntry[] {
  return GROUPS.flatMap(([group, ids]) =>
    ids.map((id) => {
      const text = texts.get(id)
      assert(text !== undefined, `the catalogue has a file ${id}.md`)
      return { id, group, title: /^title:\s*"?(.+?)"?\s*$/m.exec(text)?.[1] ?? id, text }
    }),
  )
}
