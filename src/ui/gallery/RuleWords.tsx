/** A rule's name, title and explanation. */
import { RULES, type RuleId } from '../../engine/index.ts'
import styles from './RuleWords.module.css'

export function RuleWords({ rule, id }: { readonly rule: RuleId; readonly id?: string }) {
  const { title, explanation } = RULES[rule]
  return (
    <div className={styles.words} id={id}>
      <p className={styles.title}>
        <span className={styles.name}>{rule}</span> {title}
      </p>
      <p>{explanation}</p>
    </div>
  )
}
