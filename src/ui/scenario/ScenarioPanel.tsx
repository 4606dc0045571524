/** Documented cases, to be played step by step: choose one, say what will be read or watch row by row, see which expectations hold. */
import { useEffect, useRef, useState } from 'react'
import { addressWith, createPredictions, shown } from '../../app/index.ts'
import { CaseList, type CaseSearch } from '../gallery/CaseList.tsx'
import { usePredictions } from '../gallery/usePredictions.ts'
import { useLayout, usePage, useScenario } from '../hooks.ts'
import { Player } from './Player.tsx'
import styles from './ScenarioPanel.module.css'

export function ScenarioPanel() {
  const { scenario: play, playground, storage } = usePage()
  const { catalogue, chosen, scenario, problem } = useScenario()
  const { name, change } = useLayout()
  const [predictions] = useState(() => createPredictions(play, playground, storage))
  const { scores } = usePredictions(predictions)
  const [search, setSearch] = useState<CaseSearch>({ query: '', group: null })
  const [last, setLast] = useState(() => play.getState().chosen?.id ?? null)
  const [named] = useState(() => new URLSearchParams(location.search).get('scenario'))

  useEffect(() => void play.loadCatalogue(), [play])
  // The address goes with the choice; what it named at first stays in it until something is chosen or left.
  useEffect(
    () =>
      play.subscribe((now, before) => {
        if (now.chosen === before.chosen) return
        if (now.chosen) setLast(now.chosen.id)
        // A file of the visitor's own has no address.
        const listed = now.catalogue?.find((entry) => entry === now.chosen)
        history.replaceState(history.state, '', addressWith(location.href, listed?.id ?? null))
      }),
    [play],
  )
  // Whoever comes for a case sees it.
  const isHere = useRef(false)
  useEffect(() => {
    if (named === null || isHere.current) return
    isHere.current = true
    change((now) => shown(now, name, 'scenario'))
  }, [named, name, change])

  if (!catalogue) return <p className={styles.loading}>Loading the scenarios …</p>
  if (!chosen) {
    const isUnknown = named !== null && last === null && !catalogue.some(({ id }) => id === named)
    return (
      <CaseList
        catalogue={catalogue}
        scores={scores}
        unknown={isUnknown ? named : null}
        search={search}
        onSearch={setSearch}
        last={last}
        onChoose={(id) => void play.choose(id)}
      />
    )
  }
  const openInPlayground = () => {
    play.goOn()
    change((now) => shown(now, name, 'terminals'))
    // Once it is in sight.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-region] textarea')?.focus())
  }
  return (
    <div className={styles.chosen}>
      <div className={styles.head}>
        <button className="button" type="button" data-tone="plain" onClick={play.leave}>
          ← All scenarios
        </button>
        {scenario && (
          <button
            className="button"
            type="button"
            title="Leaves the rows; the session stays as it is, for you to go on with"
            onClick={openInPlayground}
          >
            Open in playground
          </button>
        )}
      </div>
      {scenario && <Player scenario={scenario} predictions={predictions} />}
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </div>
  )
}
