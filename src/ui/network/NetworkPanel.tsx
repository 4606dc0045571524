/** Regions and the links between them: what is connected, how fast, and the switches to change it. */
import { useState } from 'react'
import { addRegion, cutLink, healLink, isolate, latency, linksOf, MOST_REGIONS, type Link } from '../../app/index.ts'
import type { RegionStatus } from '../../simulation/index.ts'
import { usePage, usePlayground } from '../hooks.ts'
import { RegionMark } from '../parts/RegionMark.tsx'
import { NetworkGraph } from './NetworkGraph.tsx'
import styles from './NetworkPanel.module.css'

const LATENCIES_MS = [0, 20, 80, 200, 1000, 3000]

export function NetworkPanel() {
  const { playground } = usePage()
  const status = usePlayground((state) => state.status)
  if (!status) return <p className={styles.panel}>Starting the regions …</p>
  const { regions } = status
  const links = linksOf(status.links)
  const control = (line: string) => void playground.control(line)
  const toggle = (link: Link) => control(link.up ? cutLink(link.a, link.b) : healLink(link.a, link.b))
  const nameOf = (id: number) => regions.find((region) => region.id === id)?.name ?? `Region ${id}`
  const sameLatency = links.every((link) => link.latencyMs === links[0]?.latencyMs) ? links[0]?.latencyMs : undefined
  return (
    <div className={styles.panel}>
      <NetworkGraph regions={regions} links={links} onToggle={toggle} />
      <section className={styles.section} aria-labelledby="links-title">
        <div className={styles.sectionHead}>
          <h2 id="links-title">Links</h2>
          {links.length > 1 && (
            <span className={styles.all}>
              <span className="label" aria-hidden="true">
                all
              </span>
              <LatencySelect
                label="Delay of all links"
                valueMs={sameLatency}
                onChange={(ms) => {
                  for (const link of links) control(latency(link.a, link.b, ms))
                }}
              />
            </span>
          )}
        </div>
        <ul>
          {links.map((link) => (
            <LinkRow key={`${link.a}-${link.b}`} {...{ link, nameOf, toggle, control }} />
          ))}
        </ul>
      </section>
      <section className={styles.section} aria-labelledby="regions-title">
        <div className={styles.sectionHead}>
          <h2 id="regions-title">Regions</h2>
          {regions.length < MOST_REGIONS && (
            <button className="button" type="button" onClick={() => control(addRegion(freeName(regions)))}>
              Add a region
            </button>
          )}
        </div>
        <ul>
          {regions.map((region) => (
            <RegionRow key={region.id} {...{ region, regions, links, control }} onKill={playground.killWorker} />
          ))}
        </ul>
      </section>
    </div>
  )
}

/** Quoted, because it holds a space. */
function freeName(regions: readonly RegionStatus[]): string {
  return `"Region ${regions.length + 1}"`
}

interface LinkRowProps {
  readonly link: Link
  readonly nameOf: (id: number) => string
  readonly toggle: (link: Link) => void
  readonly control: (line: string) => void
}

function LinkRow({ link, nameOf, toggle, control }: LinkRowProps) {
  const name = `${nameOf(link.a)} – ${nameOf(link.b)}`
  const state = !link.up ? 'cut' : link.held ? 'held' : 'flowing'
  return (
    <li className={styles.row}>
      <span className={styles.ends}>
        <RegionMark region={link.a} />
        <span className={styles.wire} data-state={state} aria-hidden="true" />
        <RegionMark region={link.b} />
      </span>
      <span className={styles.name}>
        {name}
        <span className={styles.state} data-state={state}>
          {state === 'cut' ? 'cut' : state === 'held' ? 'sync paused' : 'connected'}
          {link.waiting > 0 && ` · ${link.waiting} under way`}
        </span>
      </span>
      <LatencySelect
        label={`Delay of ${name}`}
        valueMs={link.latencyMs}
        onChange={(ms) => control(latency(link.a, link.b, ms))}
      />
      <button
        className="button"
        type="button"
        data-tone={link.up ? undefined : 'cut'}
        aria-label={`${link.up ? 'Cut' : 'Heal'} ${name}`}
        onClick={() => toggle(link)}
      >
        {link.up ? 'Cut' : 'Heal'}
      </button>
    </li>
  )
}

interface RegionRowProps {
  readonly region: RegionStatus
  readonly regions: readonly RegionStatus[]
  readonly links: readonly Link[]
  readonly control: (line: string) => void
  readonly onKill: (region: number) => void
}

function RegionRow({ region, regions, links, control, onKill }: RegionRowProps) {
  const [sure, setSure] = useState(false)
  const own = links.filter((link) => link.a === region.id || link.b === region.id)
  const cutOff = own.length > 0 && own.every((link) => !link.up)
  const toggle = () => {
    if (!cutOff)
      return control(
        isolate(
          region.id,
          regions.map(({ id }) => id),
        ),
      )
    for (const link of own) if (!link.up) control(healLink(link.a, link.b))
  }
  const restarts = region.restarts === 0 ? '' : ` · restarted ${region.restarts}×`
  return (
    <li className={styles.row}>
      <RegionMark region={region.id} />
      <span className={styles.name}>
        {region.name}
        <span className={styles.state} data-state={cutOff ? 'cut' : 'flowing'}>
          {!region.synced ? 'waiting for its first sync' : cutOff ? 'cut off' : 'serving'}
          {restarts}
        </span>
      </span>
      <button
        className="button"
        type="button"
        data-tone={sure ? 'cut' : 'plain'}
        aria-label={sure ? `Really kill the worker of ${region.name}` : `Kill the worker of ${region.name}`}
        title="Ends the region's worker as a crash would; it is restarted from its log"
        onClick={() => {
          if (sure) onKill(region.id)
          setSure(!sure)
        }}
        onBlur={() => setSure(false)}
      >
        {sure ? 'Kill it' : 'Kill …'}
      </button>
      <button
        className="button"
        type="button"
        data-tone={cutOff ? 'cut' : undefined}
        aria-label={cutOff ? `Reconnect ${region.name}` : `Cut off ${region.name}`}
        onClick={toggle}
      >
        {cutOff ? 'Reconnect' : 'Cut off'}
      </button>
    </li>
  )
}

interface LatencyProps {
  readonly label: string
  /** Undefined where links differ. */
  readonly valueMs: number | undefined
  readonly onChange: (ms: number) => void
}

function LatencySelect({ label, valueMs, onChange }: LatencyProps) {
  const choices = valueMs === undefined || LATENCIES_MS.includes(valueMs) ? LATENCIES_MS : [...LATENCIES_MS, valueMs]
  return (
    <select
      className={`field ${styles.latency}`}
      aria-label={label}
      value={valueMs ?? ''}
      onChange={(event) => onChange(Number(event.target.value))}
    >
      {valueMs === undefined && <option value="">differ</option>}
      {choices.map((ms) => (
        <option key={ms} value={ms}>
          {ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`}
        </option>
      ))}
    </select>
  )
}
