/** "Why this value?": each reason with its rule, and the writes that it is about, which lead to the timeline. */
import { shown, type Reason } from '../../app/index.ts'
import { useLayout, usePage } from '../hooks.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import styles from './Why.module.css'

const ROLES: Readonly<Record<Reason['writes'][number]['role'], string>> = {
  kept: '✓ kept',
  lost: '✕ lost',
  joined: '∥ joined',
  missing: '… under way',
}

export function Why({ reasons }: { readonly reasons: readonly Reason[] }) {
  if (reasons.length === 0) return null
  return (
    <section className={styles.why} aria-labelledby="why-title">
      <h3 id="why-title">Why this value?</h3>
      <ul>
        {reasons.map((reason) => (
          <li key={`${reason.rule} ${reason.element}`}>
            <Explained reason={reason} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Explained({ reason: { rule, title, explanation, element, texts, writes } }: { readonly reason: Reason }) {
  const { playground } = usePage()
  const { name, change } = useLayout()
  const go = (event: number) => {
    playground.select(event)
    change((layout) => shown(layout, name, 'timeline'))
  }
  return (
    <>
      <h4 className={styles.rule}>
        <a className={styles.id} href={`./rules.html#${rule}`} target="_blank">
          {rule}
          <span className="visually-hidden"> in the list of rules, in a new tab</span>
        </a>{' '}
        {title}
        {element !== null && <span className="mono"> {element}</span>}
      </h4>
      {texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <ul className={styles.writes}>
        {writes.map(({ event, role }) => (
          <li key={event.id} data-role={role}>
            <span className={styles.role}>{ROLES[role]}</span>
            <RegionMark region={event.region} size={10} />
            <button type="button" className="jump" onClick={() => go(event.id)} title="Show it on the timeline">
              {event.label}
            </button>
          </li>
        ))}
      </ul>
      <p className={styles.words}>{explanation}</p>
    </>
  )
}
