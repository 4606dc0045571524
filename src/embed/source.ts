/** What an embed plays, as the text of a scenario: from the page's own markup, with what the element's attributes add to it. */

/** What the attributes say beside the text. */
export interface SourceSettings {
  /** A number or names, as in front matter. */
  readonly regions: string | null
  /** Lines that make the state before the first row, one a line. */
  readonly given: string | null
  readonly title: string | null
}

/** The text with settings from outside; its own, where it has them, come first. */
export function withSettings(text: string, settings: SourceSettings): string {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  const end = lines[0]?.trim() === '---' ? lines.findIndex((line, i) => i > 0 && line.trim() === '---') : -1
  const own = end < 0 ? [] : lines.slice(1, end)
  const has = (name: string) => own.some((line) => line.toLowerCase().startsWith(`${name}:`))
  const given = (settings.given ?? '').split(/\r\n|\n|\r/).filter((line) => line.trim() !== '')
  const added = [
    ...(settings.title === null || has('title') ? [] : [`title: "${oneLine(settings.title)}"`]),
    ...(settings.regions === null || has('regions') ? [] : [`regions: ${oneLine(settings.regions)}`]),
    ...(given.length === 0 || has('given') ? [] : ['given:', ...given.map((line) => `  - ${line.trim()}`)]),
  ]
  if (added.length === 0) return lines.join('\n')
  return ['---', ...added, ...own, '---', ...(end < 0 ? lines : lines.slice(end + 1))].join('\n')
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** Markdown that stands inside indented markup, without the indent that its lines share. */
export function withoutIndent(text: string): string {
  const lines = text
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n')
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const shared = Math.min(...indents, 1000)
  return lines.map((line) => line.slice(shared)).join('\n')
}
