/**
 * The little Markdown that scenario prose uses: paragraphs, headings, lists, `code` and *emphasis*; the name of a rule leads to its words. Anything else stays
 * plain text.
 */
import { Fragment, useId, useState, type ReactNode } from 'react'
import { rulesNamed } from '../../app/index.ts'
import type { RuleId } from '../../engine/index.ts'
import { RuleWords } from '../gallery/RuleWords.tsx'
import styles from './Player.module.css'

export function Prose({ text }: { readonly text: string }) {
  return (
    <div className={styles.prose}>
      {text
        .split(/\n\s*\n/)
        .filter((part) => part.trim() !== '')
        .map((part, i) => (
          <Paragraph key={i} text={part.trim()} />
        ))}
    </div>
  )
}

function Paragraph({ text }: { readonly text: string }) {
  const [open, setOpen] = useState<RuleId | null>(null)
  const id = useId()
  const rule = (name: RuleId) => (
    <button
      type="button"
      className={styles.rule}
      aria-expanded={open === name}
      aria-controls={open === name ? id : undefined}
      onClick={() => setOpen(open === name ? null : name)}
    >
      {name}
    </button>
  )
  const words = open && <RuleWords rule={open} id={id} />
  const heading = /^#{1,6}\s+(.*)$/.exec(text)
  if (heading) return <h3>{inline(heading[1] ?? '', rule)}</h3>
  const items = text.split('\n')
  if (items.every((item) => /^[-*]\s/.test(item))) {
    return (
      <>
        <ul>
          {items.map((item, i) => (
            <li key={i}>{inline(item.slice(2), rule)}</li>
          ))}
        </ul>
        {words}
      </>
    )
  }
  return (
    <>
      <p>{inline(text.replaceAll('\n', ' '), rule)}</p>
      {words}
    </>
  )
}

function inline(text: string, rule: (name: RuleId) => ReactNode): ReactNode {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*|\b[A-Z]\d{1,2}\b)/).map((part, i) => {
    if (/^`.+`$/.test(part)) return <code key={i}>{part.slice(1, -1)}</code>
    if (/^\*\*.+\*\*$/.test(part)) return <strong key={i}>{part.slice(2, -2)}</strong>
    if (/^\*.+\*$/.test(part)) return <em key={i}>{part.slice(1, -1)}</em>
    const [name] = /^[A-Z]\d{1,2}$/.test(part) ? rulesNamed(part) : []
    return <Fragment key={i}>{name ? rule(name) : part}</Fragment>
  })
}
