/** What a data type keeps of a key in one region, part by part. */
import { memo } from 'react'
import { clockText, laneName, momentText } from '../../app/index.ts'
import type { Part, PartRole, Section, SectionKind } from '../../engine/index.ts'
import { safeBytes } from '../../terminal/index.ts'
import { usePlayground } from '../hooks.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import styles from './Sections.module.css'

const TITLES: Readonly<Record<SectionKind, readonly [title: string, hint: string]>> = {
  register: ['Assignments', 'The first one shows; concurrent ones are kept beside it (G6).'],
  counter: ['Increments', 'What each region has added, by the writes from … to … (C3).'],
  fields: ['Fields', 'Each a register and a counter of its own (H2).'],
  members: ['Members', 'Each with the additions that keep it in (T1).'],
  scores: ['Members and scores', 'Each a base and what was added to it (Z3).'],
  elements: ['Elements', 'Each with its place in the run of pushes that it came with (L4).'],
  logs: ['Logs', 'Each region appends to its own; its last ID (E1).'],
  entries: ['Entries', 'The newest first.'],
  groups: ['Consumer groups', 'What was read and is pending stays in its region (E6).'],
  registers: ['Registers', 'How many hold which value; regions join them by the greater one (P1).'],
  tree: ['Document', 'Branches that lost are kept until they are replaced (J1).'],
  expiry: ['Lifetimes', 'The longest holds; who set it removes the key (X1, X2).'],
  tombstones: ['Tombstones', 'Marks of what was removed, until every region has seen it (R4).'],
}

/** Its heading, and a word about it. */
export function sectionTitle({ kind, hidden, type }: Section): readonly [title: string, hint: string] {
  const [title, hint] = TITLES[kind]
  return hidden ? [`${title}, hidden`, `Of a value of type ${type} that does not show (G10). ${hint}`] : [title, hint]
}

const ROLE_WORDS: Readonly<Record<PartRole, string>> = {
  shown: '',
  beside: 'lost',
  adds: '',
  removed: '',
  local: 'only here',
}

/** How many of the things that a section counts are shown. */
function shownOf({ kind, parts }: Section): number {
  return parts.filter(({ depth, role }) => (kind === 'tree' ? role !== 'adds' : depth === 0)).length
}

/** Registers are drawn, not listed. */
export function isCut(section: Section): boolean {
  return section.kind !== 'registers' && shownOf(section) < section.total
}

/** Drawn anew only when the section is another object: it may be long. */
export const SectionCell = memo(function SectionCell({ section }: { readonly section: Section }) {
  const timeline = usePlayground((state) => state.timeline)
  const nameOf = (region: number) => laneName(timeline, region)
  const { kind, parts, total, histogram } = section
  return (
    <>
      {histogram && <Histogram counts={histogram} />}
      <ul className={styles.parts}>
        {parts.map((part, i) => (
          <li key={i} className={styles.part} data-role={part.role} style={{ '--depth': part.depth }}>
            <PartText part={part} kind={kind} />
            <span className={styles.by}>
              {part.by.map(({ replica, n }) => (
                <span key={`${replica}.${n}`} title={`write ${n} of ${nameOf(replica)}`}>
                  <RegionMark region={replica} size={9} />
                  <span className="visually-hidden">{nameOf(replica)} </span>
                  {n}
                </span>
              ))}
              {part.wall !== null && <span>{clockText(part.wall)}</span>}
            </span>
            {part.note !== '' && part.note !== 'owner' && <span className={styles.note}>{part.note}</span>}
          </li>
        ))}
      </ul>
      {isCut(section) && (
        <p className={styles.note}>
          {kind === 'tree'
            ? `the first ${shownOf(section)} values`
            : `${shownOf(section)} of ${total.toLocaleString('en')} shown`}
        </p>
      )}
    </>
  )
})

function PartText({ part: { role, name, value, cut }, kind }: { readonly part: Part; readonly kind: SectionKind }) {
  const words = ROLE_WORDS[role]
  const adds = role === 'adds' && !value.startsWith('-') ? '+' : ''
  const text =
    role === 'adds' ? `${adds}${value}`.replace('-', '−') : kind === 'expiry' ? momentText(value) : safeBytes(value)
  const quoted = text === '' && name === '' && kind === 'register' ? '""' : text
  return (
    <span className={styles.text}>
      {name !== '' && <span className={styles.name}>{safeBytes(name)}</span>}
      {name !== '' && quoted !== '' && <span className="quiet"> </span>}
      {quoted !== '' && <span className={styles.value}>{quoted}</span>}
      {cut > 0 && <span className="quiet"> … {cut.toLocaleString('en')} more bytes</span>}
      {words !== '' && <span className={styles.role}> {words}</span>}
    </span>
  )
}

/** How many registers hold 1, 2, 3 …; those that hold 0 are told in words. */
function Histogram({ counts }: { readonly counts: readonly number[] }) {
  const [empty = 0, ...rest] = counts
  const last = rest.findLastIndex((count) => count > 0) + 1
  const most = Math.max(1, ...rest)
  const words = rest.flatMap((count, i) => (count === 0 ? [] : [`${i + 1} in ${count}`]))
  return (
    <figure className={styles.histogram}>
      <svg viewBox={`0 0 ${Math.max(12, last) * 10} 40`} preserveAspectRatio="none" aria-hidden="true">
        {rest.slice(0, last).map((count, i) => {
          const height = count === 0 ? 0 : Math.max(2, (count / most) * 38)
          return <rect key={i} x={i * 10 + 1} y={40 - height} width={8} height={height} />
        })}
      </svg>
      <figcaption>
        <span className="visually-hidden">Value {words.join(', ')} registers; </span>
        {last === 0 ? '' : `values 1 to ${last}; `}
        {empty.toLocaleString('en')} hold 0
      </figcaption>
    </figure>
  )
}
