/**
 * How many cells characters take on the screen. The line editor's cursor is right only if the screen counts alike, so the
 * screen is given `unicodeProvider`; widths go by code point, as xterm counts them.
 */

/** Combining marks, invisible format characters, and the vowels and finals that join a Hangul syllable. */
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]$/u
/** East Asian wide and fullwidth blocks (Unicode Standard Annex 11), and emoji shown as pictures by default. */
const WIDE =
  /^[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u
/** Half a flag each: two of them make one picture of two cells. */
const FLAG_LETTER = /^[\u{1f1e6}-\u{1f1ff}]$/u
const SOFT_HYPHEN = 0xad

/** Cells of one code point: 0, 1 or 2. */
export function cellWidth(codePoint: number): 0 | 1 | 2 {
  if (codePoint < 0x300) return codePoint >= 0x20 && (codePoint < 0x7f || codePoint >= 0xa0) ? 1 : 0
  if (codePoint === SOFT_HYPHEN) return 1
  const character = String.fromCodePoint(codePoint)
  if (ZERO.test(character)) return 0
  return WIDE.test(character) && !FLAG_LETTER.test(character) ? 2 : 1
}

/** What xterm keeps of a character: its cells, and whether it shares the cell of the one before. */
const packProperties = (width: number, joins: boolean): number => (width << 1) | Number(joins)

/** For `terminal.unicode.register`, then `terminal.unicode.activeVersion = unicodeProvider.version`. */
export const unicodeProvider = {
  version: 'crdb-playground',
  wcwidth: cellWidth,
  charProperties(codePoint: number, preceding: number): number {
    const width = cellWidth(codePoint)
    const before = (preceding >> 1) & 3
    if (width > 0 || preceding === 0 || before === 0) return packProperties(width, false)
    return packProperties(before, true)
  },
}
