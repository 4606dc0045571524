/**
 * One terminal at work: keys go to the line editor, submitted lines to the region one after the other, replies to the screen. Input that comes
 * while a command is still running waits for its reply, as in redis-cli; Ctrl-C gives that command up by opening a new session.
 */
import type { IMarker, Terminal } from '@xterm/xterm'
import type { Bytes } from '../../lib/index.ts'
import type { CommandDoc, Reply } from '../../engine/index.ts'
import { CHECK_SESSION, type JournalEntry } from '../../simulation/index.ts'
import {
  afterReply,
  complete,
  edit,
  emptyLine,
  eraseLine,
  finishLine,
  hintFor,
  indexCommands,
  isPush,
  LISTENING_NOTICE,
  NEW_SESSION,
  promptText,
  quoteCommand,
  reconnected,
  remember,
  renderLine,
  safeText,
  screenText,
  showReply,
  submitLine,
  type CommandIndex,
  type DrawnLine,
  type LineEvent,
  type LineState,
  type LineView,
  type TerminalSession,
  wrapWords,
} from '../../terminal/index.ts'

export interface TerminalWiring {
  readonly region: number
  readonly name: string
  readonly history: readonly string[]
  readonly run: (session: number, argv: readonly Bytes[]) => Promise<Reply>
  /** The client of this session has gone. */
  readonly close: (session: number) => void
  readonly remember: (line: string) => void
  /** Runs a line in every region, this one included; a text says why it could not. */
  readonly broadcast: (line: string) => string | null
  /** Esc then Tab. */
  readonly leave: (direction: 'forward' | 'backward') => void
}

export interface TerminalController {
  /** What xterm's `onData` gives. */
  readonly input: (data: string) => void
  /** New journal entries: what others did in this region is shown too. */
  readonly hear: (entries: readonly JournalEntry[], replayed?: boolean) => void
  readonly setCatalogue: (catalogue: readonly CommandDoc[]) => void
  /** Runs `resize` with the line taken off the screen, because wrapping changes. */
  readonly resized: (resize: () => void) => void
  /** The commands whose lines are in these rows of the screen's buffer, oldest first. */
  readonly commands: (from: number, to: number) => readonly string[]
  readonly isBusy: () => boolean
  /** As if typed; what is half typed stays. */
  readonly submit: (line: string) => void
  readonly stop: () => void
}

const FIRST_SESSION = 1000
/** A paste is taken in by so many lines; each lot is sent together, and the page draws and listens between two of them. */
const LINES_AT_ONCE = 100
/** These may block, or change what the connection is: what follows them must wait for their reply. */
const STANDS_ALONE = /^(B[LRZ]|XREAD|WAIT|[PS]?(UN)?SUBSCRIBE|MONITOR|HELLO|QUIT|MULTI|EXEC)/i
const INTERRUPT = '\x03'
const ESCAPE = '\x1b'
const LEAVING: Readonly<Record<string, 'forward' | 'backward'>> = { '\t': 'forward', '\x1b[Z': 'backward' }
const BRACKETED_PASTE = '\x1b[?2004h'
const DIM = '\x1b[90m'
const PLAIN = '\x1b[0m'

interface Submitted {
  readonly line: string
  reply?: Promise<Reply>
}

