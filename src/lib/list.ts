/** Lists that are mostly empty, and seldom hold more than one item. */

/** No items. Shared by everything that has none, so never changed: lists grow by `appended`. */
export const NONE: never[] = []

/** A list with one more item at its end, changed in place unless it is empty. (Pushing onto an empty array makes room for seventeen items.) */
export function appended<T>(list: T[], item: T): T[] {
  if (list.length === 0) return [item]
  list.push(item)
  return list
}
