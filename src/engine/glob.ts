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
  return ignoreCase ? match(pattern.toLowerCase(), string.toLowerCase()) : match(pattern, string)
}

/** Only the latest `*` is ever tried again: when what follows it fits nowhere in the rest, no earlier `*` can do better. */
function match(pattern: Bytes, string: Bytes): boolean {
  if (string.length === 0) return pattern.length === 0
  let p = 0
  let s = 0
  let star = -1
  let startedAt = 0
  while (s < string.length) {
    if (pattern.charCodeAt(p) === STAR) {
      while (pattern.charCodeAt(p + 1) === STAR) p++
      if (p + 1 === pattern.length) return true
      star = p++
      startedAt = s
      continue
    }
    const next = p < pattern.length ? matchOne(pattern, p, string.charCodeAt(s)) : -1
    if (next >= 0) {
      p = next
      s++
    } else if (star >= 0) {
      p = star + 1
      s = ++startedAt
    } else {
      return false
    }
  }
  while (pattern.charCodeAt(p) === STAR) p++
  return p >= pattern.length
}

/** Where the pattern goes on if its element at `p`, which is no `*`, fits the byte; −1 if it does not. */
function matchOne(pattern: Bytes, p: number, byte: number): number {
  const first = pattern.charCodeAt(p)
  if (first === ANY) return p + 1
  if (first === OPEN) {
    const end = matchClass(pattern, p + 1, byte)
    return end < 0 ? -1 : end + 1
  }
  if (first === ESCAPE && p + 1 < pattern.length) p++
  return pattern.charCodeAt(p) === byte ? p + 1 : -1
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