export function controlTerminal(screen: Terminal, wiring: TerminalWiring): TerminalController {
  let line: LineState = emptyLine(wiring.history)
  let session: TerminalSession = NEW_SESSION
  let sessionNumber = FIRST_SESSION
  let index: CommandIndex = indexCommands([])
  let drawn: DrawnLine | undefined
  /** Lines that were submitted and wait for their turn; some are on their way already, so that a long paste is quick. */
  const queue: Submitted[] = []
  let typedAhead = ''
  let running = false
  let stopped = false
  /** The notice that messages will come has been shown. */
  let listening = false
  /** Where on the screen the line of a command begins, as long as it is there. */
  const marks = new Map<IMarker, string>()
  const name = wiring.name.toLowerCase().replaceAll(/\s+/g, '-')

  const view = (): LineView => {
    const atEnd = line.cursor === line.text.length && line.search === undefined && session.hints
    const hint = atEnd ? hintFor(index, line.text) : ''
    return { prompt: promptText(session, name), columns: screen.cols, rows: screen.rows, hint }
  }

  function draw(): void {
    const next = renderLine(line, view(), drawn)
    drawn = next.drawn
    screen.write(next.output)
  }

  /** Shows a line in the place of the one being edited, and remembers where. */
  function show(text: string, command: string): void {
    screen.write(eraseLine(drawn), () => {
      const marker = screen.registerMarker()
      marks.set(marker, command)
      marker.onDispose(() => marks.delete(marker))
    })
    drawn = undefined
    screen.write(text)
  }

  /** Shows text in the place of the line being edited. */
  function write(text: string): void {
    if (text === '') return
    screen.write(eraseLine(drawn) + text)
    drawn = undefined
  }

  function input(data: string): void {
    if (stopped) return
    if (running || session.mode === 'monitor') {
      if (leavesWhileBusy(data)) return
      const stop = data.lastIndexOf(INTERRUPT)
      if (stop === -1) {
        if (running) typedAhead += data
        return
      }
      typedAhead = data.slice(stop + 1)
      return giveUp()
    }
    const end = endOfLot(data)
    const edited = edit(line, data.slice(0, end), (before) => complete(index, before))
    typedAhead = data.slice(end)
    line = edited.state
    for (const event of edited.events) handle(event)
    proceed()
  }

  function proceed(): void {
    if (running) return
    if (queue.length > 0) void runQueue()
    else draw()
  }

  function submit(text: string): void {
    line = { ...line, history: remember(line.history, text) }
    handle({ type: 'submit', line: text })
    proceed()
  }

  /** Esc, then Tab leaves at any time: a command that waits must not hold whoever has no mouse. */
  function leavesWhileBusy(data: string): boolean {
    const direction = line.escaped ? LEAVING[data] : undefined
    line = { ...line, escaped: data === ESCAPE }
    if (direction) wiring.leave(direction)
    return line.escaped || direction !== undefined
  }

  function handle(event: LineEvent): void {
    switch (event.type) {
      case 'submit':
        queue.push({ line: event.line })
        wiring.remember(event.line)
        return
      case 'broadcast': {
        const problem = wiring.broadcast(event.line)
        if (problem === null) return
        line = { ...line, text: event.line, cursor: event.line.length }
        return write(screenText(wrapWords(safeText(problem), screen.cols)))
      }
      case 'interrupt':
        queue.length = 0
        screen.write(finishLine(event.line, view(), drawn, '^C'))
        drawn = undefined
        if (session.mode === 'subscribed' && event.line === '') reconnect()
        return
      case 'clear':
        clear()
        return
      case 'leave':
        wiring.leave(event.direction)
        return
      case 'end-of-input':
      case 'bell':
        return
    }
  }

  function clear(): void {
    screen.write('\x1b[H\x1b[2J\x1b[3J')
    drawn = undefined
  }

  /** The running command, or the mode, is left by leaving the connection. */
  function giveUp(): void {
    queue.length = 0
    reconnect()
    running = false
    screen.write('^C\r\n')
    draw()
    flushTypedAhead()
  }

  function reconnect(): void {
    wiring.close(sessionNumber)
    sessionNumber++
    session = reconnected(session)
    listening = false
  }

  async function runQueue(): Promise<void> {
    running = true
    const mine = sessionNumber
    while (queue.length > 0 && mine === sessionNumber && !stopped) {
      sendAhead(mine)
      const submitted = queue.shift()
      if (!submitted) break
      show(finishLine(submitted.line, view()), submitted.line)
      await runLine(submitted, mine)
    }
    // Lines that no region answers would follow each other without a pause.
    if (typedAhead !== '') await new Promise((done) => setTimeout(done))
    if (mine !== sessionNumber || stopped) return
    running = false
    if (session.mode !== 'monitor') draw()
    flushTypedAhead()
  }

  /** Starts the commands at the head of the queue together; their replies are still shown one after the other. */
  function sendAhead(mine: number): void {
    if (queue.length < 2 || queue[0]?.reply) return
    for (const submitted of queue.slice(0, LINES_AT_ONCE)) {
      const { action } = submitLine(session, submitted.line, index)
      if (action.type !== 'send' || action.repeat > 1 || STANDS_ALONE.test(action.argv[0] ?? '')) return
      submitted.reply = wiring.run(mine, action.argv)
      // Whoever awaits it tells of a failure; until then it must not count as unhandled.
      submitted.reply.catch(() => {})
    }
  }

  async function runLine(submitted: Submitted, mine: number): Promise<void> {
    const meaning = submitLine(session, submitted.line, index)
    session = meaning.session
    const { action } = meaning
    switch (action.type) {
      case 'nothing':
        return
      case 'show':
        screen.write(screenText(wrapWords(action.text, screen.cols)))
        return
      case 'clear':
        clear()
        return
      case 'quit':
        reconnect()
        screen.write(screenText(action.text))
        return resumeAfterQuit()
      case 'send':
        for (let i = 0; i < action.repeat && mine === sessionNumber; i++) {
          await send(action.argv, submitted.reply ?? wiring.run(mine, action.argv), mine)
        }
    }
  }

  /** The rest of a paste runs in the new session. */
  function resumeAfterQuit(): void {
    running = false
    if (queue.length > 0) return void runQueue()
    draw()
    flushTypedAhead()
  }

  async function send(argv: readonly Bytes[], coming: Promise<Reply>, mine: number): Promise<void> {
    let shown: string
    try {
      const reply = await coming
      if (mine !== sessionNumber || stopped) return
      session = afterReply(session, argv, reply)
      // Confirmations of (un)subscribing come among the messages, in their order: `hear` shows them.
      shown = isPush(reply) ? '' : showReply(session, argv, reply)
    } catch (reason) {
      if (mine !== sessionNumber || stopped) return
      shown = `Error: ${reason instanceof Error ? reason.message : String(reason)}`
    }
    screen.write(screenText(shown))
  }

  function flushTypedAhead(): void {
    const data = typedAhead
    typedAhead = ''
    if (data !== '') input(data)
  }

  /** `replayed`: of an earlier visit, when this very terminal ran them. */
  function hear(entries: readonly JournalEntry[], replayed = false): void {
    const showsLine = drawn !== undefined
    let text = ''
    let confirmation: Reply | undefined
    for (const entry of entries) {
      const isOwn = !replayed && (entry.kind === 'command' || entry.kind === 'reply') && isMine(entry)
      if (confirmation !== undefined && !(isOwn && entry.kind === 'reply')) {
        text += message(confirmation)
        confirmation = undefined
      }
      if (isOwn && entry.kind === 'reply' && entry.push) text += message(entry.reply)
      // The last confirmation stands for the reply, but the others come before it.
      if (isOwn && entry.kind === 'command' && isPush(entry.reply)) confirmation = entry.reply
      if (entry.kind !== 'command' || entry.region !== wiring.region) continue
      if ((entry.session >= FIRST_SESSION && !replayed) || entry.session === CHECK_SESSION) continue
      write(text)
      const command = quoteCommand(entry.argv)
      show(`${DIM}${promptText(NEW_SESSION, name)}${PLAIN}${command}\r\n`, command)
      text = ''
      if (entry.reply !== undefined) text += screenText(showReply(NEW_SESSION, entry.argv, entry.reply))
    }
    if (confirmation !== undefined) text += message(confirmation)
    write(text)
    if (showsLine && drawn === undefined) draw()
  }

  function isMine(entry: { readonly region: number; readonly session: number }): boolean {
    return entry.region === wiring.region && entry.session === sessionNumber
  }

  /** Something that comes to a listening session; the first is announced. */
  function message(reply: Reply): string {
    const [what, , count] = isPush(reply) ? reply.items : []
    const begins = !listening && (what === 'subscribe' || what === 'psubscribe' || what === 'ssubscribe')
    if (begins) listening = true
    else if (typeof what === 'string' && what.endsWith('unsubscribe')) listening = count !== 0
    return (begins ? screenText(LISTENING_NOTICE) : '') + screenText(showReply(session, [], reply))
  }

  screen.write(BRACKETED_PASTE)
  draw()
  return {
    input,
    hear,
    setCatalogue: (catalogue) => {
      index = indexCommands(catalogue)
    },
    resized: (resize) => {
      const showsLine = drawn !== undefined
      if (showsLine) screen.write(eraseLine(drawn))
      resize()
      drawn = undefined
      if (showsLine) draw()
    },
    commands: (from, to) => [...marks].filter(([{ line: at }]) => at >= from && at <= to).map(([, command]) => command),
    isBusy: () => running || session.mode === 'monitor',
    submit,
    stop: () => {
      stopped = true
    },
  }
}

/** Where the first lot of lines ends. Short input, whatever it holds, is one lot. */
function endOfLot(data: string): number {
  let end = 0
  for (let lines = 0; lines < LINES_AT_ONCE; lines++) {
    const at = data.indexOf('\r', end)
    if (at === -1) return data.length
    end = at + 1
  }
  return end
}
