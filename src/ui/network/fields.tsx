/** The controls of the network panel: each sends one control line. */
import { useId, useState, type ReactNode } from 'react'
import styles from './NetworkPanel.module.css'

interface ChoiceProps {
  readonly label: string
  readonly value: string
  /** Value and words. What is set now is added where it is missing. */
  readonly options: readonly (readonly [value: string, words: string])[]
  readonly onChange: (value: string) => void
  /** The label is only spoken: its place says what it is. */
  readonly bare?: boolean
}

export function Choice({ label, value, options, onChange, bare = false }: ChoiceProps) {
  const known = options.some(([each]) => each === value)
  const select = (
    <select
      className={`field ${styles.choice}`}
      aria-label={bare ? label : undefined}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {(known ? options : [...options, [value, value] as const]).map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
    </select>
  )
  if (bare) return select
  return (
    <label className={styles.field}>
      <span>{label}</span>
      {select}
    </label>
  )
}

interface NumberFieldProps {
  readonly label: string
  readonly value: number
  readonly unit: string
  readonly min?: number
  readonly max?: number
  readonly onCommit: (value: number) => void
}

/** Sends what was typed on Enter or when it is left. */
export function NumberField({ label, value, unit, min, max, onCommit }: NumberFieldProps) {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const commit = () => {
    const number = Number(typed)
    setTyped(null)
    if (typed === null || typed.trim() === '' || !Number.isFinite(number) || number === value) return
    if (number < (min ?? -Infinity) || number > (max ?? Infinity)) return
    onCommit(number)
  }
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <span className={styles.withUnit}>
        <input
          id={id}
          className={`field ${styles.number}`}
          type="number"
          min={min}
          max={max}
          value={typed ?? String(value)}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit()
          }}
        />
        {unit}
      </span>
    </div>
  )
}

interface MeterProps {
  readonly label: string
  readonly value: number
  readonly max: number
  /** What the bar says, in words. */
  readonly text: string
}

export function Meter({ label, value, max, text }: MeterProps) {
  const share = max > 0 ? Math.min(1, value / max) : 0
  return (
    <div className={styles.meter}>
      <span>{label}</span>
      <span className={styles.bar} aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} data-full={share >= 1 || undefined} />
      </span>
      <span className={styles.amount}>{text}</span>
    </div>
  )
}

/** A button that asks once more before it does what cannot be undone. */
export function SureButton({
  label,
  sure,
  onSure,
  title,
}: Readonly<Record<'label' | 'sure', string>> & { readonly onSure: () => void; readonly title?: string }) {
  const [asked, setAsked] = useState(false)
  return (
    <button
      className="button"
      type="button"
      title={title}
      data-tone={asked ? 'cut' : undefined}
      onClick={() => {
        if (asked) onSure()
        setAsked(!asked)
      }}
      onBlur={() => setAsked(false)}
    >
      {asked ? sure : label}
    </button>
  )
}

/** A row with more to it. */
export function More({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <details className={styles.more} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{name}</summary>
      {open && <div className={styles.moreBody}>{children}</div>}
    </details>
  )
}
