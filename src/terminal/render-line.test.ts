import { Terminal } from '@xterm/headless'
import { describe, expect, test } from 'vitest'
import { edit, emptyLine, type LineState } from './line-editor.ts'
import { CLEAR_SCREEN, type DrawnLine, eraseLine, finishLine, renderLine, screenText } from './render-line.ts'
import { unicodeProvider } from './width.ts'

const PROMPT = 'r1> '

/** A screen that is typed at: draws after every piece, as the page does. */
class Screen {
  readonly terminal: Terminal
  state: LineState
  drawn: DrawnLine | undefined
  hint = ''

  constructor(columns: number, rows: number, history: readonly string[] = []) {
    this.terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 100 })
    this.terminal.unicode.register(unicodeProvider as never)
    this.terminal.unicode.activeVersion = unicodeProvider.version
    this.state = emptyLine(history)
  }

  get view() {
    return { prompt: PROMPT, columns: this.terminal.cols, rows: this.terminal.rows, hint: this.hint }
  }

  async type(...pieces: readonly string[]): Promise<this> {
    for (const piece of pieces) {
      const { state, events } = edit(this.state, piece)
      for (const event of events) {
        if (event.type !== 'submit') continue
        await this.write(finishLine(event.line, this.view, this.drawn))
        this.drawn = undefined
      }
      this.state = state
      await this.draw()
    }
    return this
  }

  async draw(): Promise<void> {
    const { output, drawn } = renderLine(this.state, this.view, this.drawn)
    this.drawn = drawn
    await this.write(output)
  }

  write(data: string): Promise<void> {
    return new Promise((resolve) => this.terminal.write(data, resolve))
  }

  /** All rows, without spaces and empty rows at the end. */
  get rows(): readonly string[] {
    const { active } = this.terminal.buffer
    const rows = Array.from(
      { length: active.length },
      (_, i) => active.getLine(i)?.translateToString(true).trimEnd() ?? '',
    )
    while (rows.at(-1) === '') rows.pop()
    return rows
  }

  get cursor(): readonly [column: number, row: number] {
    const { active } = this.terminal.buffer
    return [active.cursorX, active.baseY + active.cursorY]
  }
}

