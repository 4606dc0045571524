import { expect, test } from 'vitest'
import { Random } from '../../../lib/index.ts'
import { OrderedList } from './ordered-list.ts'

test('random insertions and removals agree with a plain array, by index, by order and from both ends', () => {
  for (let seed = 1; seed <= 4; seed++) {
    const random = new Random(seed)
    const list = new OrderedList<number>()
    const plain: number[] = []
    const wrong: string[] = []
    for (let step = 0; step < 4000; step++) {
      const grows = random.chance(step < 2500 ? 0.75 : 0.2)
      const index = random.chance(0.3) ? random.pick([0, plain.length]) : random.below(plain.length + 1)
      if (grows) {
        const leaf = list.seek(index)
        list.insert(leaf, list.slot, step)
        plain.splice(index, 0, step)
      } else if (index < plain.length) {
        list.removeAt(list.seek(index), list.slot)
        plain.splice(index, 1)
      }
      const at = random.below(plain.length + 1)
      const same = list.length === plain.length && list.first === plain[0] && list.last === plain.at(-1)
      if (!same || list.at(at) !== plain[at]) wrong.push(`seed ${seed}, step ${step}, index ${at}`)
    }
    expect(wrong).toEqual([])
    expect([...list]).toEqual(plain)
    const from = random.below(plain.length || 1)
    const forth: number[] = []
    list.each(from, (item) => forth.push(item) < 50)
    expect(forth).toEqual(plain.slice(from, from + 50))
    const back: number[] = []
    list.eachBack(from, (item) => back.push(item) < 50)
    expect(back).toEqual(
      plain
        .slice(0, from + 1)
        .reverse()
        .slice(0, 50),
    )
  }
})

test('what is in order is found by it', () => {
  const list = new OrderedList<number>()
  for (let i = 0; i < 5000; i++) list.push(2 * i)
  for (const wanted of [-1, 0, 1, 2, 4999, 5000, 9998, 9999]) {
    const leaf = list.search((item) => item - wanted)
    const after = leaf.items[list.slot] ?? leaf.next?.items[0]
    expect(after).toBe(wanted > 9998 ? undefined : Math.max(0, 2 * Math.ceil(wanted / 2)))
  }
})
