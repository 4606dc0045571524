/** The little Markdown that scenario prose uses: paragraphs, headings, lists, `code` and *emphasis*. Anything else stays plain text. */
import { Fragment, type ReactNode } from 'react'
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
  const heading = /^#{1,6}\s+(.*)$/.exec(text)
  if (heading) return <h3>{inline(heading[1] ?? '')}</h3>
  const items = text.split('\n')
  if (items.every((item) => /^[-*]\s/.test(item))) {
    return (
      <ul>
        {items.map((item, i) => (
          <li key={i}>{inline(item.slice(2))}</li>
        ))}
      </ul>
    )
  }
  return <p>{inline(text.replaceAll('\n', ' '))}</p>
}

function inline(text: string): ReactNode {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*)/).map((part, i) => {
    if (/^`.+`$/.test(part)) return <code key={i}>{part.slice(1, -1)}</code>
    if (/^\*\*.+\*\*$/.test(part)) return <strong key={i}>{part.slice(2, -2)}</strong>
    if (/^\*.+\*$/.test(part)) return <em key={i}>{part.slice(1, -1)}</em>
    return <Fragment key={i}>{part}</Fragment>
  })
}
