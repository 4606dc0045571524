/** One event on its lane: shape, words, and how it stands to the selected one. */
import { memo } from 'react'
import { timeText, type Relation, type TimelineEvent, regionColor, regionShape } from '../../app/index.ts'
import { ruleOf } from '../../engine/index.ts'
import { clipped, type LanePlace } from './geometry.ts'
import styles from './Diagram.module.css'

const SIGNS: Record<Relation, string> = { self: '', past: '↑', future: '↓', concurrent: '∥' }

interface Props {
  readonly event: TimelineEvent
  readonly lane: LanePlace
  readonly y: number
  readonly relation: Relation | null
  readonly onSelect: (id: number) => void
}

export const EventMark = memo(function EventMark({ event, lane, y, relation, onSelect }: Props) {
  const outwards = lane.anchor === 'end' ? 1 : -1
  return (
    // Keys are handled by the listbox around all events; this is only the pointer's way in.
    <g
      id={`event-${event.id}`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- SVG has no option element
      role="option"
      aria-selected={relation === 'self'}
      aria-label={spoken(event, lane.name, relation)}
      className={styles.event}
      data-kind={event.kind}
      data-relation={relation ?? undefined}
      onClick={(click) => {
        click.stopPropagation()
        onSelect(event.id)
      }}
    >
      <rect x={lane.x - 12} y={y - 12} width={24} height={24} className={styles.hit} />
      {relation === 'self' && <circle cx={lane.x} cy={y} r={11} className={styles.picked} />}
      <Mark event={event} x={lane.x} y={y} />
      <Label event={event} lane={lane} y={y} />
      {relation && relation !== 'self' && (
        <text x={lane.x + outwards * 15} y={y + 4} textAnchor="middle" className={styles.sign}>
          {SIGNS[relation]}
        </text>
      )}
      <title>{event.label}</title>
    </g>
  )
})

interface MarkProps {
  readonly event: TimelineEvent
  readonly x: number
  readonly y: number
}

// Places are in the shapes: a transform of each would cost the browser a layer's worth of book-keeping.
function Mark({ event, x, y }: MarkProps) {
  const color = regionColor(event.kind === 'receive' ? authorOf(event) : event.region)
  if (event.conflict) return <path d={`M${x} ${y - 8}l8 8-8 8-8-8Z`} className={styles.conflict} />
  if (event.kind === 'region')
    return <path d={`M${x - 6} ${y - 5}h12v10h-12z`} className={styles.regionEvent} style={{ stroke: color }} />
  if (event.fullSyncBytes !== null)
    return <path d={`M${x - 6} ${y - 6}h12v12h-12zM${x - 3} ${y}l2.5 3 4-6`} className={styles.fullSync} />
  if (event.kind === 'receive') return <circle cx={x} cy={y} r={3.5} fill={color} className={styles.outlined} />
  if (event.kind === 'read') return <circle cx={x} cy={y} r={4.5} className={styles.read} style={{ stroke: color }} />
  return (
    <path
      d={regionShape(event.region)}
      transform={`translate(${x - 7} ${y - 7}) scale(0.875)`}
      className={styles.outlined}
      fill={event.kind === 'expiry' ? 'var(--surface)' : color}
      style={event.kind === 'expiry' ? { stroke: color, strokeWidth: 2 } : undefined}
    />
  )
}

/** Of an arrival: whose writes came, which is not who sent them when they were passed on. */
function authorOf({ arrived, from, region }: TimelineEvent): number {
  const [first] = arrived
  return first && arrived.length === 1 ? first.origin : (from ?? region)
}

function Label({ event, lane, y }: Omit<MarkProps, 'x'> & { readonly lane: LanePlace }) {
  const at = { x: lane.labelX, y: y + 4, textAnchor: lane.anchor, className: styles.label }
  const { label, outcome } = event
  if (!event.conflict) {
    if (event.kind === 'receive')
      return lane.crowded && event.fullSyncBytes === null ? null : (
        <text {...at}>{clipped(`← ${label}`, lane.labelChars)}</text>
      )
    const shown = clipped(outcome === '' ? label : `${label} → ${outcome}`, lane.labelChars)
    return (
      <text {...at}>
        {shown.slice(0, label.length)}
        <tspan className={styles.outcome}>{shown.slice(label.length)}</tspan>
      </text>
    )
  }
  const rules = ruleNames(event)
  const rule = rules.join(' ')
  const title = rules.length > 1 ? '' : (ruleOf(rule)?.title ?? '')
  return (
    <text {...at} data-conflict="">
      <tspan className={styles.rule}>{rule}</tspan>{' '}
      {lane.crowded ? '' : conflictText(title, outcome, lane.labelChars - rule.length - 1)}
    </text>
  )
}

/** The rule's title and what it kept; where both do not fit, what it kept says more. */
function conflictText(title: string, kept: string, chars: number): string {
  const whole = kept === '' ? title : `${title}: ${kept}`
  if (title === '') return ''
  return whole.length <= chars || kept === '' ? clipped(whole, chars) : clipped(`keeps ${kept}`, chars)
}

const ruleNames = (event: TimelineEvent) => [...new Set(event.resolutions.map((resolution) => resolution.rule))]

const RELATION_WORDS: Record<Relation, string> = {
  self: 'selected',
  past: 'in the past of the selected event',
  future: 'in the future of the selected event',
  concurrent: 'concurrent with the selected event',
}

function spoken(event: TimelineEvent, lane: string, relation: Relation | null): string {
  const reply = event.kind === 'receive' || event.outcome === '' ? '' : `, reply ${event.outcome}`
  const what = event.kind === 'receive' ? `received ${event.label}` : `${event.label}${reply}`
  const decided = event.conflict ? `, conflict decided by ${ruleNames(event).join(', ')}` : ''
  const stands = relation ? `, ${RELATION_WORDS[relation]}` : ''
  return `${lane}, ${timeText(event.at)}: ${what}${decided}${stands}`
}
