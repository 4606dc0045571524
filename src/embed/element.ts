/**
 * `<crdb-playground>`: a scenario in somebody's page. Until the reader comes near, it is the page's own markup with two buttons; the reader and the
 * player come when it is reached or used, and workers when it is used. What attributes, events and methods mean is told in docs/embedding.md.
 */
import { openFrame, type Frame } from './frame-view.ts'
import { ELEMENT, type EventName, FOLLOWED } from './messages.ts'
import type { Player } from './player.ts'
import { withoutIndent, withSettings } from './source.ts'
import { makeView, type View } from './view.ts'

const TERMINALS_HEIGHT = '600px'
const WAITING = { title: '', status: '', busy: false, done: false, started: false }

/** Defines the element. `base` is the folder in which the playground's files lie. */
export function defineElement(base: URL): void {
  if (customElements.get(ELEMENT)) return

  class PlaygroundElement extends HTMLElement {
    static readonly observedAttributes = FOLLOWED
    readonly #view: View
    readonly #resized = new ResizeObserver(() => this.#tell('resize', { height: this.offsetHeight }))
    #near: IntersectionObserver | null = null
    #loaded: string | null = null
    #player: Promise<Player> | null = null
    #frame: Frame | null = null
    /** The text has gone to the frame; what is asked of it comes after. */
    #sent: Promise<void> = Promise.resolve()

    constructor() {
      super()
      this.#view = makeView(this.attachShadow({ mode: 'open' }), {
        step: () => void this.step(),
        run: () => void this.run(),
        reset: () => void this.reset(),
      })
    }

    connectedCallback(): void {
      this.#resized.observe(this)
      this.#begin()
    }

    disconnectedCallback(): void {
      this.#resized.disconnect()
      this.#end()
    }

    attributeChangedCallback(name: string): void {
      if (name === 'height') return this.#setHeight()
      if (!this.isConnected) return
      this.#end()
      this.#begin()
    }

    /** Plays other text: Markdown, or an HTML table, as in docs/scenario-format.md. */
    async load(text: string): Promise<void> {
      this.#end()
      this.#loaded = text
      if (!this.isConnected) return
      if (this.#inFrame) return void this.#openFrame()
      const player = await this.#prepared()
      if (this.#starts) await player?.start()
    }
    run(): Promise<void> {
      return this.#ask('run')
    }
    step(): Promise<void> {
      return this.#ask('step')
    }
    reset(): Promise<void> {
      return this.#ask('reset')
    }

    #begin(): void {
      this.#setHeight()
      this.#view.showSlot()
      this.#view.showLauncher(this.getAttribute('mode') === 'terminal')
      this.#view.showProblem(null)
      this.#view.showBar({ ...WAITING, title: this.getAttribute('heading') ?? '' })
      const id = this.getAttribute('scenario')
      this.#view.showLink(id === null ? null : this.#address('./', { scenario: id }).href)
      if (this.getAttribute('loading') === 'eager') return void this.#reach()
      this.#near = new IntersectionObserver((entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        this.#near?.disconnect()
        void this.#reach()
      })
      this.#near.observe(this)
    }

    #end(): void {
      this.#near?.disconnect()
      this.#frame?.close()
      this.#frame = null
      this.#player?.then((player) => player.close()).catch(() => {}) // it was told when it failed
      this.#player = null
    }

    /** What the reader has come near: shown, and started if the page wants that. Markup of the page's own is there to be read already. */
    async #reach(): Promise<void> {
      const elsewhere = this.hasAttribute('scenario') || this.hasAttribute('src') || this.#loaded !== null
      // A frame's page gets its text by `load`.
      const empty = !elsewhere && this.#markup().trim() === ''
      if (empty || !(this.#starts || elsewhere)) return
      if (this.#inFrame) {
        if (this.#starts || this.getAttribute('mode') !== 'terminal') this.#openFrame()
        return
      }
      const player = await this.#prepared()
      if (this.#starts) await player?.start()
    }

    /** The engine starts without being asked for. */
    get #starts(): boolean {
      return ['eager', 'visible'].includes(this.getAttribute('loading') ?? '')
    }

    async #ask(action: 'run' | 'step' | 'reset'): Promise<void> {
      if (this.#inFrame) {
        const frame = this.#openFrame()
        await this.#sent
        return frame?.send({ action })
      }
      const player = await this.#prepared()
      await player?.[action]()
    }

    /** A page may not start workers of another origin; and terminals are the whole page. Both are shown in a frame. */
    get #inFrame(): boolean {
      return this.getAttribute('mode') === 'terminal' || base.origin !== location.origin
    }

    async #prepared(): Promise<Player | null> {
      const player = (this.#player ??= this.#makePlayer())
      try {
        return await player
      } catch (reason) {
        if (player !== this.#player) return null
        this.#player = null
        const message = reason instanceof Error ? reason.message : String(reason)
        this.#view.showProblem(message)
        this.#tell('error', { message })
        return null
      }
    }

    async #makePlayer(): Promise<Player> {
      const [{ makePlayer }, { text, name }] = await Promise.all([import('./player.ts'), this.#source()])
      const player = makePlayer(text, name, {
        view: this.#view,
        readonly: this.hasAttribute('readonly'),
        firstRows: Math.max(0, Number(this.getAttribute('step')) || 0),
        tell: (event, detail) => this.#tell(event, detail),
      })
      const { title, regions } = player.scenario
      this.#tell('ready', { title, regions })
      return player
    }

    async #source(): Promise<{ text: string; name: string }> {
      const id = this.getAttribute('scenario')
      const src = this.getAttribute('src')
      const settings = { regions: this.getAttribute('regions'), given: this.getAttribute('given'), title: this.#title }
      const read = async () => {
        if (this.#loaded !== null) return { text: this.#loaded, name: 'scenario' }
        if (src !== null) return { text: await fetchText(new URL(src, document.baseURI)), name: src }
        if (id === null) return { text: this.#markup(), name: 'table' }
        if (!/^[a-z0-9-]+$/.test(id)) throw new Error(`No scenario is called “${id}”`)
        return { text: await fetchText(new URL(`scenarios/${id}.md`, base)), name: id }
      }
      const { text, name } = await read()
      return { text: withSettings(text, settings), name }
    }

    get #title(): string | null {
      return this.getAttribute('heading') ?? this.querySelector('caption')?.textContent ?? null
    }

    /** The tables inside the element; without one, its text as Markdown. */
    #markup(): string {
      const tables = [...this.querySelectorAll('table')].map((table) => table.outerHTML)
      return tables.length > 0 ? tables.join('\n\n') : withoutIndent(this.textContent)
    }

    #openFrame(): Frame | null {
      if (this.#frame) return this.#frame
      const terminals = this.getAttribute('mode') === 'terminal'
      const scenario = this.getAttribute('scenario')
      if (terminals && scenario === null) {
        const message = 'mode="terminal" needs the name of a scenario'
        this.#view.showProblem(message)
        this.#tell('error', { message })
        return null
      }
      const named = Object.fromEntries(
        ['scenario', 'regions', 'given', 'theme', 'readonly', 'step', 'loading']
          .map((name) => [name, this.getAttribute(name)] as const)
          .filter((pair): pair is readonly [string, string] => pair[1] !== null),
      )
      const address = terminals
        ? this.#address('./', { scenario: scenario ?? '' })
        : this.#address('embed.html', { ...named, origin: location.origin })
      const frame = openFrame(address, this.#title ?? 'Playground', ({ event, detail }) => {
        if (event === 'resize') this.#fit(detail)
        else if (event !== 'open') this.#tell(event, detail)
      })
      this.#frame = frame
      frame.element.style.height =
        this.getAttribute('height') ?? (terminals ? TERMINALS_HEIGHT : `${this.offsetHeight}px`)
      this.#view.showFrame(frame.element)
      if (!terminals && (scenario === null || this.#loaded !== null)) this.#sent = this.#sendText(frame)
      return frame
    }

    async #sendText(frame: Frame): Promise<void> {
      try {
        const { text } = await this.#source()
        frame.send({ action: 'load', text })
      } catch (reason) {
        this.#view.showProblem(String(reason))
      }
    }

    #fit(detail: unknown): void {
      const height = (detail as { height?: unknown } | null)?.height
      if (typeof height !== 'number' || this.hasAttribute('height') || !this.#frame) return
      this.#frame.element.style.height = `${Math.min(Math.max(height, 40), 5000)}px`
    }

    #address(page: string, query: Readonly<Record<string, string>>): URL {
      const address = new URL(page, base)
      address.search = new URLSearchParams(query).toString()
      return address
    }

    #setHeight(): void {
      this.#view.body.style.maxHeight = this.#inFrame ? '' : (this.getAttribute('height') ?? '')
    }

    #tell(event: EventName, detail: unknown): void {
      this.dispatchEvent(new CustomEvent(event, { detail }))
    }
  }

  customElements.define(ELEMENT, PlaygroundElement)
}

async function fetchText(address: URL): Promise<string> {
  const response = await fetch(address, { credentials: 'same-origin' }).catch(() => null)
  if (!response?.ok) throw new Error(`The scenario ${address.href} could not be loaded`)
  return response.text()
}
