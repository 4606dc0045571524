/** Regions and the links between them: what is connected, how fast, how far behind, and the switches to change it. */
import { useState } from 'react'
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
  const { answer, control, close } = useControl(session)
  if (!status) return <p className={styles.panel}>Starting the regions …</p>
  const regions = regionsInPlace(status.regions)
  const links = linksOf(status.links, status.regions)
  const toggle = (link: Link) => control(link.cut ? healLink(link.a, link.b) : cutLink(link.a, link.b))
  const nameOf = (id: number) => regions.find((region) => region.id === id)?.name ?? `Region ${id}`
  const sameLatency = links.every((link) => link.latencyMs === links[0]?.latencyMs) ? links[0]?.latencyMs : undefined
  const members = regions.filter(({ phase }) => phase !== 'expelled')
  return (
    <div key={session} className={styles.panel}>
      <Answer answer={answer} onClose={close} />
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

interface Answered {
  readonly session: number
  readonly line: string
  readonly ok: boolean
  readonly text: string
}

/** Sends control lines, and keeps the last answer that says something: why a line was refused, or what became of a region. */
function useControl(session: number) {
  const { playground } = usePage()
  const [answer, setAnswer] = useState<Answered | null>(null)
  const control = (line: string) => {
    void playground.control(line).then(({ ok, text }) => setAnswer(text === '' ? null : { session, line, ok, text }))
  }
  return { answer: answer?.session === session ? answer : null, control, close: () => setAnswer(null) }
}

function Answer({ answer, onClose }: { readonly answer: Answered | null; readonly onClose: () => void }) {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an output element may not hold paragraphs and buttons
    <div role="status" aria-label="Answer" className={styles.answers}>
      {answer && (
        <div className={styles.answer} data-ok={answer.ok}>
          <p>
            <code>{answer.line}</code>
            <span className={styles.answerText}>{answer.ok ? answer.text : `Refused: ${answer.text}`}</span>
          </p>
          <button className="button" type="button" data-tone="plain" aria-label="Close this answer" onClick={onClose}>
            ✕
          </button>
        </div>
      )}
    </div>
  )
}

function freeName(regions: readonly RegionStatus[]): string {
  const taken = new Set(regions.map(({ name }) => name.toLowerCase()))
  for (let n = 1; ; n++) if (!taken.has(`region ${n}`)) return `Region ${n}`
}
