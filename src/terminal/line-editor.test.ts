import { describe, expect, test } from 'vitest'
import { indexCommands } from './command-index.ts'
import { complete } from './completion.ts'
import { restoreHistory } from './history.ts'
import { edit, emptyLine, type LineEvent, type LineState } from './line-editor.ts'
import { COMMAND_DOCS } from './testing/command-docs.ts'

const LEFT = '\x1b[D'
const UP = '\x1b[A'
const DOWN = '\x1b[B'
const HOME = '\x1b[H'
const index = indexCommands(COMMAND_DOCS)

/** Types each piece as one delivery; gives the line with `|` at the cursor, and all events. */
function type(pieces: readonly string[], history: readonly string[] = []) {
  let state: LineState = emptyLine(history)
  const events: LineEvent[] = []
  for (const piece of pieces) {
    const edited = edit(state, piece, (before) => complete(index, before))
    state = edited.state
    events.push(...edited.events)
  }
  return { state, events, line: `${state.text.slice(0, state.cursor)}|${state.text.slice(state.cursor)}` }
}

const submitted = (events: readonly LineEvent[]) =>
  events.flatMap((event) => (event.type === 'submit' ? [event.line] : []))

describe('moving and deleting', () => {
  test.each([
    ['left and insert', ['abc', LEFT, 'X'], 'abX|c'],
    ['Home, right', ['abc', HOME, '\x1b[C'], 'a|bc'],
    ['Ctrl-A, Ctrl-F, Ctrl-E, Ctrl-B', ['abc', '\x01', '\x06', '\x05', '\x02'], 'ab|c'],
    ['End as other terminals send it', ['abc', '\x01', '\x1bOF'], 'abc|'],
    ['backspace at the start does nothing', ['abc', '\x01', '\x7f'], '|abc'],
    ['Delete', ['abc', '\x01', '\x1b[3~'], '|bc'],
    ['Ctrl-D within a line deletes', ['abc', '\x01', '\x04'], '|bc'],
    ['Ctrl-W takes an argument with its punctuation', ['SET user:1 x', '\x17', '\x17'], 'SET |'],
    ['Alt-Backspace takes a word', ['SET user:1', '\x1b\x7f'], 'SET user:|'],
    ['Alt-B, Alt-D', ['SET user:1 x', '\x1bb', '\x1bb', '\x1bd'], 'SET user:| x'],
    ['Alt-F', ['SET user:1', '\x01', '\x1bf'], 'SET| user:1'],
    ['Ctrl-U drops the whole line as redis-cli does', ['abc def', LEFT, '\x15'], '|'],
    ['Ctrl-K, then Ctrl-Y twice', ['abc def', '\x01', '\x1bf', '\x0b', '\x19', '\x19'], 'abc def def|'],
    ['Ctrl-T at the end swaps the last two', ['abc', '\x14'], 'acb|'],
    ['Ctrl-T in the middle moves on', ['abc', '\x01', '\x06', '\x14'], 'ba|c'],
    ['unknown escape sequences are dropped', ['a\x1b[15~b\x1b[<0;1;2Mc'], 'abc|'],
  ])('%s', (_, pieces, line) => {
    expect(type(pieces).line).toBe(line)
  })

  test('backspace takes a whole emoji family, flag or accented letter', () => {
    expect(type(['a👨‍👩‍👧', '\x7f']).line).toBe('a|')
    expect(type(['a🇩🇪🇫🇷', '\x7f']).line).toBe('a🇩🇪|')
    expect(type(['ae\u0301', '\x7f']).line).toBe('a|')
    expect(type(['日本', LEFT, '\x7f']).line).toBe('|本')
  })
})

describe('history', () => {
  test('up and down walk the history and come back to the line being typed', () => {
    const history = ['one', 'two']
    expect(type(['thr', UP], history).line).toBe('two|')
    expect(type(['thr', UP, UP], history).line).toBe('one|')
    expect(type(['thr', UP, UP, DOWN, DOWN], history).line).toBe('thr|')
    expect(type(['thr', UP, UP, UP], history)).toMatchObject({ line: 'one|', events: [{ type: 'bell' }] })
  })

  test('a submitted line is remembered, blanks and repetitions are not', () => {
    expect(type(['a\r', 'a\r', ' \r', '\r', 'b\r']).state.history).toEqual(['a', 'b'])
  })

  test('a stored history keeps only lines that could have been typed', () => {
    expect(restoreHistory(['GET a', 1, 'x\x1b[2J', null])).toEqual(['GET a'])
    expect(restoreHistory({ length: 1 })).toEqual([])
  })
})

