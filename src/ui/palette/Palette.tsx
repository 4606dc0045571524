/** The command palette: all that the page can do, searched by words, from the keyboard. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useLayout, usePage, useScenario } from '../hooks.ts'
import { actionsOf, found, type Action } from './actions.ts'
import styles from './Palette.module.css'

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const page = usePage()
  const { name } = useLayout()
  const { catalogue } = useScenario()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const dialog = useRef<HTMLDialogElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const hits = found(actionsOf(page, name), query, (line) => void page.playground.control(line))
  const chosen = Math.min(at, hits.length - 1)

  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  useEffect(() => {
    if (catalogue === null) void page.scenario.loadCatalogue()
  }, [catalogue, page])
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen, query])

  const run = (action: Action | undefined) => {
    if (action === undefined) return
    // The focus goes back to where it was before the action may move it.
    dialog.current?.close()
    action.run()
  }
  const keys = (event: KeyboardEvent) => {
    const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, PageDown: chosen + 8, PageUp: chosen - 8 }[event.key]
    if (to !== undefined) setAt(Math.max(0, Math.min(to, hits.length - 1)))
    else if (event.key === 'Enter') run(hits[chosen])
    else return
    event.preventDefault()
  }
  return (
    <dialog ref={dialog} className={styles.palette} aria-label="Commands" onClose={onClose}>
      <input
        className={styles.query}
        type="text"
        role="combobox"
        aria-label="Search all actions, or type a control line"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-activedescendant={chosen < 0 ? undefined : `palette-${chosen}`}
        placeholder="Search all actions, or type a control line"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
        }}
        onKeyDown={keys}
      />
      <div
        ref={list}
        id="palette-list"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a combobox's own list, drawn by us
        role="listbox"
        aria-label="Actions"
        className={styles.list}
      >
        {hits.map((action, i) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the keys and the focus are the input's
          <div
            key={`${action.group} ${action.label}`}
            id={`palette-${i}`}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as its list
            role="option"
            aria-selected={i === chosen}
            className={styles.action}
            onPointerMove={() => setAt(i)}
            onClick={() => run(action)}
          >
            <span className={styles.group}>{action.group}</span>
            <span>{action.label}</span>
            {action.line !== undefined && action.line !== action.label && <code>{action.line}</code>}
          </div>
        ))}
      </div>
      {hits.length === 0 && <p className={styles.none}>Nothing is called that.</p>}
      <p className={styles.keys}>
        <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Enter</kbd> does it · <kbd>Esc</kbd> closes
      </p>
    </dialog>
  )
}
