/**
 * The steps of an exercise: a heading begins one, a `check` block makes it one, and `hint` and `solution` blocks belong to it. Everything before the
 * first step is the scenario's own text.
 */
import type { Reader } from './reader.ts'
import type { ExerciseStep } from './scenario.ts'
import { readScript } from './script.ts'
import type { Section } from './sections.ts'

type Fence = Extract<Section, { kind: 'fence' }>

/** Splits the sections into those of the scenario and the steps; no `check` block, no steps. */
export function readExercise(
  reader: Reader,
  sections: readonly Section[],
  regions: readonly string[],
): { before: readonly Section[]; steps: ExerciseStep[] } {
  const firstBlock = sections.findIndex(isStepFence)
  if (firstBlock < 0) return { before: sections, steps: [] }
  const opening = sections.slice(0, firstBlock).findLastIndex((section) => section.kind === 'heading')
  const start = Math.max(opening, 0)
  const groups: Section[][] = []
  for (const section of sections.slice(start)) {
    if (section.kind === 'heading' || groups.length === 0) groups.push([])
    groups.at(-1)?.push(section)
  }
  return { before: sections.slice(0, start), steps: groups.map((group) => readStep(reader, group, regions)) }
}

function isStepFence(section: Section): section is Fence {
  return section.kind === 'fence' && ['check', 'hint', 'solution'].includes(section.info)
}

function readStep(reader: Reader, group: readonly Section[], regions: readonly string[]): ExerciseStep {
  const place = group[0]?.place ?? { line: 1, column: 1 }
  const heading = group.find((section) => section.kind === 'heading')
  const blocks = (info: string) =>
    group.filter((section): section is Fence => section.kind === 'fence' && section.info === info)
  const script = (info: string) =>
    readScript(
      reader,
      blocks(info).flatMap((block) => block.lines),
      regions,
    )
  const [check, solution] = [script('check'), script('solution')]
  if (blocks('check').length === 0) reader.problem(place, 'expected a ```check block in this step')
  if (blocks('solution').length === 0) reader.problem(place, 'expected a ```solution block in this step')
  for (const line of check) {
    if (line.kind === 'command' || !line.line.startsWith('expect ')) {
      reader.problem(
        line.place,
        'expected only ‘expect …’ lines in a check: it looks at the outcome and changes nothing',
      )
    }
  }
  return {
    place,
    title: heading?.title ?? '',
    text: group
      .flatMap((section) => (section.kind === 'heading' || isStepFence(section) ? [] : [sourceOf(section)]))
      .join('\n\n'),
    check,
    hints: blocks('hint').map((block) =>
      block.lines
        .map((line) => line.text)
        .join('\n')
        .trim(),
    ),
    solution,
  }
}

/** A section as it stood in the file. */
export function sourceOf(section: Section): string {
  if (section.kind === 'heading') return `${'#'.repeat(section.level)} ${section.title}`
  return section.kind === 'text' ? section.text : section.source
}
