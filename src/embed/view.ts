/** The frame around a scenario in an embed: buttons, state, and room for the table. Small, because it is there before anything is asked for. */
import { button, h } from './dom.ts'
// As it is: made smaller for older browsers, `light-dark()` would no longer follow the page.
import css from './element.css?raw'

export interface Actions {
  readonly step: () => void
  readonly run: () => void
  readonly reset: () => void
}

export interface BarState {
  readonly title: string
  readonly status: string
  readonly busy: boolean
  readonly done: boolean
  readonly started: boolean
}

export interface View {
  /** The table's place; holds the slot until a scenario is drawn. */
  readonly body: HTMLElement
  /** What stands below the table. */
  readonly foot: HTMLElement
  showBar(state: BarState): void
  showLink(address: string | null): void
  showProblem(text: string | null): void
  /** Without buttons: a frame has its own. */
  showFrame(element: HTMLElement): void
  showSlot(): void
  /** One button that opens the terminals, instead of those that play rows. */
  showLauncher(is: boolean): void
}

export function makeView(root: ShadowRoot, actions: Actions): View {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]
  const title = h('p', { class: 'title', part: 'title' })
  const step = button('Step', actions.step, { class: 'main' })
  const run = button('Run', actions.run)
  const reset = button('Reset', actions.reset, { hidden: true })
  const status = h('span', { class: 'status', role: 'status' })
  const link = h('a', { class: 'link', target: '_blank', rel: 'noopener', hidden: true }, 'Open in playground')
  const bar = h('div', { class: 'bar', part: 'bar' }, title, step, run, reset, status, link)
  const body = h('div', { class: 'body', part: 'body', role: 'group', 'aria-label': 'Steps', tabindex: 0 })
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true })
  const foot = h('div')
  root.append(h('div', { class: 'embed', part: 'embed' }, bar, body, problem, foot))
  const slot = h('slot')
  body.append(slot)
  return {
    body,
    foot,
    showBar(state) {
      title.textContent = state.title
      status.textContent = state.status
      // Not `disabled`, which would take the focus away from who plays by keyboard.
      for (const each of [step, run]) each.setAttribute('aria-disabled', String(state.busy || state.done))
      reset.hidden = !state.started
    },
    showLink(address) {
      link.hidden = address === null
      if (address !== null) link.href = address
    },
    showProblem(text) {
      problem.hidden = text === null
      problem.textContent = text
    },
    showFrame(element) {
      bar.hidden = true
      body.replaceChildren(element)
      foot.replaceChildren()
    },
    showLauncher(is) {
      step.hidden = is
      run.textContent = is ? 'Open the terminals' : 'Run'
      run.classList.toggle('main', is)
    },
    showSlot() {
      bar.hidden = false
      body.replaceChildren(slot)
      foot.replaceChildren()
    },
  }
}
