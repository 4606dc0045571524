/** The control language as typed: everything that the page's buttons do, and more. Answers stand above the line. */
import { useEffect, useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react'
import { usePage, usePlayground } from '../hooks.ts'
import { ScrollBox } from '../parts/ScrollBox.tsx'
import styles from './ConsolePanel.module.css'

export function ConsolePanel() {
  const { playground } = usePage()
  const lines = usePlayground((state) => state.console)
  const [line, setLine] = useState('')
  /** How many lines back the arrow keys have gone; 0 is the line being typed. */
  const [back, setBack] = useState(0)
  const log = useRef<HTMLElement>(null)

  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight
  }, [lines])

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (line.trim() === '') return
    void playground.control(line)
    setLine('')
    setBack(0)
  }

  const recall = (event: KeyboardEvent) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const to = Math.min(lines.length, Math.max(0, back + step))
    setBack(to)
    setLine(to === 0 ? '' : (lines.at(-to)?.line ?? ''))
  }

  return (
    <div className={styles.panel}>
      <ScrollBox ref={log} className={styles.scroller} label="Control lines and their answers">
        <div role="log" className={styles.log}>
          {lines.length === 0 && (
            <p className={styles.intro}>
              Every switch on this page is a control line, and each one appears here. You can type them too:{' '}
              <code>partition 1 | 2</code>, <code>clock 2 -5s</code>, <code>wait 10s</code>,{' '}
              <code>expect converged</code>. <code>help</code> lists them all.
            </p>
          )}
          {lines.map((entry, i) => (
            <div key={i} className={styles.entry}>
              <p>
                <span className="quiet">›</span> {entry.line}
              </p>
              {entry.text !== '' && (
                <pre data-ok={entry.ok} data-wide={isTable(entry.text) || undefined}>
                  {!entry.ok && <strong>Refused: </strong>}
                  {entry.text}
                </pre>
              )}
            </div>
          ))}
        </div>
      </ScrollBox>
      <form className={styles.form} onSubmit={submit}>
        <label htmlFor="control-line" className="visually-hidden">
          Control line
        </label>
        <input
          id="control-line"
          className="field mono"
          value={line}
          placeholder="sync, cut 1-2, help …"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => setLine(event.target.value)}
          onKeyDown={recall}
        />
        <button className="button" type="submit">
          Run
        </button>
      </form>
    </div>
  )
}

/** Columns, as the administration's tools print them: they stay columns, however narrow the panel. */
const isTable = (text: string) => text.startsWith('CRDB-GUID ')
