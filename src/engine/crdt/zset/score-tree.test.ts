import { describe, expect, test } from 'vitest'
import { Random } from '../../../lib/index.ts'
import { ScoreTree, type Entry } from './score-tree.ts'

const before = (a: Entry, b: Entry): number => a.score - b.score || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

/** What the tree says at one moment, and what a sorted list says. */
function seen(tree: ScoreTree, entries: readonly Entry[], random: Random): { tree: unknown; list: unknown } {
  const list = [...entries].sort(before)
  const from = random.below(list.length + 1)
  const to = from + random.below(list.length - from + 1)
  const place = random.below(Math.max(1, list.length))
  const { score, name } = list[place] ?? { score: 0, name: '' }
  return {
    tree: {
      names: tree.names(0, tree.size),
      some: tree.names(from, to),
      scores: tree.scores(from, to),
      rank: tree.rank(score, name),
      less: tree.countWhile((other) => other < score),
      notMore: tree.countWhile((other) => other <= score),
    },
    list: {
      names: list.map((entry) => entry.name),
      some: list.slice(from, to).map((entry) => entry.name),
      scores: list.slice(from, to).map((entry) => entry.score),
      rank: list.length === 0 ? 0 : place,
      less: list.filter((entry) => entry.score < score).length,
      notMore: list.filter((entry) => entry.score <= score).length,
    },
  }
}

describe.each([1, 2, 3, 4, 5, 6])('a tree agrees with a sorted list, seed %i', (seed) => {
  test('over random additions and removals', () => {
    const random = new Random(seed)
    const scores = random.pick([3, 50, 100_000])
    const held = new Map<string, Entry>()
    const tree = new ScoreTree()
    for (let step = 0; step < 6000; step++) {
      // Grows, shrinks to nothing, grows again: every kind of split and join comes about.
      const grows = Math.floor(step / 1500) % 2 === 0
      const name = `m${random.below(3000)}`
      const known = held.get(name)
      if (known !== undefined && (!grows || random.chance(0.3))) {
        tree.delete(known.score, name)
        held.delete(name)
      } else if (known === undefined && (grows || random.chance(0.1))) {
        const score = random.below(scores) - scores / 2
        tree.add(score, name)
        held.set(name, { score, name })
      }
      if (step % 250 !== 0) continue
      const now = seen(tree, [...held.values()], random)
      expect(now.tree).toEqual(now.list)
    }
    for (const { score, name } of held.values()) tree.delete(score, name)
    expect(tree.size).toBe(0)
  })

  test('built from sorted entries, and changed afterwards', () => {
    const random = new Random(seed)
    const entries = Array.from({ length: random.pick([0, 1, 48, 49, 2304, 5000]) }, (_, i) => ({
      score: random.below(1000),
      name: `m${i}`,
    })).sort(before)
    const tree = ScoreTree.from(entries)
    const built = seen(tree, entries, random)
    expect(built.tree).toEqual(built.list)
    const kept: Entry[] = []
    for (const entry of entries) {
      if (random.chance(0.2)) kept.push(entry)
      else tree.delete(entry.score, entry.name)
    }
    for (let i = 0; i < 300; i++) {
      kept.push({ score: i, name: `x${i}` })
      tree.add(i, `x${i}`)
    }
    const changed = seen(tree, kept, random)
    expect(changed.tree).toEqual(changed.list)
  })
})

test('ascending, descending and alternating additions keep their order', () => {
  for (const scoreOf of [(i: number) => i, (i: number) => -i, (i: number) => (i % 2 === 0 ? i : -i)]) {
    const tree = new ScoreTree()
    for (let i = 0; i < 10_000; i++) tree.add(scoreOf(i), 'm')
    const scores = tree.scores(0, tree.size)
    expect(scores.length).toBe(10_000)
    expect(scores.every((score, i) => i === 0 || (scores[i - 1] as number) < score)).toBe(true)
  }
})
