/** The frame's side of an embed: what an element shows when its scripts come from another site, whose workers a page may not start. */
import { h } from './dom.ts'
import { actionMessage, readEvent, type Action, type Told } from './messages.ts'

export interface Frame {
  readonly element: HTMLIFrameElement
  /** What is asked before the frame listens waits for it. */
  send(action: Action): void
  close(): void
}

/** `onTold` hears what the frame tells, its `open` aside. */
export function openFrame(address: URL, title: string, onTold: (told: Told) => void): Frame {
  const element = h('iframe', { src: address.href, title })
  let listening = false
  let unsent: Action[] = []
  const post = (action: Action) => element.contentWindow?.postMessage(actionMessage(action), address.origin)
  const receive = ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source === null || source !== element.contentWindow || origin !== address.origin) return
    const told = readEvent(data)
    if (told === null) return
    if (told.event !== 'open') return onTold(told)
    listening = true
    unsent.forEach(post)
    unsent = []
  }
  window.addEventListener('message', receive)
  return {
    element,
    send(action) {
      if (listening) post(action)
      else unsent.push(action)
    },
    close() {
      window.removeEventListener('message', receive)
      element.remove()
    },
  }
}
