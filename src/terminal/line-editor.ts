/**
 * The line editor as a pure state machine: `edit(state, data)` gives the next state and what happened. It draws nothing (see
 * `render-line`). The cursor always stands at a grapheme boundary of `text`, and `text` never holds a control character.
 */
import { argumentLeft, nextBoundary, previousBoundary, snapToBoundary, wordLeft, wordRight } from './graphemes.ts'
import { remember } from './history.ts'
import { decodeKeys, type Key, type KeyName } from './keys.ts'

export interface LineState {
  readonly text: string
  /** UTF-16 offset into `text`. */
  readonly cursor: number
  /** Oldest first. */
  readonly history: readonly string[]
  /** While a history entry is shown: its index, and the line that was being typed. */
  readonly recall: { readonly index: number; readonly stash: string } | undefined
  readonly search: Search | undefined
  readonly completion: Completion | undefined
  /** What Ctrl-Y brings back. */
  readonly killed: string
  /** Esc was the last key: a Tab now leaves the terminal. */
  readonly escaped: boolean
  readonly pasting: boolean
}

/** Ctrl-R: `text` shows the entry at `index`; Ctrl-G restores `before`. `failed`: nothing older matches the query. */
interface Search {
  readonly query: string
  readonly index: number
  readonly failed: boolean
  readonly before: { readonly text: string; readonly cursor: number }
}

interface Completion {
  /** The last choice is what had been typed. */
  readonly choices: readonly string[]
  readonly index: number
  readonly start: number
  readonly after: string
}

export type LineEvent =
  | { readonly type: 'submit'; readonly line: string }
  /** Alt-Enter: to be run in every region. */
  | { readonly type: 'broadcast'; readonly line: string }
  /** Ctrl-C: `line` is what was dropped. */
  | { readonly type: 'interrupt'; readonly line: string }
  /** Ctrl-D on an empty line. */
  | { readonly type: 'end-of-input' }
  | { readonly type: 'clear' }
  /** Esc then Tab: the keyboard's focus should move on, or back. */
  | { readonly type: 'leave'; readonly direction: 'forward' | 'backward' }
  /** Nothing to complete, nothing found. */
  | { readonly type: 'bell' }

export interface Edited {
  readonly state: LineState
  /** In the order they happened; a paste of several lines gives several. */
  readonly events: readonly LineEvent[]
}

/** Candidates for the word that ends at the cursor; see `complete`. */
export type Completer = (before: string) => readonly string[]

export function emptyLine(history: readonly string[] = []): LineState {
  return {
    text: '',
    cursor: 0,
    history,
    recall: undefined,
    search: undefined,
    completion: undefined,
    killed: '',
    escaped: false,
    pasting: false,
  }
}

/** `data` as xterm's `onData` gives it: one key, several, or a paste. */
export function edit(state: LineState, data: string, complete: Completer = () => []): Edited {
  const events: LineEvent[] = []
  let current = state
  for (const key of decodeKeys(data)) {
    const pressed = press(current, key, complete)
    current = pressed.state
    events.push(...pressed.events)
  }
  return { state: current, events }
}

function press(before: LineState, key: Key, complete: Completer): Edited {
  const name = 'name' in key ? key.name : undefined
  if (before.pasting && name !== 'enter' && name !== 'paste-end') {
    return quiet('text' in key ? insert(before, key.text) : name === 'tab' ? insert(before, ' ') : before)
  }
  if (before.search !== undefined) {
    const searched = pressInSearch(before, before.search, key)
    if (searched !== undefined) return searched
  }
  const isTab = name === 'tab' || name === 'shift-tab'
  if (isTab && before.escaped) {
    const direction = name === 'tab' ? 'forward' : 'backward'
    return { state: { ...before, escaped: false }, events: [{ type: 'leave', direction }] }
  }
  // Any key but Tab accepts a completion; a search ends where its match stands.
  const state: LineState = {
    ...before,
    search: undefined,
    completion: isTab ? before.completion : undefined,
    escaped: name === 'escape',
  }
  if ('text' in key) return quiet(insert(state, key.text))
  return pressNamed(state, key.name, complete)
}

function pressNamed(state: LineState, name: KeyName, complete: Completer): Edited {
  const { text, cursor } = state
  switch (name) {
    case 'left':
      return quiet({ ...state, cursor: previousBoundary(text, cursor) })
    case 'right':
      return quiet({ ...state, cursor: nextBoundary(text, cursor) })
    case 'word-left':
      return quiet(moveTo(state, wordLeft(text, cursor)))
    case 'word-right':
      return quiet(moveTo(state, wordRight(text, cursor)))
    case 'home':
      return quiet({ ...state, cursor: 0 })
    case 'end':
      return quiet({ ...state, cursor: text.length })
    case 'backspace':
      return quiet(remove(state, previousBoundary(text, cursor), cursor))
    case 'delete':
      return quiet(remove(state, cursor, nextBoundary(text, cursor)))
    case 'kill-line':
      return quiet(kill(state, 0, text.length))
    case 'kill-to-end':
      return quiet(kill(state, cursor, text.length))
    case 'kill-word-left':
      return quiet(kill(state, wordLeft(text, cursor), cursor))
    case 'kill-word-right':
      return quiet(kill(state, cursor, wordRight(text, cursor)))
    case 'kill-argument-left':
      return quiet(kill(state, argumentLeft(text, cursor), cursor))
    case 'yank':
      return quiet(insert(state, state.killed))
    case 'transpose':
      return quiet(transpose(state))
    case 'up':
      return recallBy(state, -1)
    case 'down':
      return recallBy(state, 1)
    case 'search':
      return quiet({
        ...state,
        search: { query: '', index: state.history.length, failed: false, before: { text, cursor } },
      })
    case 'tab':
      return completeBy(state, 1, complete)
    case 'shift-tab':
      return completeBy(state, -1, complete)
    case 'enter':
      return submit(state, 'submit')
    case 'broadcast':
      return submit(state, 'broadcast')
    case 'interrupt':
      return { state: afterLine(state, state.history), events: [{ type: 'interrupt', line: text }] }
    case 'end-of-input':
      if (text === '') return { state, events: [{ type: 'end-of-input' }] }
      return quiet(remove(state, cursor, nextBoundary(text, cursor)))
    case 'clear':
      return { state, events: [{ type: 'clear' }] }
    case 'paste-begin':
      return quiet({ ...state, pasting: true })
    case 'paste-end':
      return quiet({ ...state, pasting: false })
    case 'escape':
    case 'abort':
      return quiet(state)
  }
}

