/** A delay, from a few that are worth seeing. */
import { Choice } from './fields.tsx'

const LATENCIES_MS = [0, 20, 80, 200, 1000, 3000]

interface Props {
  readonly label: string
  /** Undefined where links differ. */
  readonly valueMs: number | undefined
  readonly onChange: (ms: number) => void
}

export function LatencySelect({ label, valueMs, onChange }: Props) {
  const choices = valueMs === undefined || LATENCIES_MS.includes(valueMs) ? LATENCIES_MS : [...LATENCIES_MS, valueMs]
  const options = choices.map((ms) => [String(ms), ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`] as const)
  return (
    <Choice
      bare
      label={label}
      value={valueMs === undefined ? 'differ' : String(valueMs)}
      options={options}
      onChange={(value) => onChange(Number(value))}
    />
  )
}
