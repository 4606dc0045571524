/** Takes what the timeline shows along: as a picture, or as a table for documentation. */
import { useRef, useState } from 'react'
import { markdownTable } from '../../app/index.ts'
import { copyText, saveFile } from '../parts/giving.ts'
import { MOST_PICTURED, pictureOf, type Pictured } from './picture.tsx'
import styles from './ExportMenu.module.css'

const WIDTH_PX = 300
const MARGIN_PX = 8

const FORMATS = {
  svg: { name: 'Picture', note: 'SVG, in the colours of this theme', file: 'timeline.svg', type: 'image/svg+xml' },
  markdown: {
    name: 'Table',
    note: 'Markdown, as in Redis’s documentation',
    file: 'timeline.md',
    type: 'text/markdown',
  },
} as const

type Format = keyof typeof FORMATS

export function ExportMenu(props: { readonly pictured: Pictured }) {
  const { view, timeline, hidden } = props.pictured
  const [said, setSaid] = useState('')
  const menu = useRef<HTMLDivElement>(null)
  const isTooLong = view.events.length > MOST_PICTURED
  const textOf = (format: Format) =>
    format === 'svg' ? pictureOf(props.pictured) : markdownTable(timeline, view, hidden)
  const save = (format: Format) => {
    const { file, type } = FORMATS[format]
    saveFile(file, textOf(format), type)
    setSaid(`${file} was saved.`)
  }
  const copy = async (format: Format) => {
    const { name } = FORMATS[format]
    setSaid((await copyText(textOf(format))) ? `${name} copied.` : 'The browser did not let me copy; save it instead.')
  }
  return (
    <>
      <button
        className="button"
        type="button"
        popoverTarget="timeline-export"
        disabled={timeline.rows.length === 0}
        onClick={(event) => {
          const { bottom, right } = event.currentTarget.getBoundingClientRect()
          const left = Math.max(MARGIN_PX, Math.min(right, innerWidth - MARGIN_PX) - WIDTH_PX)
          setSaid('')
          menu.current?.style.setProperty('inset', `${bottom + 4}px auto auto ${left}px`)
        }}
      >
        Export
      </button>
      <div ref={menu} id="timeline-export" popover="auto" className={`popover ${styles.menu}`}>
        <p>What the timeline shows now, without what is filtered out or hidden.</p>
        {(Object.keys(FORMATS) as Format[]).map((format) => {
          const { name, note } = FORMATS[format]
          const isOff = format === 'svg' && isTooLong
          return (
            <div key={format} className={styles.format}>
              <span>
                <b>{name}</b>
                <small>
                  {isOff ? `A picture holds at most ${MOST_PICTURED.toLocaleString('en')} events: filter first.` : note}
                </small>
              </span>
              <button
                className="button"
                type="button"
                disabled={isOff}
                aria-label={`Copy the ${name.toLowerCase()}`}
                onClick={() => void copy(format)}
              >
                Copy
              </button>
              <button
                className="button"
                type="button"
                disabled={isOff}
                aria-label={`Save the ${name.toLowerCase()}`}
                onClick={() => save(format)}
              >
                Save
              </button>
            </div>
          )
        })}
        <output className={styles.said}>{said}</output>
      </div>
    </>
  )
}
