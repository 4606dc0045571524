/** Breaks long lines between words, for our own texts only: what a region answers is shown as redis-cli shows it. */

/** Lines joined by `\n`; what a line goes on with stands below its text, not below its label. */
export function wrapWords(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, columns))
    .join('\n')
}

function wrapLine(line: string, columns: number): string {
  const label = /^ *(?:\S.*? {2,}|\S+: )?/.exec(line)?.[0].length ?? 0
  const indent = label <= columns / 2 ? label : 2
  const rows = ['']
  let width = 0
  for (const [word] of line.matchAll(/ *[^ ]+/g)) {
    if (width > 0 && width + word.length > columns) {
      const begun = ' '.repeat(indent) + word.trimStart()
      rows.push(begun)
      width = begun.length
    } else {
      rows[rows.length - 1] += word
      width += word.length
    }
  }
  return rows.join('\n')
}