describe('Ctrl-R', () => {
  const history = ['SET a 1', 'GET a', 'SET b 2', 'GET b']

  test('finds the newest match, again an older one, and Enter runs it', () => {
    expect(type(['\x12', 'SET'], history).line).toBe('|SET b 2')
    expect(type(['\x12', 'SE', 'T', '\x12'], history).line).toBe('|SET a 1')
    expect(submitted(type(['\x12', 'SET', '\x12', '\r'], history).events)).toEqual(['SET a 1'])
  })

  test('a longer query searches from the newest again', () => {
    expect(type(['\x12', 'a', '\x7f', 'b'], history).line).toBe('GET |b')
  })

  test('Ctrl-G restores the line, Esc and arrows keep the match', () => {
    expect(type(['xyz', LEFT, '\x12', 'SET', '\x07'], history).line).toBe('xy|z')
    expect(type(['xyz', '\x12', 'SET', '\x1b'], history)).toMatchObject({
      line: '|SET b 2',
      state: { search: undefined },
    })
    expect(type(['\x12', 'SET', '\x05', '!'], history).line).toBe('SET b 2!|')
  })

  test('what is not found rings and keeps the last match', () => {
    const { state, events } = type(['\x12', 'SET', 'q'], history)
    expect(state).toMatchObject({ text: 'SET b 2', search: { failed: true, query: 'SETq' } })
    expect(events).toEqual([{ type: 'bell' }])
  })
})

describe('Tab', () => {
  test('cycles through the commands, back to what was typed, and Shift-Tab goes back', () => {
    expect(type(['sin', '\t']).line).toBe('sintercard|')
    expect(type(['X', '\t']).line).toBe('XADD|')
    expect(type(['X', '\t', '\t']).line).toBe('XREAD|')
    expect(type(['X', '\t', '\t', '\t']).line).toBe('X|')
    expect(type(['X', '\t', '\t', '\x1b[Z']).line).toBe('XADD|')
    expect(type(['X', '\x1b[Z']).line).toBe('XREAD|')
  })

  test('completes subcommands, options, help topics and client commands', () => {
    expect(type(['config g', '\t']).line).toBe('config get|')
    expect(type(['SET k v E', '\t']).line).toBe('SET k v EX|')
    expect(type(['SET k v EX 10 ', '\t']).line).toBe('SET k v EX 10 NX|')
    expect(type(['LMOVE k r', '\t']).line).toBe('LMOVE k right|')
    expect(type(['help @so', '\t']).line).toBe('help @sorted-set|')
    expect(type(['help CONFIG S', '\t']).line).toBe('help CONFIG SET|')
    expect(type([':set noh', '\t']).line).toBe(':set nohints|')
    expect(type(['EX', '\t', '\t']).line).toBe('EXIT|')
  })

  test('completes before the cursor and leaves what stands after it', () => {
    expect(type(['sin 1 k', '\x01', '\x1bf', '\t']).line).toBe('sintercard| 1 k')
  })

  test('offers nothing for an empty line, a key, or a used option', () => {
    for (const line of ['', 'GET ', 'SET k v NX X']) {
      expect(type([line, '\t'])).toMatchObject({ line: `${line}|`, events: [{ type: 'bell' }] })
    }
  })

  test('after Esc it leaves the terminal instead', () => {
    expect(type(['GE', '\x1b', '\t'])).toMatchObject({ line: 'GE|', events: [{ type: 'leave', direction: 'forward' }] })
    expect(type(['\x1b', '\x1b[Z']).events).toEqual([{ type: 'leave', direction: 'backward' }])
    expect(type(['GE', '\x1b', 'T', '\t']).line).toBe('GET|')
  })
})

describe('paste', () => {
  test('several lines are submitted in order, the last unfinished one stays', () => {
    const { events, line } = type(['SET a 1\rSET b 2\r\nGET a\nGET'])
    expect(submitted(events)).toEqual(['SET a 1', 'SET b 2', 'GET a'])
    expect(line).toBe('GET|')
  })

  test('bracketed paste is the same; its tabs are spaces and its control characters are dropped', () => {
    const { events, line } = type(['\x1b[200~SET\ta 1\r\x03GET\x01 a\x1b[201~'])
    expect(submitted(events)).toEqual(['SET a 1'])
    expect(line).toBe('GET a|')
    expect(type(['\x1b[200~a', '\t', 'b\x1b[201~', '\x01']).line).toBe('|a b')
  })

  test('200 lines at once', () => {
    const lines = Array.from({ length: 200 }, (_, i) => `SET key:${i} ${i}`)
    expect(submitted(type([`${lines.join('\r')}\r`]).events)).toEqual(lines)
  })
})

test('Alt-Enter gives the line to all regions, and is no key within a paste', () => {
  expect(type(['INCR n\x1b\r']).events).toEqual([{ type: 'broadcast', line: 'INCR n' }])
  expect(type(['INCR n', '\x1b\r', '\x1b[A']).line).toBe('INCR n|')
  expect(type(['\x1b[200~INCR n\x1b\r\x1b[201~'])).toMatchObject({ line: 'INCR n|', events: [] })
})

test('Ctrl-C drops the line, Ctrl-D ends only when it is empty, Ctrl-L clears', () => {
  expect(type(['abc', '\x03'])).toMatchObject({ line: '|', events: [{ type: 'interrupt', line: 'abc' }] })
  expect(type(['\x04']).events).toEqual([{ type: 'end-of-input' }])
  expect(type(['abc', '\x0c'])).toMatchObject({ line: 'abc|', events: [{ type: 'clear' }] })
})