function quiet(state: LineState): Edited {
  return { state, events: [] }
}

function bell(state: LineState): Edited {
  return { state, events: [{ type: 'bell' }] }
}

function submit(state: LineState, type: 'submit' | 'broadcast'): Edited {
  return {
    state: afterLine(state, remember(state.history, state.text)),
    events: [{ type, line: state.text }],
  }
}

function afterLine(state: LineState, history: readonly string[]): LineState {
  return { ...emptyLine(history), killed: state.killed, pasting: state.pasting }
}

/** A joined cluster may swallow the place asked for, so the cursor moves to the boundary after it. */
function moveTo(state: LineState, at: number): LineState {
  return { ...state, cursor: snapToBoundary(state.text, at) }
}

function insert(state: LineState, piece: string): LineState {
  const text = state.text.slice(0, state.cursor) + piece + state.text.slice(state.cursor)
  return moveTo({ ...state, text }, state.cursor + piece.length)
}

function remove(state: LineState, from: number, to: number): LineState {
  return moveTo({ ...state, text: state.text.slice(0, from) + state.text.slice(to) }, from)
}

function kill(state: LineState, from: number, to: number): LineState {
  if (from === to) return state
  return { ...remove(state, from, to), killed: state.text.slice(from, to) }
}

/** Swaps the characters around the cursor; at the end of the line, the last two. */
function transpose(state: LineState): LineState {
  const { text, cursor } = state
  const middle = cursor === text.length ? previousBoundary(text, cursor) : cursor
  const start = previousBoundary(text, middle)
  const end = nextBoundary(text, middle)
  if (start === middle || middle === end) return state
  const swapped = text.slice(middle, end) + text.slice(start, middle)
  return moveTo({ ...state, text: text.slice(0, start) + swapped + text.slice(end) }, end)
}

function recallBy(state: LineState, step: 1 | -1): Edited {
  const from = state.recall?.index ?? state.history.length
  const stash = state.recall?.stash ?? state.text
  const index = from + step
  if (index < 0 || index > state.history.length) return bell(state)
  const text = state.history[index] ?? stash
  const recall = index === state.history.length ? undefined : { index, stash }
  return quiet({ ...state, text, cursor: text.length, recall })
}

function completeBy(state: LineState, step: 1 | -1, complete: Completer): Edited {
  const completion = state.completion ?? beginCompletion(state, complete)
  if (completion === undefined) return bell(state)
  const count = completion.choices.length
  const index = (completion.index + step + count) % count
  const head = state.text.slice(0, completion.start) + (completion.choices[index] ?? '')
  return quiet(moveTo({ ...state, text: head + completion.after, completion: { ...completion, index } }, head.length))
}

function beginCompletion(state: LineState, complete: Completer): Completion | undefined {
  const before = state.text.slice(0, state.cursor)
  const found = complete(before)
  if (found.length === 0) return undefined
  const begun = /\S*$/.exec(before)?.[0] ?? ''
  const choices = [...found, begun]
  return { choices, index: found.length, start: state.cursor - begun.length, after: state.text.slice(state.cursor) }
}

/** Undefined when the key ends the search and means what it always means. */
function pressInSearch(state: LineState, search: Search, key: Key): Edited | undefined {
  if ('text' in key) return find(state, search, search.query + key.text, state.history.length - 1)
  switch (key.name) {
    case 'search':
      return find(state, search, search.query, search.index - 1)
    case 'backspace': {
      const query = search.query.slice(0, previousBoundary(search.query, search.query.length))
      if (query === '') return quiet({ ...state, ...search.before, search: { ...search, query, failed: false } })
      return find(state, search, query, state.history.length - 1)
    }
    case 'abort':
      return quiet({ ...state, ...search.before, search: undefined })
    case 'escape':
      return quiet({ ...state, search: undefined, escaped: true })
    default:
      return undefined
  }
}

function find(state: LineState, search: Search, query: string, from: number): Edited {
  if (query === '') return quiet(state)
  for (let index = Math.min(from, state.history.length - 1); index >= 0; index--) {
    const text = state.history[index] ?? ''
    const at = text.indexOf(query)
    if (at !== -1) {
      return quiet(moveTo({ ...state, text, search: { ...search, query, index, failed: false } }, at))
    }
  }
  return bell({ ...state, search: { ...search, query, failed: true } })
}
