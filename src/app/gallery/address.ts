/** A case's stable address: the page's own, with `?scenario=NAME`. */

/** The address with the scenario's name in it, or without one. A fragment told of a session that is no longer there, so it goes with a new name. */
export function addressWith(href: string, scenario: string | null): string {
  const url = new URL(href)
  if (scenario === null) url.searchParams.delete('scenario')
  else {
    url.searchParams.set('scenario', scenario)
    url.hash = ''
  }
  return url.href
}
