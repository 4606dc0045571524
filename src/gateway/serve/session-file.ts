/**
 * `--persist`: the session's inputs in a file, one a line behind the settings. Settings and inputs are the session, so to start again is to do them
 * again. The file grows with every command, reads included (chance is drawn by reads, too), and is never rewritten.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { SessionInput, SessionSettings } from '../../simulation/index.ts'

const NAME = 'session.jsonl'
const FORMAT = 1
/** At most this much is lost when the machine, or this process, dies at once. */
const FLUSH_MS = 100

export interface Recorded {
  readonly settings: SessionSettings
  readonly inputs: readonly SessionInput[]
}

export class SessionFile {
  readonly #path: string
  #file: number | undefined
  #pending = ''
  #timer: NodeJS.Timeout | undefined

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true })
    this.#path = join(folder, NAME)
  }

  /** What the file holds; undefined when there is none yet. Throws a sentence when it is no such file. */
  read(): Recorded | undefined {
    if (!existsSync(this.#path)) return undefined
    const text = readFileSync(this.#path, 'utf8')
    // A last line without its end was cut off by a crash: it was never acknowledged as kept, and what is appended must not join it.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    if (whole.length < text.length) truncateSync(this.#path, Buffer.byteLength(whole))
    const [head, ...lines] = whole.split('\n').slice(0, -1)
    if (head === undefined) return undefined
    try {
      const { format, settings } = JSON.parse(head) as { format: number; settings: SessionSettings }
      if (format !== FORMAT) throw new Error(`its format is ${format}, this program writes ${FORMAT}`)
      return { settings, inputs: lines.map((line) => JSON.parse(line) as SessionInput) }
    } catch (problem) {
      throw new Error(`${this.#path} cannot be read: ${problem instanceof Error ? problem.message : String(problem)}`, {
        cause: problem,
      })
    }
  }

  /** Begins to write: behind what is there, or with the settings of a new session. */
  append(settings: SessionSettings): void {
    const fresh = !existsSync(this.#path) || readFileSync(this.#path).length === 0
    this.#file = openSync(this.#path, 'a', 0o600)
    if (fresh) this.#write(`${JSON.stringify({ format: FORMAT, settings })}\n`)
  }

  record(input: SessionInput): void {
    this.#pending += `${JSON.stringify(input)}\n`
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#flush()
    if (this.#file === undefined) return
    fsyncSync(this.#file)
    closeSync(this.#file)
    this.#file = undefined
  }

  #flush(): void {
    this.#timer = undefined
    if (this.#pending !== '') this.#write(this.#pending)
    this.#pending = ''
  }

  #write(text: string): void {
    if (this.#file !== undefined) writeSync(this.#file, text)
  }
}
