/** Draws a scenario and what has become of it. Loaded with the player, when an embed is reached or used. */
import { regionColor, regionShape } from '../app/index.ts'
import { type Block, type Column, type Command, type Row, type Scenario } from '../scenarios/index.ts'
import { button, h, type Child } from './dom.ts'
import type { TablePlay } from './table-play.ts'

type Table = Extract<Block, { kind: 'table' }>

/** The scenario's tables and prose; `play` is null before anything was played. */
export function drawScenario(scenario: Scenario, play: TablePlay | null): HTMLElement[] {
  const last = play === null ? undefined : play.rows[play.played - 1]
  return scenario.blocks.map((block) => (block.kind === 'text' ? drawProse(block.text) : drawTable(block, play, last)))
}

function drawProse(text: string): HTMLElement {
  const paragraphs = text.split(/\n\s*\n/).map((each) => each.replaceAll('\n', ' ').split(/`([^`]+)`/))
  return h(
    'div',
    { class: 'prose' },
    ...paragraphs.map((parts) => h('p', {}, ...parts.map((part, i) => (i % 2 === 1 ? h('code', {}, part) : part)))),
  )
}

function drawTable(table: Table, play: TablePlay | null, last: Row | undefined): HTMLElement {
  const heads = table.columns.map((column) =>
    h('th', { scope: 'col' }, ...(column.kind === 'region' ? [regionMark(column.region)] : []), column.title),
  )
  const rows = table.rows.map((row) =>
    h(
      'tr',
      { class: row === last ? 'last' : '', 'aria-current': row === last && 'step' },
      ...(row.kind === 'control' ? controlCells(row, table.columns, play) : commandCells(row, table.columns, play)),
    ),
  )
  return h('table', {}, h('thead', {}, h('tr', {}, ...heads)), h('tbody', {}, ...rows))
}

function commandCells(row: Extract<Row, { kind: 'commands' }>, columns: readonly Column[], play: TablePlay | null) {
  return columns.map((column) => {
    if (column.kind !== 'region') return textCell(row, column)
    const commands = row.cells[column.region - 1] ?? []
    return h('td', {}, ...commands.map((command) => drawCommand(command, play)))
  })
}

function controlCells(row: Extract<Row, { kind: 'control' }>, columns: readonly Column[], play: TablePlay | null) {
  const regions = columns.filter(({ kind }) => kind === 'region').length
  const verdict = play?.verdictOf(row)
  const failed = verdict && !verdict.passed ? [' ', mark(false), ` ${verdict.actual}`] : []
  let drawn = false
  return columns.flatMap((column) => {
    if (column.kind !== 'region') return [textCell(row, column)]
    if (drawn) return []
    drawn = true
    return [h('td', { class: 'control', colspan: regions }, `— ${row.line} —`, ...failed)]
  })
}

function textCell(row: Row, column: Column): HTMLElement {
  return column.kind === 'time'
    ? h('td', { class: 'time' }, row.time)
    : h('td', { class: 'note' }, row.notes[column.title] ?? '')
}

function drawCommand(command: Command, play: TablePlay | null): HTMLElement {
  const outcome = play?.outcomeOf(command)
  const children: Child[] = [h('code', {}, command.text)]
  if (outcome) {
    const reply = h('samp', {}, outcome.reply ?? '(waiting)')
    const verdict = outcome.passed === undefined ? [] : [mark(outcome.passed)]
    children.push(h('div', { class: 'reply came' }, '→', reply, ...verdict))
  }
  if (command.expected !== undefined && outcome?.passed !== true) {
    const lead = outcome ? 'expected' : '→'
    children.push(h('div', { class: outcome ? 'reply failed' : 'reply' }, lead, h('samp', {}, command.expected)))
  }
  return h('div', { class: 'command' }, ...children)
}

function mark(passed: boolean): HTMLElement {
  const words = passed ? 'as expected' : 'not as expected'
  return h(
    'span',
    { class: passed ? 'passed' : 'failed' },
    h('span', { 'aria-hidden': 'true' }, passed ? '✓' : '✕'),
    h('span', { class: 'quiet' }, words),
  )
}

function regionMark(region: number): SVGElement {
  const NS = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(NS, 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(NS, 'path')
  path.setAttribute('d', regionShape(region))
  path.setAttribute('fill', regionColor(region))
  svg.append(path)
  return svg
}

/** A line for commands of the reader's own, and what they gave. */
export function makeOwnLine(
  regions: readonly string[],
  type: (region: number, line: string) => void,
  sync: () => void,
) {
  const select = h(
    'select',
    { 'aria-label': 'Region' },
    ...regions.map((name, i) => h('option', { value: i + 1 }, name)),
  )
  const input = h('input', {
    'aria-label': 'Command',
    placeholder: 'A command of your own',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
  })
  const form = h('form', { class: 'own' }, select, input, h('button', { type: 'submit' }, 'Send'), button('Sync', sync))
  const log = h('div', { class: 'log', role: 'log', 'aria-label': 'Replies', tabindex: 0 })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (input.value.trim() === '') return
    type(Number(select.value), input.value)
    input.value = ''
  })
  return {
    element: h('div', {}, form, log),
    show(play: TablePlay | null) {
      const lines = (play?.typed ?? []).map(({ region, line, reply }) =>
        region === 0
          ? h('div', {}, `— ${line} — `, h('span', { class: 'dim' }, reply ?? ''))
          : h(
              'div',
              {},
              regionMark(region),
              h('span', { class: 'quiet' }, `${regions[region - 1] ?? ''}: `),
              h('code', {}, line),
              h('div', { class: 'reply came' }, '→', h('samp', {}, reply ?? '(waiting)')),
            ),
      )
      log.replaceChildren(...lines)
      log.scrollTop = log.scrollHeight
    },
  }
}
