import { expect, test } from 'vitest'
import { openLocalCluster } from '../simulation/index.ts'
import { linksOf, linkState, regionsInPlace, regionState } from './index.ts'

async function worldAfter(...lines: string[]) {
  const settings = { seed: 3, regions: ['A', 'B', 'C'], epochMs: 1e12, latencyMs: 20, held: false }
  const cluster = await openLocalCluster(settings)
  for (const line of lines) {
    const [, region, command] = /^(\d): (.*)$/.exec(line) ?? []
    if (region && command) await cluster.command(Number(region), 1, command.split(' '))
    else if (!(await cluster.control(line)).ok) throw new Error(`refused: ${line}`)
  }
  const status = await cluster.status()
  const links = linksOf(status.links, status.regions)
  const states = regionsInPlace(status.regions).map(
    (region) => `${region.name}${region.id} ${regionState(region, links)}`,
  )
  return { states, links: links.map((link) => `${link.a}-${link.b} ${linkState(link)}`) }
}

test.each<[string[], string[], string[]]>([
  [[], ['A1 serving', 'B2 serving', 'C3 serving'], ['1-2 flowing', '1-3 flowing', '2-3 flowing']],
  [['stop 2'], ['A1 serving', 'B2 stopped', 'C3 serving'], ['1-2 off', '1-3 flowing', '2-3 off']],
  [['partition 1 | 2 3'], ['A1 cut-off', 'B2 serving', 'C3 serving'], ['1-2 cut', '1-3 cut', '2-3 flowing']],
  [['hold 1>2'], ['A1 serving', 'B2 serving', 'C3 serving'], ['1-2 held', '1-3 flowing', '2-3 flowing']],
  [
    ['stop 2', 'cut 1-2', 'start 2'],
    ['A1 serving', 'B2 stale', 'C3 serving'],
    ['1-2 cut', '1-3 flowing', '2-3 syncing'],
  ],
  [
    ['remove-region 3 force', 'heal', 'sync'],
    ['A1 serving', 'B2 serving', 'C3 expelled'],
    ['1-2 flowing', '1-3 removed', '2-3 removed'],
  ],
])('after %j: %j', async (lines, states, links) => {
  expect(await worldAfter(...lines)).toEqual({ states, links })
})

test('R7: a region that comes back under a new id takes the place of the one that is gone', async () => {
  const { states } = await worldAfter('1: SET k v', 'sync', 'stop 2 lose', 'start 2', 'sync')
  expect(states).toEqual(['A1 serving', 'B4 serving', 'C3 serving'])
})
