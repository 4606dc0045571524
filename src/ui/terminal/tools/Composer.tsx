/**
 * A line typed once and run in several regions at the same instant. Under fingers it is also how one terminal is typed into: an ordinary
 * input, which keyboards on screens understand, with suggestions to tap.
 */
import { useMemo, useRef, useState, type ChangeEvent, type KeyboardEvent, type SyntheticEvent } from 'react'
import { recentKeys } from '../../../app/index.ts'
import { hintFor, indexCommands, suggest } from '../../../terminal/index.ts'
import { useMedia, usePage, usePlayground } from '../../hooks.ts'
import { RegionMark } from '../../parts/RegionMark.tsx'
import { straightened } from './straightened.ts'
import { useKeyboardRoom } from './useKeyboardRoom.ts'
import styles from './Composer.module.css'

interface Props {
  readonly all: readonly { readonly id: number; readonly name: string }[]
  /** Of the terminal in front. */
  readonly front: number | undefined
}

export function Composer({ all, front }: Props) {
  const { terminals, history, playground } = usePage()
  const catalogue = usePlayground((state) => state.catalogue)
  const index = useMemo(() => indexCommands(catalogue), [catalogue])
  const touch = useMedia('(pointer: coarse)')
  /** What the visitor chose, and which terminal was in front then: another one coming to the front undoes it, under fingers. */
  const [chosen, setChosen] = useState<{ readonly regions: readonly number[]; readonly front: number | undefined }>()
  const [line, setLine] = useState('')
  /** How many lines back the arrow keys have gone; 0 is the line being typed. */
  const [back, setBack] = useState(0)
  const [note, setNote] = useState('')
  const [focused, setFocused] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useKeyboardRoom(touch && focused)

  const usual = all.filter(({ id }) => !touch || id === front).map(({ id }) => id)
  const isChosen = chosen !== undefined && (!touch || chosen.front === front)
  const regions = isChosen ? all.map(({ id }) => id).filter((id) => chosen.regions.includes(id)) : usual
  const names = all.filter(({ id }) => regions.includes(id)).map(({ name }) => name)
  const place =
    regions.length === 0
      ? 'no region'
      : names.length === 1
        ? names[0]
        : `${regions.length === all.length ? 'all' : regions.length} regions at once`

  const edit = (to: string) => {
    setLine(to)
    setBack(0)
    setNote('')
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (line.trim() === '') return
    if (regions.length === 0) return setNote('Choose at least one region.')
    const problem = terminals.broadcast(regions, line)
    if (problem === null) edit('')
    else setNote(problem)
  }
  const past = history.lines(regions[0] ?? 1)
  const recall = (step: number) => {
    const to = Math.min(past.length, Math.max(0, back + step))
    setBack(to)
    setLine(to === 0 ? '' : (past.at(-to) ?? ''))
  }
  const interrupt = () => {
    for (const region of regions) terminals.getState().open.get(region)?.interrupt()
    setNote('')
  }
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const { selectionStart, selectionEnd } = event.currentTarget
    if (event.key === 'ArrowUp') recall(1)
    else if (event.key === 'ArrowDown') recall(-1)
    else if (event.key === 'c' && event.ctrlKey && selectionStart === selectionEnd) interrupt()
    else return
    event.preventDefault()
  }
  const type = (event: ChangeEvent<HTMLInputElement>) => {
    const pasted = (event.nativeEvent as InputEvent).inputType === 'insertFromPaste'
    edit(touch && !pasted ? straightened(event.target.value) : event.target.value)
  }
  const toggle = (region: number) =>
    setChosen({ regions: regions.includes(region) ? regions.filter((r) => r !== region) : [...regions, region], front })

  const toggles = (
    <fieldset className={styles.targets} aria-label="Regions that run the line">
      {all.map(({ id: region, name }) => (
        <button
          key={region}
          className="button"
          type="button"
          aria-label={name}
          title={name}
          aria-pressed={regions.includes(region)}
          onPointerDown={keepFocus}
          onClick={() => toggle(region)}
        >
          <RegionMark region={region} />
          {region}
        </button>
      ))}
    </fieldset>
  )
  const hint = note === '' && focused ? hintFor(index, line) : ''
  return (
    <form className={styles.composer} data-touch={touch} onSubmit={submit}>
      <output className={styles.note} hidden={note === '' && hint === ''} data-problem={note !== ''}>
        {note || hint}
      </output>
      {touch ? (
        <div className={styles.chips} role="toolbar" aria-label="Keys and suggestions">
          {toggles}
          <Chip label="Ctrl-C" onTap={interrupt} />
          <Chip label="↑" name="The line before" onTap={() => recall(1)} />
          {suggest(index, line, past, recentKeys(playground.getState().timeline)).map((suggestion) => (
            <Chip
              key={suggestion.label}
              label={suggestion.label}
              onTap={() => {
                edit(suggestion.line)
                input.current?.focus()
              }}
            />
          ))}
        </div>
      ) : (
        toggles
      )}
      <div className={styles.line}>
        <input
          ref={input}
          id="composer"
          className="field mono"
          aria-label={`A command for ${place}`}
          placeholder={`Run in ${place}`}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          enterKeyHint="send"
          spellCheck={false}
          value={line}
          onChange={type}
          onKeyDown={keys}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
        />
        <button className="button" type="submit" onPointerDown={keepFocus}>
          Run
        </button>
      </div>
    </form>
  )
}

interface ChipProps {
  readonly label: string
  readonly name?: string
  readonly onTap: () => void
}

function Chip({ label, name, onTap }: ChipProps) {
  return (
    <button className="button mono" type="button" aria-label={name} onPointerDown={keepFocus} onClick={onTap}>
      {label}
    </button>
  )
}

/** A tap beside the input must not fold the keyboard away. */
const keepFocus = (event: SyntheticEvent) => event.preventDefault()
