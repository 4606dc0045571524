/**
 * Turns what xterm's `onData` delivers into keys. One delivery may hold many keys, or a paste: between the bracketed-paste marks,
 * and wherever several characters arrive at once, a Tab is white space, not the Tab key. Unknown escape sequences are dropped.
 */

export type KeyName =
  | 'enter'
  | 'broadcast'
  | 'tab'
  | 'shift-tab'
  | 'escape'
  | 'left'
  | 'right'
  | 'word-left'
  | 'word-right'
  | 'home'
  | 'end'
  | 'up'
  | 'down'
  | 'backspace'
  | 'delete'
  | 'kill-line'
  | 'kill-to-end'
  | 'kill-word-left'
  | 'kill-word-right'
  | 'kill-argument-left'
  | 'yank'
  | 'transpose'
  | 'search'
  | 'abort'
  | 'interrupt'
  | 'end-of-input'
  | 'clear'
  | 'paste-begin'
  | 'paste-end'

export type Key = { readonly name: KeyName } | { readonly text: string }

const CONTROL: Readonly<Record<string, KeyName>> = {
  '\x01': 'home',
  '\x02': 'left',
  '\x03': 'interrupt',
  '\x04': 'end-of-input',
  '\x05': 'end',
  '\x06': 'right',
  '\x07': 'abort',
  '\x08': 'backspace',
  '\t': 'tab',
  '\n': 'enter',
  '\x0b': 'kill-to-end',
  '\x0c': 'clear',
  '\r': 'enter',
  '\x0e': 'down',
  '\x10': 'up',
  '\x12': 'search',
  '\x14': 'transpose',
  '\x15': 'kill-line',
  '\x17': 'kill-argument-left',
  '\x19': 'yank',
  '\x1b': 'escape',
  '\x7f': 'backspace',
}

/** What follows Esc. */
const SEQUENCES: Readonly<Record<string, KeyName>> = {
  '\r': 'broadcast',
  '[A': 'up',
  OA: 'up',
  '[B': 'down',
  OB: 'down',
  '[C': 'right',
  OC: 'right',
  '[D': 'left',
  OD: 'left',
  '[H': 'home',
  OH: 'home',
  '[1~': 'home',
  '[7~': 'home',
  '[F': 'end',
  OF: 'end',
  '[4~': 'end',
  '[8~': 'end',
  '[3~': 'delete',
  '[Z': 'shift-tab',
  '[1;5D': 'word-left',
  '[1;3D': 'word-left',
  '[1;5C': 'word-right',
  '[1;3C': 'word-right',
  b: 'word-left',
  B: 'word-left',
  f: 'word-right',
  F: 'word-right',
  d: 'kill-word-right',
  D: 'kill-word-right',
  '\x7f': 'kill-word-left',
  '\b': 'kill-word-left',
  '[200~': 'paste-begin',
  '[201~': 'paste-end',
}

const TOKEN =
  /\x1b(?:\[[0-?]*[ -/]*[@-~]|O[A-Za-z]|[^\x00-\x1a\x1c-\x1f[O]|[\x08\r])|\r\n|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+/gu

/** Never fails: what means nothing is left out. */
export function decodeKeys(data: string): readonly Key[] {
  const keys: Key[] = []
  const several = data.length > 1
  for (const [part] of data.matchAll(TOKEN)) {
    if (part === '\t' && several && !data.startsWith('\x1b')) keys.push({ text: ' ' })
    else if (part.length > 1 && part.startsWith('\x1b')) {
      const name = SEQUENCES[part.slice(1)]
      if (name !== undefined) keys.push({ name })
    } else {
      const name = part === '\r\n' ? 'enter' : CONTROL[part]
      if (name !== undefined) keys.push({ name })
      else if (!/^[\x00-\x1f\x7f]/.test(part)) {
        const text = part.replace(/[\p{Cc}\p{Cs}]/gu, '')
        if (text !== '') keys.push({ text })
      }
    }
  }
  return keys
}
