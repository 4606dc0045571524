/** A message from its sending to its arrival: still under way, arrived, held back, or lost with its connection. */
import { memo } from 'react'
import { bytesText, regionColor, type TimelineMessage } from '../../app/index.ts'
import { clipped, type MessageStroke } from './geometry.ts'
import styles from './Diagram.module.css'

interface Props extends MessageStroke {
  readonly from: number
  readonly what: TimelineMessage['what']
  readonly bytes: number
  /** Whether it changed something where it arrived. */
  readonly wasNews: boolean
  /** Whether the selected event sent or received it. */
  readonly touched: boolean
  /** What it carries, where that is to be said; empty otherwise. */
  readonly words: string
  /** How many characters of the words fit between the lanes. */
  readonly chars: number
}

export const MessageLine = memo(function MessageLine(props: Props) {
  const { state, x1, y1, x2, y2, endX, endY, ux, uy, from, what, bytes, wasNews, touched, words, chars } = props
  const color = regionColor(from)
  const name = what === 'snapshot' ? `full sync ${bytesText(bytes)}` : what === 'expelled' ? 'you are no member' : words
  const isNamed = name !== '' && (what !== 'expelled' || state !== 'arrived' || wasNews)
  return (
    <g
      className={styles.message}
      data-state={state}
      data-what={what}
      data-touched={touched || undefined}
      data-empty={(state === 'arrived' && what === 'effects' && !wasNews) || undefined}
      aria-hidden="true"
    >
      <line x1={x1} y1={y1} x2={x2} y2={y2} style={{ stroke: color }} />
      {state === 'arrived' && <path d={arrowHead(endX, endY, ux, uy)} style={{ fill: color }} />}
      {isNamed && (
        <text x={(x1 + x2) / 2} y={(y1 + y2) / 2 - 9} textAnchor="middle" className={styles.messageName}>
          {touched ? name : clipped(name, chars)}
          <title>{name}</title>
        </text>
      )}
      {state === 'moving' && <circle cx={endX} cy={endY} r={4} style={{ fill: color }} />}
      {state === 'held' && (
        <path d={`M${endX - 3} ${endY - 5}v10M${endX + 3} ${endY - 5}v10`} className={styles.bars} />
      )}
      {state === 'lost' && (
        <path d={`M${endX - 4} ${endY - 4}l8 8M${endX + 4} ${endY - 4}l-8 8`} className={styles.cross} />
      )}
    </g>
  )
})

function arrowHead(x: number, y: number, ux: number, uy: number): string {
  const backX = x - ux * 7
  const backY = y - uy * 7
  return `M${x} ${y}L${backX - uy * 3.5} ${backY + ux * 3.5}L${backX + uy * 3.5} ${backY - ux * 3.5}Z`
}
