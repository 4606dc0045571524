/** The regions on a circle, and a switch in the middle of every link. The list below says the same in words. */
import { linkState, regionState, type Link, regionColor, regionShape } from '../../app/index.ts'
import type { RegionStatus } from '../../simulation/index.ts'
import styles from './NetworkGraph.module.css'

const WIDTH = 300
/** Two regions lie side by side; three stand on a flat circle; for more, the switches of crossing links need a round one. */
const SHAPES = {
  two: { height: 96, radiusX: 112, radiusY: 0, middleY: 36 },
  three: { height: 176, radiusX: 108, radiusY: 60, middleY: 104 },
  more: { height: 262, radiusX: 94, radiusY: 94, middleY: 133 },
}

/** Of more regions the switches would cover each other; the list has them all. */
const MOST_WITH_SWITCHES = 6

/** What is out of the ordinary with a region, at its disc. */
const SIGNS: Partial<Record<ReturnType<typeof regionState>, string>> = {
  stopped: '×',
  expelled: '−',
  inconsistent: '!',
  joining: '…',
  stale: '?',
}

interface Props {
  readonly regions: readonly RegionStatus[]
  readonly links: readonly Link[]
  readonly onToggle: (link: Link) => void
}

export function NetworkGraph({ regions, links, onToggle }: Props) {
  const shape = regions.length === 2 ? SHAPES.two : regions.length === 3 ? SHAPES.three : SHAPES.more
  const { height } = shape
  const places = new Map(regions.map((region, i) => [region.id, place(i, regions.length, shape)]))
  const rank = (id: number) => regions.findIndex((region) => region.id === id)
  const throughCentre = ({ a, b }: Link) => regions.length > 2 && 2 * Math.abs(rank(a) - rank(b)) === regions.length
  const switchable = regions.length <= MOST_WITH_SWITCHES ? links : []
  return (
    <div className={styles.graph} style={{ width: WIDTH, height }}>
      <svg width={WIDTH} height={height} viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
        {links.map((link) => {
          const a = places.get(link.a)
          const b = places.get(link.b)
          if (!a || !b) return null
          return (
            <line
              key={`${link.a}-${link.b}`}
              x1={a.x}
              y1={a.y}
              x2={b.x}
              y2={b.y}
              className={styles.link}
              data-state={linkState(link)}
            />
          )
        })}
        {regions.map((region) => {
          const at = places.get(region.id)
          if (!at) return null
          const below = at.y >= shape.middleY
          return (
            <g
              key={region.id}
              transform={`translate(${at.x} ${at.y})`}
              className={styles.node}
              data-state={regionState(region, links)}
            >
              <circle r={17} className={styles.disc} />
              <path
                d={regionShape(region.id)}
                transform="translate(-10 -10) scale(1.25)"
                fill={regionColor(region.id)}
              />
              {SIGNS[regionState(region, links)] && (
                <text x={16} y={-9} textAnchor="middle" className={styles.sign}>
                  {SIGNS[regionState(region, links)]}
                </text>
              )}
              <text y={below ? 33 : -24} textAnchor="middle" className={styles.name}>
                {region.name}
              </text>
            </g>
          )
        })}
      </svg>
      {switchable.map((link) => {
        const a = places.get(link.a)
        const b = places.get(link.b)
        if (!a || !b) return null
        const name = `${nameOf(regions, link.a)} – ${nameOf(regions, link.b)}`
        // Links through the centre keep their switches off it, where they would pile up.
        const share = throughCentre(link) ? 0.36 : 0.5
        return (
          <button
            key={`${link.a}-${link.b}`}
            type="button"
            className={styles.switch}
            data-up={!link.cut}
            style={{ left: a.x + (b.x - a.x) * share, top: a.y + (b.y - a.y) * share }}
            aria-label={`${link.cut ? 'Heal' : 'Cut'} the link ${name}`}
            title={`${link.cut ? 'Heal' : 'Cut'} ${name}`}
            onClick={() => onToggle(link)}
          >
            <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
              <path d={!link.cut ? 'M1 7h12' : 'M1 7h3M10 7h3M5 4l4 6M9 4 5 10'} />
            </svg>
          </button>
        )
      })}
    </div>
  )
}

function nameOf(regions: readonly RegionStatus[], id: number): string {
  return regions.find((region) => region.id === id)?.name ?? `Region ${id}`
}

type Shape = (typeof SHAPES)[keyof typeof SHAPES]

function place(index: number, count: number, { radiusX, radiusY, middleY }: Shape): { x: number; y: number } {
  const angle = count === 2 ? Math.PI * (1 + index) : -Math.PI / 2 + (2 * Math.PI * index) / count
  return { x: WIDTH / 2 + radiusX * Math.cos(angle), y: middleY + radiusY * Math.sin(angle) }
}