describe('on a screen', () => {
  test('prompt, line and grey hint, with the cursor after the line', async () => {
    const screen = new Screen(40, 5)
    screen.hint = 'key'
    await screen.type('G', 'E', 'T')
    expect(screen.rows).toEqual(['r1> GET key'])
    expect(screen.cursor).toEqual([7, 0])
    const cell = screen.terminal.buffer.active.getLine(0)?.getCell(8)
    expect([cell?.getChars(), cell?.getFgColor()]).toEqual(['k', 8])
    screen.hint = ''
    await screen.type(' ')
    expect(screen.rows).toEqual(['r1> GET'])
  })

  test('a long line wraps, and the cursor moves through its rows', async () => {
    const screen = new Screen(10, 6)
    await screen.type('abcdefghijklmnop')
    expect(screen.rows).toEqual(['r1> abcdef', 'ghijklmnop'])
    expect(screen.cursor).toEqual([0, 2])
    expect(screen.terminal.buffer.active.getLine(1)?.isWrapped).toBe(true)
    await screen.type('\x01')
    expect(screen.cursor).toEqual([4, 0])
    await screen.type('X')
    expect(screen.rows).toEqual(['r1> Xabcde', 'fghijklmno', 'p'])
    expect(screen.cursor).toEqual([5, 0])
    await screen.type('\x15')
    expect(screen.rows).toEqual(['r1>'])
    expect(screen.cursor).toEqual([4, 0])
  })

  test('backspace over the edge of a row', async () => {
    const screen = new Screen(10, 6)
    await screen.type('abcdef', 'g', '\x7f', '\x7f')
    expect(screen.rows).toEqual(['r1> abcde'])
    expect(screen.cursor).toEqual([9, 0])
  })

  test('wide characters take two cells and never stand across the edge', async () => {
    const screen = new Screen(10, 6)
    await screen.type('日本語日本')
    expect(screen.rows).toEqual(['r1> 日本語', '日本'])
    expect(screen.cursor).toEqual([4, 1])
    await screen.type('\x1b[D', '\x1b[D')
    expect(screen.cursor).toEqual([0, 1])
    await screen.type('\x01', 'a')
    expect(screen.rows).toEqual(['r1> a日本', '語日本'])
  })

  test.each(['👍', '👨‍👩‍👧', '🇩🇪', 'e\u0301', '\u200b', '한', 'ｱ'])('the cursor stands right after %s', async (piece) => {
    const screen = new Screen(40, 4)
    await screen.type(`${piece}|`, '\x1b[D', 'x')
    expect(screen.rows[0]?.startsWith(`r1> ${piece}x|`)).toBe(true)
    await screen.write('!')
    expect(screen.rows[0]?.replaceAll('\u200b', '').endsWith('x!')).toBe(true)
  })

  test('at the bottom of the screen the rows above scroll away, not over', async () => {
    const screen = new Screen(10, 3)
    await screen.write('one\r\ntwo\r\n')
    await screen.type('abcdef', 'ghijkl', '\x01', '\x05', '!')
    expect(screen.rows).toEqual(['one', 'two', 'r1> abcdef', 'ghijkl!'])
  })

  test('a hint goes on below the line, and is cut after two rows', async () => {
    const screen = new Screen(20, 8)
    screen.hint = '[NX | XX] [GET] [EX seconds | PX milliseconds | KEEPTTL]'
    await screen.type('SET k v ')
    expect(screen.rows).toHaveLength(3)
    expect(screen.rows[2]?.endsWith('…')).toBe(true)
    expect(screen.cursor).toEqual([12, 0])
    await screen.type('\r')
    expect(screen.rows[0]).toBe('r1> SET k v')
  })

  test('a hint that fills its rows exactly leaves the cursor where it was', async () => {
    const screen = new Screen(10, 5)
    screen.hint = 'abcd'
    await screen.type('12345')
    expect(screen.rows).toEqual(['r1> 12345', 'abcd'])
    expect(screen.cursor).toEqual([9, 0])
    screen.hint = 'abcde'
    await screen.type('6')
    expect(screen.rows).toEqual(['r1> 123456', ' abcde'])
    expect(screen.cursor).toEqual([0, 1])
  })

  test('a line taller than the screen is shown around the cursor, and whole once submitted', async () => {
    const screen = new Screen(10, 4)
    const line = Array.from({ length: 96 }, (_, i) => String(i % 10)).join('')
    await screen.type(line)
    expect(screen.rows.length).toBeLessThanOrEqual(4)
    await screen.type('\x01')
    expect(screen.rows[0]).toBe('r1> 012345')
    expect(screen.cursor).toEqual([4, 0])
    await screen.type('\x05', '\r')
    expect(screen.rows.slice(0, 10).join('')).toBe(`r1> ${line}`)
    expect(screen.rows.slice(10)).toEqual(['r1>'])
  })

  test('a narrower or wider screen shows the line whole after the next drawing', async () => {
    const screen = new Screen(20, 6)
    await screen.type('GET abcdefghijklmnopqrst')
    screen.terminal.resize(12, 6)
    await screen.draw()
    expect(screen.rows.slice(-3)).toEqual(['r1> GET abcd', 'efghijklmnop', 'qrst'])
    screen.terminal.resize(40, 6)
    await screen.draw()
    expect(screen.rows.slice(-1)).toEqual(['r1> GET abcdefghijklmnopqrst'])
  })

  test('the search shows its query', async () => {
    const screen = new Screen(50, 4, ['SET a 1'])
    screen.hint = 'key'
    await screen.type('\x12', 'a')
    expect(screen.rows).toEqual(["(reverse-i-search)`a': SET a 1"])
    expect(screen.cursor).toEqual([27, 0])
    await screen.type('zz')
    expect(screen.rows).toEqual(["(failed reverse-i-search)`azz': SET a 1"])
  })

  test('other output can take the place of the line, which is drawn again below', async () => {
    const screen = new Screen(20, 6)
    await screen.type('GET abcdefghijklmnopqrst')
    await screen.write(eraseLine(screen.drawn) + screenText('1) "x"\n2) "y"'))
    screen.drawn = undefined
    await screen.draw()
    expect(screen.rows).toEqual(['1) "x"', '2) "y"', 'r1> GET abcdefghijkl', 'mnopqrst'])
  })

  test('accented letters are shown as typed, before and after Enter', async () => {
    const screen = new Screen(40, 4)
    await screen.type('GET é')
    expect(screen.rows).toEqual(['r1> GET é'])
    await screen.type('\r')
    expect(screen.rows).toEqual(['r1> GET é', 'r1>'])
  })

  test('a cleared screen shows the line at its top', async () => {
    const screen = new Screen(20, 4)
    await screen.write('one\r\ntwo\r\n')
    await screen.type('GET', '\x1b[D')
    await screen.write(CLEAR_SCREEN)
    screen.drawn = undefined
    await screen.draw()
    expect(screen.rows).toEqual(['r1> GET'])
    expect(screen.cursor).toEqual([6, 0])
  })

  test('a prompt cannot smuggle control characters in', () => {
    const { output } = renderLine(emptyLine(), { prompt: 'r\x1b[2J> ', columns: 40, rows: 5 })
    expect(output).toBe('r\\x1b[2J> \r\x1b[10C')
  })
})
