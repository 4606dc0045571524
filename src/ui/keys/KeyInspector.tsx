/** One key in every region, side by side: what it reads, why, and what its data types keep inside. */
import { useEffect, useRef } from 'react'
import { bytesText, MOST_PARTS, type KeysRegion, type KeysView, type OpenKey } from '../../app/index.ts'
import type { KeyInside, Section } from '../../engine/index.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import { ScrollBox } from '../parts/ScrollBox.tsx'
import { VERDICTS } from './KeyList.tsx'
import { isCut, SectionCell, sectionTitle } from './Sections.tsx'
import { Why } from './Why.tsx'
import styles from './KeyInspector.module.css'

interface Props {
  readonly view: KeysView
  readonly open: OpenKey
  readonly regions: readonly KeysRegion[]
}

export function KeyInspector({ view, open, regions }: Props) {
  const { label, line, insides, reasons } = open
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => back.current?.focus(), [])
  const [sign, words] = line ? VERDICTS[line.verdict] : ['', '']
  const cut = [...(insides?.values() ?? [])].some((inside) => inside?.sections.some((section) => isCut(section)))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc is a short cut for the button that is there
    <section
      className={styles.inspector}
      aria-label={`Key ${label}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') view.openKey(null)
      }}
    >
      <header className={styles.head}>
        <button ref={back} className="button" type="button" data-tone="plain" onClick={() => view.openKey(null)}>
          ← All keys
        </button>
        <h2 className={styles.name}>{label}</h2>
      </header>
      <ScrollBox className={styles.body} label={`Inside of ${label}`}>
        {line && (
          <output className={styles.verdict} data-verdict={line.verdict}>
            <span aria-hidden="true">{sign}</span> {words}
          </output>
        )}
        <Why reasons={reasons} />
        {insides && <Table open={open} insides={insides} regions={regions} />}
        {cut && (
          <p className={styles.more}>
            Not all of it is shown.{' '}
            {open.most < MOST_PARTS && (
              <button className="button" type="button" onClick={view.showMore}>
                Show more
              </button>
            )}
          </p>
        )}
      </ScrollBox>
    </section>
  )
}

interface TableProps {
  readonly open: OpenKey
  readonly insides: NonNullable<OpenKey['insides']>
  readonly regions: readonly KeysRegion[]
}

function Table({ open: { line, changes }, insides, regions }: TableProps) {
  const nameOf = (id: number) => regions.find((region) => region.id === id)?.name ?? `region ${id}`
  const inside = (region: KeysRegion) => insides.get(region.id) ?? null
  const kinds = sectionsIn([...insides.values()])
  const facts: [name: string, of: (region: KeysRegion) => React.ReactNode][] = [
    [
      'Reads',
      ({ id }) => {
        const reading = line?.readings.find((one) => one.regions.includes(id))
        return (
          <span className={styles.reading} data-state={reading?.state}>
            {reading?.text ?? 'not running'}
          </span>
        )
      },
    ],
  ]
  if (changes.size > 0) {
    facts.push([
      'Last sync',
      ({ id }) => {
        const change = changes.get(id)
        if (!change) return <span className="quiet">–</span>
        const { before, after } = change
        if (before.text === after.text) return <span className="quiet">left it as it was</span>
        return (
          <>
            <span className={styles.reading} data-state={before.state}>
              {before.text}
            </span>
            <span className={styles.became}>
              <span aria-label="became">→</span>{' '}
              <span className={styles.reading} data-state={after.state}>
                {after.text}
              </span>
            </span>
          </>
        )
      },
    ])
  }
  facts.push(
    ['Type', (region) => inside(region)?.row.type || <span className="quiet">–</span>],
    ['Lifetime', (region) => <Lifetime inside={inside(region)} wall={region.wall} nameOf={nameOf} />],
    [
      'Memory',
      (region) => {
        const known = inside(region)
        if (!known) return <span className="quiet">–</span>
        return known.memoryBytes === null ? 'too large to measure in passing' : bytesText(known.memoryBytes)
      },
    ],
  )
  return (
    <table className={styles.table} style={{ '--regions': regions.length }}>
      <caption className="visually-hidden">The key in each region</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">What</span>
          </th>
          {regions.map(({ id, name }) => (
            <th key={id} scope="col">
              <RegionMark region={id} /> {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {facts.map(([name, of]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {regions.map((region) => (
              <td key={region.id}>{of(region)}</td>
            ))}
          </tr>
        ))}
      </tbody>
      {kinds.map(({ id, section }) => {
        const [title, hint] = sectionTitle(section)
        const found = regions.map((region) => inside(region)?.sections.filter((each) => idOf(each) === id) ?? [])
        const running = found.filter((_, i) => insides.has(regions[i]?.id ?? 0))
        const differs = new Set(running.map((sections) => JSON.stringify(sections.map(comparable)))).size > 1
        return (
          <tbody key={id}>
            <tr className={styles.section}>
              <th scope="rowgroup" colSpan={regions.length + 1}>
                {title}
                {differs && <span className={styles.differs}> ≠ differs</span>}
                <span className={styles.hint}> {hint}</span>
              </th>
            </tr>
            <tr>
              <th scope="row">
                <span className="visually-hidden">{title}</span>
              </th>
              {regions.map((region, i) => (
                <td key={region.id}>
                  {(found[i] ?? []).map((each, j) => (
                    <SectionCell key={j} section={each} />
                  ))}
                  {found[i]?.length === 0 && <span className="quiet">–</span>}
                </td>
              ))}
            </tr>
          </tbody>
        )
      })}
    </table>
  )
}

/** What clients of one region do is its own affair. */
const comparable = ({ parts, histogram, total }: Section) => [
  parts.filter(({ role }) => role !== 'local'),
  histogram,
  total,
]

const idOf = ({ kind, type, hidden }: Section) => `${kind} ${type} ${hidden}`

/** The sections that any region has, tombstones last. */
function sectionsIn(insides: readonly (KeyInside | null)[]): { id: string; section: Section }[] {
  const found = new Map<string, Section>()
  for (const inside of insides) for (const section of inside?.sections ?? []) found.set(idOf(section), section)
  const all = [...found].map(([id, section]) => ({ id, section }))
  const rank = ({ section }: (typeof all)[number]) => (section.kind === 'tombstones' ? 1 : 0)
  return all.sort((a, b) => rank(a) - rank(b))
}

interface LifetimeProps {
  readonly inside: KeyInside | null
  readonly wall: number
  readonly nameOf: (region: number) => string
}

function Lifetime({ inside, wall, nameOf }: LifetimeProps) {
  const until = inside?.row.until ?? null
  if (until === null) return <span className="quiet">{inside ? 'no end' : '–'}</span>
  const owner = inside?.sections.find(({ kind }) => kind === 'expiry')?.parts.find(({ note }) => note === 'owner')
    ?.by[0]
  const leftS = (until - wall) / 1000
  return (
    <>
      {leftS > 0 ? `${leftS < 100 ? leftS.toFixed(1) : Math.round(leftS).toLocaleString('en')} s left` : 'over'}
      {owner && (
        <span className={styles.owner}>
          , owned by <RegionMark region={owner.replica} size={10} /> {nameOf(owner.replica)}
        </span>
      )}
    </>
  )
}
