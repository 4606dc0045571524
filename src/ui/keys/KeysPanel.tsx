/** Every key in every region: a list with those that differ first, and one key opened with its inside in each region. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { createKeysView } from '../../app/index.ts'
import { usePage, usePlayground } from '../hooks.ts'
import { KeyInspector } from './KeyInspector.tsx'
import { KeyList } from './KeyList.tsx'
import styles from './KeysPanel.module.css'

export function KeysPanel() {
  const { playground } = usePage()
  const [view] = useState(() => createKeysView(playground))
  const state = useSyncExternalStore(view.subscribe, view.getState)
  const isUp = usePlayground(({ status }) => status !== null)
  const [panel, setPanel] = useState<HTMLElement | null>(null)
  const inFront = useInFront(panel)
  useEffect(() => (inFront ? view.watch() : undefined), [view, inFront])
  const { open } = state
  /** The row to come back to, which the next look may put elsewhere. */
  const last = useRef<string | null>(null)
  useEffect(() => {
    if (open !== null) last.current = open.label
    else if (last.current !== null && panel) {
      const row = panel.querySelector<HTMLElement>(`[data-key="${CSS.escape(last.current)}"]`)
      const { activeElement } = document
      if (activeElement === document.body || activeElement === null) row?.focus()
      else if (activeElement !== row) last.current = null
    }
  }, [open, panel, state])
  if (!isUp) return <p className={styles.starting}>Starting the regions …</p>
  return (
    <div
      ref={setPanel}
      className={styles.panel}
      onPointerDown={() => {
        if (open === null) last.current = null
      }}
    >
      <KeyList view={view} state={state} hidden={open !== null} />
      {open && <KeyInspector key={open.label} view={view} open={open} regions={state.regions} />}
    </div>
  )
}

/** Whether any of it can be seen. */
function useInFront(element: HTMLElement | null): boolean {
  const [onScreen, setOnScreen] = useState(false)
  const awake = useSyncExternalStore(
    (listener) => {
      document.addEventListener('visibilitychange', listener)
      return () => document.removeEventListener('visibilitychange', listener)
    },
    () => document.visibilityState === 'visible',
  )
  useEffect(() => {
    if (!element) return
    const observer = new IntersectionObserver((entries) => setOnScreen(entries.at(-1)?.isIntersecting ?? false))
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return onScreen && awake
}
