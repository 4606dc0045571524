/**
 * An independent model of one list whose values are all different: slow and obviously right. Which elements live, and with which values, follows from who had
 * observed whom; their order is known from what was seen: no two elements are ever seen in two orders, by anybody, at any time.
 *
 * Read from steps that come in threes: a look at the list, a change, a look at the list again.
 */
import type { Step } from './history.ts'

interface Dot {
  readonly replica: number
  readonly n: number
}

interface Assignment extends Dot {
  readonly value: string
  readonly wall: number
  readonly seen: readonly number[]
  readonly insertion: boolean
}

/** What happened to one element: how it came in and was assigned, and which writes removed it. */
interface History {
  readonly assignments: Assignment[]
  removed: boolean
}

const valuesOf = (step: Step): readonly string[] => (Array.isArray(step.reply) ? (step.reply as string[]) : [])

/** What is wrong with the final replies (one text per region), or undefined. Values of which no step tells were lost with the region that pushed them. */
export function listFault(steps: readonly Step[], final: readonly string[]): string | undefined {
  const elements: History[] = []
  const byValue = new Map<string, History>()
  const deletions: Step[] = []
  const looks: (readonly string[])[] = []
  const note = (value: string, element: History, { replica, dots, wall, seen }: Step, insertion: boolean) => {
    element.assignments.push({ replica, n: dots?.[1] ?? 0, value, wall, seen, insertion })
    byValue.set(value, element)
  }
  for (let i = 0; i + 2 < steps.length; i += 3) {
    const [before, change, after] = steps.slice(i, i + 3) as [Step, Step, Step]
    const [was, is] = [valuesOf(before), valuesOf(after)]
    looks.push(was, is)
    if (change.dots === null) continue
    const gone = was.filter((value) => !is.includes(value))
    const come = is.filter((value) => !was.includes(value))
    if (change.argv[0] === 'DEL') deletions.push(change)
    else if (change.argv[0] === 'LSET') {
      const element = byValue.get(gone[0] as string)
      if (element !== undefined) note(come[0] as string, element, change, false)
    } else {
      for (const value of gone) {
        const element = byValue.get(value)
        if (element !== undefined) element.removed = true
      }
      for (const value of come) {
        const element: History = { assignments: [], removed: false }
        elements.push(element)
        note(value, element, change, true)
      }
    }
  }
  const observed = (seen: readonly number[], dot: Dot) => (seen[dot.replica] ?? 0) >= dot.n
  const expected: string[] = []
  for (const { assignments, removed } of elements) {
    const insertion = assignments[0] as Assignment
    if (removed || deletions.some(({ seen }) => observed(seen, insertion))) continue
    const maximal = assignments.filter(
      (one) => !assignments.some((other) => other !== one && observed(other.seen, one)),
    )
    maximal.sort((a, b) => b.wall - a.wall || a.replica - b.replica)
    expected.push((maximal[0] as Assignment).value)
  }
  for (const text of final) {
    const shown = text === '[]' ? [] : text.slice(2, -2).split('" "')
    if ([...shown].sort().join(' ') !== [...expected].sort().join(' ')) {
      return `LRANGE list: ${text}, the model says, in some order, ${expected.join(' ')}`
    }
    looks.push(shown)
  }
  return disorder(looks, byValue)
}

/** Two elements that were seen in both orders. */
function disorder(looks: readonly (readonly string[])[], byValue: ReadonlyMap<string, History>): string | undefined {
  const firsts = new Map<History, Map<History, boolean>>()
  for (const look of looks) {
    const elements = look.flatMap((value) => byValue.get(value) ?? [])
    for (let i = 0; i < elements.length; i++) {
      for (let j = i + 1; j < elements.length; j++) {
        const [a, b] = [elements[i] as History, elements[j] as History]
        if (firsts.get(b)?.get(a)) return `${nameOf(a)} and ${nameOf(b)} were seen in both orders`
        let ofA = firsts.get(a)
        if (ofA === undefined) firsts.set(a, (ofA = new Map()))
        ofA.set(b, true)
      }
    }
  }
  return undefined
}

const nameOf = ({ assignments }: History): string => assignments.map(({ value }) => value).join(', then ')
