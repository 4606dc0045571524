/** Glob patterns exactly as Redis matches them (KEYS, SCAN MATCH, PSUBSCRIBE, CONFIG GET …): `*`, `?`, `[a-z]`, `[^…]`, `\x`. */
import type { Bytes } from '../lib/index.ts'

/** Ranges compare bytes as signed numbers, as Redis's C does. */
function signed(byte: number): number {
  return (byte << 24) >> 24
}

const OPEN = 91
const CLOSE = 93
const ESCAPE = 92
const STAR = 42
const ANY = 63
const NOT = 94
const DASH = 45

/**
 * Whether a pattern matches a whole string. Redis's quirks are kept: no pattern but the empty one matches the empty string, a class that never closes ends
 * with the pattern, a range may be written backwards, and a trailing backslash stands for itself. `ignoreCase` folds ASCII letters.
 */
export function matchesGlob(pattern: Bytes, string: Bytes, ignoreCase = false): boolean {
  return ignoreCase
    ? match(pattern.toLowerCase(), 0, string.toLowerCase(), 0) === 1
    : match(pattern, 0, string, 0) === 1
}

/** A failed `*` that saw the rest of the string to its end: no earlier `*` can do better. */
const HOPELESS = -1

function match(pattern: Bytes, p: number, string: Bytes, s: number): 1 | 0 | -1 {
  while (p < pattern.length && s < string.length) {
    const byte = pattern.charCodeAt(p)
    if (byte === STAR) {
      while (pattern.charCodeAt(p + 1) === STAR) p++
      if (p + 1 === pattern.length) return 1
      for (; s < string.length; s++) {
        const found = match(pattern, p + 1, string, s)
        if (found !== 0) return found
      }
      return HOPELESS
    }
    if (byte === OPEN) {
      const end = matchClass(pattern, p + 1, string.charCodeAt(s))
      if (end < 0) return 0
      p = end
    } else if (byte !== ANY) {
      if (byte === ESCAPE && p + 1 < pattern.length) p++
      if (pattern.charCodeAt(p) !== string.charCodeAt(s)) return 0
    }
    s++
    p++
    if (s === string.length) while (pattern.charCodeAt(p) === STAR) p++
  }
  return p >= pattern.length && s >= string.length ? 1 : 0
}

/** Place of the bracket that closes a class (of the pattern's last byte, when none does) if the byte belongs to it; −1 if it does not. */
function matchClass(pattern: Bytes, p: number, byte: number): number {
  const negated = pattern.charCodeAt(p) === NOT
  if (negated) p++
  let belongs = false
  for (; ; p++) {
    const left = pattern.length - p
    const first = pattern.charCodeAt(p)
    if (left >= 2 && first === ESCAPE) {
      p++
      if (pattern.charCodeAt(p) === byte) belongs = true
    } else if (first === CLOSE) {
      break
    } else if (left <= 0) {
      p--
      break
    } else if (left >= 3 && pattern.charCodeAt(p + 1) === DASH) {
      const from = signed(first)
      const to = signed(pattern.charCodeAt(p + 2))
      const value = signed(byte)
      if (value >= Math.min(from, to) && value <= Math.max(from, to)) belongs = true
      p += 2
    } else if (first === byte) {
      belongs = true
    }
  }
  return belongs === negated ? -1 : p
}
