/** Random changes of JSON documents whose paths meet. */
import type { Random } from '../../lib/index.ts'

/** Paths that meet: fields within fields, elements, everything. */
const PATHS = ['$', '$.a', '$.b', '$.a.a', '$.a.b', '$.b[0]', '$.b[1]', '$.b[-1]', '$.b[0].a', '$.*', '$..a']
const VALUES = [
  '1',
  '2.5',
  '"s"',
  'null',
  'true',
  '{}',
  '[]',
  '{"a":1}',
  '{"a":{"a":1},"b":[1,{"a":2}]}',
  '[1,[2],{"a":3}]',
]

/** One change of a document, or a read that gives an error where there is none. */
export function drawJson(random: Random, key: string): string[] {
  const path = random.pick(PATHS)
  const value = random.pick(VALUES)
  const index = String(random.below(5) - 2)
  switch (random.below(16)) {
    case 0:
    case 1:
      return ['JSON.SET', key, '$', random.pick(VALUES)]
    case 2:
    case 3:
    case 4:
      return ['JSON.SET', key, path, value]
    case 5:
      return ['JSON.DEL', key, path]
    case 6:
      return ['JSON.CLEAR', key, path]
    case 7:
    case 8:
      return ['JSON.NUMINCRBY', key, path, String(random.below(9) - 4)]
    case 9:
      return ['JSON.NUMMULTBY', key, path, '2']
    case 10:
      return ['JSON.ARRAPPEND', key, path, value, random.pick(VALUES)]
    case 11:
      return ['JSON.ARRINSERT', key, path, index, value]
    case 12:
      return ['JSON.ARRPOP', key, path, index]
    case 13:
      return ['JSON.ARRTRIM', key, path, '1', index]
    case 14:
      return ['JSON.MERGE', key, path, random.pick(['{"a":null}', '{"b":{"a":1}}', '{"a":7,"b":[]}', '3'])]
    default:
      return ['JSON.MSET', key, path, value, key, '$.a', value]
  }
}
