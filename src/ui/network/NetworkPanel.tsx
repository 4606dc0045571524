/** Regions and the links between them: what is connected, how fast, how far behind, and the switches to change it. */
import {
  addRegion,
  cutLink,
  healLink,
  latency,
  latencyPreset,
  linksOf,
  MOST_REGIONS,
  regionsInPlace,
  type Link,
} from '../../app/index.ts'
import type { RegionStatus } from '../../simulation/index.ts'
import { usePage, usePlayground } from '../hooks.ts'
import { DatabaseSettings } from './DatabaseSettings.tsx'
import { LatencySelect } from './LatencySelect.tsx'
import { LinkRow } from './LinkRow.tsx'
import { NetworkGraph } from './NetworkGraph.tsx'
import { RegionRow } from './RegionRow.tsx'
import styles from './NetworkPanel.module.css'

export function NetworkPanel() {
  const { playground } = usePage()
  const status = usePlayground((state) => state.status)
  const session = usePlayground((state) => state.session)
  if (!status) return <p className={styles.panel}>Starting the regions …</p>
  const regions = regionsInPlace(status.regions)
  const links = linksOf(status.links, status.regions)
  const control = (line: string) => void playground.control(line)
  const toggle = (link: Link) => control(link.cut ? healLink(link.a, link.b) : cutLink(link.a, link.b))
  const nameOf = (id: number) => regions.find((region) => region.id === id)?.name ?? `Region ${id}`
  const sameLatency = links.every((link) => link.latencyMs === links[0]?.latencyMs) ? links[0]?.latencyMs : undefined
  const members = regions.filter(({ phase }) => phase !== 'expelled')
  return (
    <div key={session} className={styles.panel}>
      <NetworkGraph regions={regions} links={links} onToggle={toggle} />
      <section className={styles.section} aria-labelledby="links-title">
        <div className={styles.sectionHead}>
          <h2 id="links-title">Links</h2>
          <span className={styles.buttons}>
            {links.length > 1 && (
              <LatencySelect
                label="Delay of all links"
                valueMs={sameLatency}
                onChange={(ms) => {
                  for (const link of links) control(latency(link.a, link.b, ms))
                }}
              />
            )}
            <button
              className="button"
              type="button"
              title="Delays as measured between AWS regions; a region's name may tell where it is"
              onClick={() => control(latencyPreset())}
            >
              Real delays
            </button>
          </span>
        </div>
        <ul>
          {links.map((link) => (
            <LinkRow key={`${link.a}-${link.b}`} {...{ link, nameOf, toggle, control }} now={status.now} />
          ))}
        </ul>
      </section>
      <section className={styles.section} aria-labelledby="regions-title">
        <div className={styles.sectionHead}>
          <h2 id="regions-title">Regions</h2>
          {members.length < MOST_REGIONS && (
            <button className="button" type="button" onClick={() => control(addRegion(freeName(regions)))}>
              Add a region
            </button>
          )}
        </div>
        <ul>
          {regions.map((region) => (
            <RegionRow
              key={region.id}
              {...{ region, links, control }}
              regions={members}
              onKill={playground.killWorker}
            />
          ))}
        </ul>
      </section>
      {status.database && <DatabaseSettings database={status.database} control={control} />}
    </div>
  )
}

function freeName(regions: readonly RegionStatus[]): string {
  const taken = new Set(regions.map(({ name }) => name.toLowerCase()))
  for (let n = 1; ; n++) if (!taken.has(`region ${n}`)) return `Region ${n}`
}
