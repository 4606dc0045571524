/** The line between two columns: dragged, or moved by arrow keys; Enter folds the column after it away, a double click makes both as wide as at first. */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import styles from './Separator.module.css'

const STEP = 0.02

interface Props {
  readonly label: string
  /** Where it stands, as a share of the whole width. */
  readonly at: number
  /** Moves it by a share of the whole width. */
  readonly onMove: (share: number) => void
  readonly onFold: () => void
  readonly onReset: () => void
  readonly area: string
}

export function Separator({ label, at, onMove, onFold, onReset, area }: Props) {
  /** Where the pointer was last, in pixels; null while nothing is dragged. */
  const last = useRef<number | null>(null)
  const width = (element: Element) => element.parentElement?.clientWidth ?? 1
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (last.current === null) return
    onMove((event.clientX - last.current) / width(event.currentTarget))
    last.current = event.clientX
  }
  const keys = (event: KeyboardEvent) => {
    const share = { ArrowLeft: -STEP, ArrowRight: STEP, Home: -1, End: 1 }[event.key]
    if (share !== undefined) onMove(share)
    else if (event.key === 'Enter') onFold()
    else return
    event.preventDefault()
  }
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a separator that can be moved is a widget; <hr> is not
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={Math.round(at * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      tabIndex={0}
      title="Drag to resize. Enter folds the column to the right away; a double click resets the widths."
      className={styles.separator}
      style={{ gridArea: area }}
      onKeyDown={keys}
      onDoubleClick={onReset}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        last.current = event.clientX
      }}
      onPointerMove={drag}
      onPointerUp={() => (last.current = null)}
      onPointerCancel={() => (last.current = null)}
    />
  )
}
