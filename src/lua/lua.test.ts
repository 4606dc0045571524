import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import * as operations from './compiler/operations.ts'
import { CompileError, LuaError, newInterpreter, sha1Hex, Stopped, type Value } from './index.ts'

// Limits are counted in steps; on a busy computer they take their time.
vi.setConfig({ testTimeout: 60_000 })

const MEGABYTE = 1024 * 1024

function run(script: string, limits = { steps: 2_000_000, bytes: 4 * MEGABYTE }): Value[] {
  const interpreter = newInterpreter(limits)
  interpreter.machine.start(interpreter.machine.limits.steps)
  return interpreter.machine.call(interpreter.compile(script, '@script'), [])
}

function problemOf(script: string, limits?: { steps: number; bytes: number }): unknown {
  try {
    return run(script, limits)
  } catch (problem) {
    if (problem instanceof LuaError) return problem.value
    if (problem instanceof CompileError) return problem.message
    if (problem instanceof Stopped) return problem
    throw problem
  }
}

test('the numbers of the operations are those that the machine switches on', () => {
  const source = readFileSync(join(import.meta.dirname, 'machine/execute.ts'), 'utf8')
  const labels = [...source.matchAll(/case (\d+): ?\{?\s*(?:\/\/ ([A-Z]+))/g)].map(([, number, name]) => [
    name,
    Number(number),
  ])
  expect(Object.fromEntries(labels)).toEqual({ ...operations })
})

test('the SHA-1 is that of everybody', () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const text = Array.from({ length }, (_, i) => String.fromCharCode((i * 7) & 255)).join('')
    expect(sha1Hex(text), `${length} bytes`).toBe(createHash('sha1').update(text, 'latin1').digest('hex'))
  }
})

describe('limits', () => {
  test.each([
    ['while true do end'],
    ['repeat until false'],
    ['for i = 1, 1e300 do end'],
    ['local function f() return f() end f()'],
    [
      'local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) pcall(function() return t[1] end) while true do end',
    ],
    ['while true do pcall(error) end'],
    ['while true do pcall(function() while true do end end) end'],
    ['local f = coroutine.wrap(function() while true do coroutine.yield() end end) while true do f() end'],
    ['while true do coroutine.wrap(function() end)() end'],
    ['return (("a"):rep(3000)):find(("a*"):rep(30) .. "b")'],
    ['return (("a"):rep(100000)):find(".-.-.-.-b")'],
    ['return (("x"):rep(100000)):gsub("", function() while true do end end)'],
    ['for _ in pairs(setmetatable({1}, {})) do while true do end end'],
    ['table.sort({3, 2, 1, 4, 5}, function(a, b) while true do end end)'],
    ['local s = 0 for i = 1, 1e9 do s = s + #tostring(i) end'],
  ])('%s is stopped', (script) => {
    expect(problemOf(script)).toBeInstanceOf(Stopped)
  })

  test.each([
    ['local t = {} while true do t[#t + 1] = {} end'],
    ['local t = {} local i = 0 while true do i = i + 1 t["k" .. i] = i end'],
    ['local s = "x" while true do s = s .. s end'],
    ['local t = {} for i = 1, 60 do t = {t, t} end return cjson.encode(t)'],
    ['return ("x"):rep(1e9)'],
    ['local t = {} for i = 1, 1e9 do t[i] = ("x"):rep(1e5) .. i end'],
    ['return string.format(("%99d"):rep(100000), unpack({}, 1, 7000))'],
    ['local f = {} while true do f[#f + 1] = function() return f end end'],
  ])('%s runs out of memory', (script) => {
    const problem = problemOf(script, { steps: 200_000_000, bytes: 2 * MEGABYTE })
    expect(String(problem)).toMatch(/not enough memory|bad argument/)
  })

  test('equal strings take their room once', () => {
    expect(run('local t = {} for i = 1, 100 do t[i] = ("x"):rep(1e5) end return #t')).toEqual([100])
  })

  test('what is thrown away does not count', () => {
    const limits = { steps: 20_000_000, bytes: 4 * MEGABYTE }
    expect(run('for i = 1, 200 do local s = ("x"):rep(200000) .. i end return 1', limits)).toEqual([1])
    expect(run('local t for i = 1, 100000 do t = {i} end return t[1]', limits)).toEqual([100000])
  })

  test.each([
    ['('.repeat(1000), 'too many syntax levels'],
    [`return ${'{'.repeat(1000)}`, 'too many syntax levels'],
    [`return ${'-'.repeat(1)}${'not '.repeat(1000)}1`, 'too many syntax levels'],
    [`return 1 ${'.. 1 '.repeat(1000)}`, 'too many syntax levels'],
    ['do '.repeat(1000), 'too many syntax levels'],
    [`local ${Array.from({ length: 201 }, (_, i) => `a${i}`).join(',')}`, 'more than 200 local variables'],
    ['local function f() return 1 + f() end f()', 'stack overflow'],
    ['local function f() return pcall(f) end return select(2, f())', 'C stack overflow'],
    [
      'local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k] end return t.x',
      'C stack overflow',
    ],
  ])('%# nesting has an end', (script, message) => {
    expect(JSON.stringify(problemOf(script)) ?? '').toContain(message)
  })
})

test('a run is a function of the script: the same steps every time', () => {
  const script = `
    local t = {} for i = 1, 100 do t[i] = tostring({}) .. math.random(1000) end
    table.sort(t) return table.concat(t, ","), collectgarbage("count")`
  expect(run(script)).toEqual(run(script))
  const steps = [0, 0].map(() => {
    const interpreter = newInterpreter({ steps: 1_000_000, bytes: MEGABYTE })
    interpreter.machine.start(interpreter.machine.limits.steps)
    interpreter.machine.call(interpreter.compile(script, '@script'), [])
    return interpreter.machine.steps
  })
  expect(steps[0]).toBe(steps[1])
})

test('tables keep their keys in the order in which they came, and may be cleared on the way', () => {
  expect(
    run('local t, s = {z = 1, a = 2, m = 3}, "" for k in pairs(t) do s = s .. k t[k] = nil end return s, next(t)'),
  ).toEqual(['zam', undefined])
})
