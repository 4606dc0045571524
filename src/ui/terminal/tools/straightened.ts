/** Keyboards on screens make quotes and dashes of print where a command needs those of the keyboard. */
export function straightened(text: string): string {
  return text
    .replaceAll(/[\u201c\u201d\u201e]/g, '"')
    .replaceAll(/[\u2018\u2019\u201a]/g, "'")
    .replaceAll('\u2014', '--')
}
