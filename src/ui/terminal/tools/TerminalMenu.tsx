/** What else can be done with a terminal: find in it, take its commands along, look at it alone. */
import { useRef, useState } from 'react'
import { usePage, useTerminals } from '../../hooks.ts'
import { copyText } from '../../parts/giving.ts'
import styles from './tools.module.css'

const WIDTH_PX = 268
const MARGIN_PX = 8

interface Props {
  readonly region: number
  readonly name: string
  /** There is room for all terminals at once. */
  readonly roomy: boolean
}

export function TerminalMenu({ region, name, roomy }: Props) {
  const { terminals } = usePage()
  const { alone } = useTerminals()
  const [said, setSaid] = useState('')
  const menu = useRef<HTMLDivElement>(null)
  const id = `terminal-menu-${region}`
  const act = (action: () => void) => () => {
    menu.current?.hidePopover()
    action()
  }
  const copy = async () => {
    const commands = terminals.getState().open.get(region)?.commands() ?? []
    const count = `${commands.length} ${commands.length === 1 ? 'command' : 'commands'}`
    if (commands.length === 0) setSaid('There is no command here yet.')
    else setSaid((await copyText(`${commands.join('\n')}\n`)) ? `${count} copied.` : 'The browser did not let me copy.')
  }
  return (
    <>
      <button
        className="button"
        data-tone="plain"
        type="button"
        popoverTarget={id}
        aria-label={`More for the terminal of ${name}`}
        onClick={(event) => {
          const { bottom, right } = event.currentTarget.getBoundingClientRect()
          const left = Math.max(MARGIN_PX, Math.min(right - WIDTH_PX, innerWidth - WIDTH_PX - MARGIN_PX))
          setSaid('')
          menu.current?.style.setProperty('inset', `${bottom + 4}px auto auto ${left}px`)
        }}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
          <circle cx="3" cy="8" r="1.4" />
          <circle cx="8" cy="8" r="1.4" />
          <circle cx="13" cy="8" r="1.4" />
        </svg>
      </button>
      <div ref={menu} id={id} popover="auto" className={styles.menu}>
        <button type="button" onClick={act(() => terminals.setState({ finding: region }))}>
          Find in scrollback <kbd>Ctrl-Shift-F</kbd>
        </button>
        <button type="button" onClick={() => void copy()}>
          Copy commands
          <small>Without prompts and replies; of the selection, if there is one.</small>
        </button>
        {roomy && (
          <button type="button" onClick={act(() => terminals.setState({ alone: !alone, front: name }))}>
            {alone ? 'Show all terminals' : 'Show only this terminal'}
          </button>
        )}
        <output className={styles.said}>{said}</output>
      </div>
    </>
  )
}
