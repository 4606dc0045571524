/** The regions on a circle, and a switch in the middle of every link. The list below says the same in words. */
import type { Link } from '../../app/index.ts'
import type { RegionStatus } from '../../simulation/index.ts'
import { regionColor, regionShape } from '../parts/RegionMark.tsx'
import styles from './NetworkGraph.module.css'

const WIDTH = 320
const HEIGHT = 190
const RADIUS_X = 112
const RADIUS_Y = 64

interface Props {
  readonly regions: readonly RegionStatus[]
  readonly links: readonly Link[]
  readonly onToggle: (link: Link) => void
}

export function NetworkGraph({ regions, links, onToggle }: Props) {
  const flat = regions.length === 2
  const height = flat ? 96 : HEIGHT
  const places = new Map(regions.map((region, i) => [region.id, place(i, regions.length, height)]))
  return (
    <div className={styles.graph} style={{ width: WIDTH, height }}>
      <svg width={WIDTH} height={height} viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
        {links.map((link) => {
          const a = places.get(link.a)
          const b = places.get(link.b)
          if (!a || !b) return null
          const state = !link.up ? 'cut' : link.held ? 'held' : 'flowing'
          return (
            <line
              key={`${link.a}-${link.b}`}
              x1={a.x}
              y1={a.y}
              x2={b.x}
              y2={b.y}
              className={styles.link}
              data-state={state}
            />
          )
        })}
        {regions.map((region) => {
          const at = places.get(region.id)
          if (!at) return null
          const below = flat || at.y >= height / 2
          return (
            <g key={region.id} transform={`translate(${at.x} ${at.y})`}>
              <circle r={17} className={styles.disc} />
              <path
                d={regionShape(region.id)}
                transform="translate(-10 -10) scale(1.25)"
                fill={regionColor(region.id)}
              />
              <text y={below ? 33 : -24} textAnchor="middle" className={styles.name}>
                {region.name}
              </text>
            </g>
          )
        })}
      </svg>
      {links.map((link) => {
        const a = places.get(link.a)
        const b = places.get(link.b)
        if (!a || !b) return null
        const name = `${nameOf(regions, link.a)} – ${nameOf(regions, link.b)}`
        // Off the middle, so that crossing links do not pile their switches on one spot.
        const share = regions.length > 3 ? 0.36 : 0.5
        return (
          <button
            key={`${link.a}-${link.b}`}
            type="button"
            className={styles.switch}
            data-up={link.up}
            style={{ left: a.x + (b.x - a.x) * share, top: a.y + (b.y - a.y) * share }}
            aria-label={`${link.up ? 'Cut' : 'Heal'} the link ${name}`}
            title={`${link.up ? 'Cut' : 'Heal'} ${name}`}
            onClick={() => onToggle(link)}
          >
            <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
              <path d={link.up ? 'M1 7h12' : 'M1 7h3M10 7h3M5 4l4 6M9 4 5 10'} />
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

function place(index: number, count: number, height: number): { x: number; y: number } {
  const angle = count === 2 ? Math.PI * (1 + index) : -Math.PI / 2 + (2 * Math.PI * index) / count
  const middleY = count === 2 ? height / 2 - 12 : height / 2
  return { x: WIDTH / 2 + RADIUS_X * Math.cos(angle), y: middleY + (count === 2 ? 0 : RADIUS_Y * Math.sin(angle)) }
}
