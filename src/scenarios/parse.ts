/**
 * Markdown to a scenario. Never throws, whatever the text: all problems of a file are reported together, and a file with a problem gives no scenario, so
 * that nothing is executed from a broken one. The format is described in docs/scenario-format.md.
 */
import { columnTitles, numberedRegions, readColumns, regionsOfHeader } from './columns.ts'
import { readExercise, sourceOf } from './exercise.ts'
import { plainValue, readFrontMatter } from './front-matter.ts'
import { createReader, type Reader } from './reader.ts'
import { readRows } from './rows.ts'
import type { Block, Problem, Scenario } from './scenario.ts'
import { readScript } from './script.ts'
import { readSections, type Section } from './sections.ts'
import { readLatency, readRegions, readSeed, readStart, readTimes, setupLines } from './settings.ts'

export type ParsedScenario =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** `file` is the name that problems show. */
export function parseScenario(text: string, file: string): ParsedScenario {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  const reader = createReader(file)
  const { settings, next } = readFrontMatter(reader, lines)
  const sections = readSections(reader, lines, next)
  const regions = readRegions(reader, settings) ?? regionsOfTables(sections) ?? numberedRegions(2)
  const { before, steps } = readExercise(reader, sections, regions)
  const title = plainValue(settings, 'title')?.text ?? headingOf(before) ?? file
  const blocks = readBlocks(reader, before, regions, readTimes(reader, settings))
  if (!blocks.some((block) => block.kind === 'table') && steps.length === 0) {
    reader.problem(
      { line: next + 1, column: 1 },
      'expected a table with a column for each region, such as | Time | Region 1 | Region 2 |',
    )
  }
  const scenario: Scenario = {
    file,
    title,
    regions,
    seed: readSeed(reader, settings),
    startMs: readStart(reader, settings),
    latencyMs: readLatency(reader, settings),
    setup: setupLines(reader, settings, regions),
    given: readScript(reader, settings.get('given') ?? [], regions),
    blocks,
    exercise: steps,
  }
  if (reader.problems.length === 0) return { ok: true, scenario }
  return { ok: false, problems: reader.problems.toSorted((a, b) => a.line - b.line || a.column - b.column) }
}

function regionsOfTables(sections: readonly Section[]): string[] | undefined {
  for (const section of sections) {
    const regions = section.kind === 'table' ? regionsOfHeader(columnTitles(section.table)) : undefined
    if (regions) return regions.length === 1 ? numberedRegions(2) : regions.slice(0, 10)
  }
  return undefined
}

function headingOf(sections: readonly Section[]): string | undefined {
  return sections.find((section) => section.kind === 'heading')?.title
}

/** Text that stands together is one block; a table without a region's column is text. */
function readBlocks(reader: Reader, sections: readonly Section[], regions: readonly string[], timed: boolean): Block[] {
  const blocks: Block[] = []
  for (const section of sections) {
    const columns = section.kind === 'table' ? readColumns(columnTitles(section.table), regions) : undefined
    if (section.kind === 'table' && columns) {
      blocks.push({ kind: 'table', columns, rows: readRows(reader, section.table, columns, regions, timed) })
      continue
    }
    const last = blocks.at(-1)
    const source = sourceOf(section)
    if (last?.kind === 'text') blocks[blocks.length - 1] = { kind: 'text', text: `${last.text}\n\n${source}` }
    else blocks.push({ kind: 'text', text: source })
  }
  return blocks
}
