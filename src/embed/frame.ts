/** `embed.html`: the element in a page of its own, to be framed. Its address says what the element's attributes would; messages do what its methods do. */
import { defineElement } from './element.ts'
import { ELEMENT, eventMessage, EVENTS, partnerOrigin, readAction, FOLLOWED } from './messages.ts'

const ATTRIBUTES = [...FOLLOWED, 'theme', 'loading', 'step']

type Embed = HTMLElement & {
  load(text: string): Promise<void>
  run(): Promise<void>
  step(): Promise<void>
  reset(): Promise<void>
}

function start(): void {
  const query = new URLSearchParams(location.search)
  const base = new URL('.', location.href)
  const origin = partnerOrigin(query.get('origin'), location.origin)
  const theme = query.get('theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.style.colorScheme = theme
  defineElement(base)
  const embed = document.createElement(ELEMENT) as Embed
  for (const name of ATTRIBUTES) {
    const value = query.get(name)
    if (value === null) continue
    // An address that somebody else wrote makes this page fetch nothing but its own site's files.
    if (name === 'src' && new URL(value, base).origin !== base.origin) continue
    embed.setAttribute(name, value)
  }
  const tell = (event: Parameters<typeof eventMessage>[0], detail: unknown) => {
    if (window.parent !== window && origin !== null) window.parent.postMessage(eventMessage(event, detail), origin)
  }
  for (const event of EVENTS)
    embed.addEventListener(event, (told) => tell(event, (told as CustomEvent<unknown>).detail))
  window.addEventListener('message', ({ source, origin: from, data }: MessageEvent<unknown>) => {
    if (source !== window.parent || source === window || from !== origin) return
    const action = readAction(data)
    if (action?.action === 'load') void embed.load(action.text)
    else if (action) void embed[action.action]()
  })
  document.body.append(embed)
  tell('open', null)
}

start()
