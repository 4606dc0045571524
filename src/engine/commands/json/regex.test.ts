import { describe, expect, it } from 'vitest'
import { Random } from '../../../lib/index.ts'
import { compileRegex } from './regex.ts'

const matches = (pattern: string, text: string) => compileRegex(pattern)?.test(text)

describe('regular expressions', () => {
  it('knows the usual syntax', () => {
    expect(matches('b', 'abc')).toBe(true)
    expect(matches('^b', 'abc')).toBe(false)
    expect(matches('c$', 'abc')).toBe(true)
    expect(matches('^a.c$', 'abc')).toBe(true)
    expect(matches('^(ab|cd)+$', 'abcdab')).toBe(true)
    expect(matches('^a{2,3}$', 'aaaa')).toBe(false)
    expect(matches('^a{2,}$', 'aaaa')).toBe(true)
    expect(matches('^[a-c\\d_-]+$', 'b2_-')).toBe(true)
    expect(matches('^[^a-c]+$', 'xbx')).toBe(false)
    expect(matches('\\bword\\b', 'a word.')).toBe(true)
    expect(matches('\\bword\\b', 'swords')).toBe(false)
    expect(matches('(?i)HeLLo', 'well, hello')).toBe(true)
    expect(matches('(?i:A)b', 'aB')).toBe(false)
    expect(matches('^\\x41\\u{1F600}$', 'A😀')).toBe(true)
    expect(matches('^.$', '😀')).toBe(true)
    expect(matches('^[[:alpha:]]+$', 'abc')).toBe(true)
    expect(matches('a*?b', 'aaab')).toBe(true)
    expect(matches('', '')).toBe(true)
  })

  it('gives null for what is none', () => {
    for (const pattern of ['(', ')', '[', '[]', '*', 'a{2', '(?=a)', '\\1', '[b-a]', '(?<n', 'a{3,2}', '\\']) {
      expect(compileRegex(pattern), pattern).toBeNull()
    }
  })

  it('takes its time with no pattern', () => {
    const text = 'a'.repeat(20_000)
    expect(matches('^(a+)+$', `${text}b`)).toBe(false)
    expect(matches('^(a|aa)+$', `${text}b`)).toBe(false)
    expect(compileRegex('((((a{99}){99}){99}){99})')).toBeNull()
    expect(compileRegex('(((((){9999}){9999}){9999}){9999})')).toBeNull()
    expect(compileRegex('('.repeat(10_000))).toBeNull()
  })

  it('agrees with JavaScript (5,000 random patterns)', () => {
    const random = new Random(4)
    const draw = (depth: number): string => {
      const atom = () => random.pick(['a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '\\b', '1', '_'])
      if (depth > 2) return atom()
      switch (random.below(6)) {
        case 0:
          return `(?:${draw(depth + 1)}|${draw(depth + 1)})`
        case 1:
          return `(${draw(depth + 1)})${random.pick(['*', '+', '?', '{2}', '{1,2}'])}`
        case 2:
          return `${draw(depth + 1)}${draw(depth + 1)}`
        default:
          return atom()
      }
    }
    for (let i = 0; i < 5_000; i++) {
      const pattern = `${random.pick(['', '^'])}${draw(0)}${random.pick(['', '$'])}`
      let text = ''
      for (let count = random.below(8); count > 0; count--) text += random.pick(['a', 'b', '1', '_', ' ', 'c'])
      expect(matches(pattern, text), `${pattern} on "${text}"`).toBe(new RegExp(pattern, 'u').test(text))
    }
  })
})
