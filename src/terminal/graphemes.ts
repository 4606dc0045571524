/** Places in a line where a cursor may stand: between what people see as characters (grapheme clusters), never within one. */

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const ASCII = /^[\x20-\x7e]*$/

export function graphemesOf(text: string): readonly string[] {
  return ASCII.test(text) ? text.split('') : Array.from(segmenter.segment(text), ({ segment }) => segment)
}

export function previousBoundary(text: string, at: number): number {
  return at - (graphemesOf(text.slice(0, at)).at(-1)?.length ?? 0)
}

export function nextBoundary(text: string, at: number): number {
  return at + (graphemesOf(text.slice(at))[0]?.length ?? 0)
}

/** `at`, or the next boundary after it when a typed or joined character has put it within a cluster. */
export function snapToBoundary(text: string, at: number): number {
  let boundary = 0
  for (const grapheme of graphemesOf(text)) {
    if (boundary >= at) break
    boundary += grapheme.length
  }
  return boundary
}

/** Words for Alt-B, Alt-F: runs of letters and digits. */
export function wordLeft(text: string, at: number): number {
  return at - (/[\p{L}\p{M}\p{N}]*[^\p{L}\p{M}\p{N}]*$/u.exec(text.slice(0, at))?.[0].length ?? 0)
}

export function wordRight(text: string, at: number): number {
  return at + (/^[^\p{L}\p{M}\p{N}]*[\p{L}\p{M}\p{N}]*/u.exec(text.slice(at))?.[0].length ?? 0)
}

/** Arguments for Ctrl-W: what lies between spaces. */
export function argumentLeft(text: string, at: number): number {
  return at - (/\S*\s*$/.exec(text.slice(0, at))?.[0].length ?? 0)
}
