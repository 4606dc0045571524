/** Documented cases, to be played step by step: choose one, watch row by row, see which expectations hold. */
import { useEffect } from 'react'
import type { CatalogueEntry } from '../../scenarios/index.ts'
import { usePage, usePlayground, useScenario } from '../hooks.ts'
import { Player } from './Player.tsx'
import styles from './ScenarioPanel.module.css'

export function ScenarioPanel() {
  const { scenario: play } = usePage()
  const { catalogue, chosen, scenario, problem } = useScenario()
  const session = usePlayground((state) => state.session)

  useEffect(() => void play.loadCatalogue(), [play])

  if (!catalogue) return <p className={styles.list}>Loading the scenarios …</p>
  if (!chosen) return <List catalogue={catalogue} onChoose={(id) => void play.choose(id)} />
  return (
    <div className={styles.chosen}>
      <div className={styles.head}>
        <button className="button" type="button" data-tone="plain" onClick={play.leave}>
          ← All scenarios
        </button>
      </div>
      {scenario && <Player key={session} scenario={scenario} />}
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </div>
  )
}

interface ListProps {
  readonly catalogue: readonly CatalogueEntry[]
  readonly onChoose: (id: string) => void
}

function List({ catalogue, onChoose }: ListProps) {
  const groups = [...new Set(catalogue.map((entry) => entry.group))]
  return (
    <div className={styles.list}>
      <p className={styles.intro}>
        Documented cases to watch row by row. Each starts a fresh session in the terminals beside it.
      </p>
      {groups.map((group) => (
        <section key={group} aria-labelledby={`group-${group.replaceAll(/\W/g, '-')}`}>
          <h2 id={`group-${group.replaceAll(/\W/g, '-')}`} className="eyebrow">
            {group}
          </h2>
          <ul>
            {catalogue
              .filter((entry) => entry.group === group)
              .map((entry) => (
                <li key={entry.id}>
                  <button type="button" className={styles.entry} onClick={() => onChoose(entry.id)}>
                    <EntryTitle {...entry} />
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

/** "Strings: the last write wins" under the heading "Strings": the group is there to be heard, and not seen twice. */
function EntryTitle({ title, group }: CatalogueEntry) {
  const prefix = `${group}: `
  if (!title.startsWith(prefix)) return title
  return (
    <>
      <span className="visually-hidden">{prefix}</span>
      <span className={styles.rest}>{title.slice(prefix.length)}</span>
    </>
  )
}
