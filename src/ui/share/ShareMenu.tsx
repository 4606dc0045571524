/** The session as a link, as a file, and as something for another page; and files opened here. */
import { useEffect, useRef, useState, type ChangeEvent } from 'react'
import { shown, type SharedLink, type Sharing } from '../../app/index.ts'
import { useLayout, usePage, usePlayground } from '../hooks.ts'
import { copyText, saveFile } from '../parts/giving.ts'
import { DropArea } from './DropArea.tsx'

import styles from './ShareMenu.module.css'

/** The shown link follows what happens, but not every message. */
const REFRESH_AFTER_MS = 150

export function ShareMenu() {
  const { share } = usePage()
  const { name, change } = useLayout()
  const menu = useRef<HTMLDivElement>(null)
  const files = useRef<HTMLInputElement>(null)
  const [isOpen, setOpen] = useState(false)
  /** Grows with everything that happens. */
  const version = usePlayground((state) => (isOpen ? state.timelineVersion : 0))
  const [link, setLink] = useState<SharedLink | null>(null)
  const [snippet, setSnippet] = useState<string | null>(null)
  const [earlier, setEarlier] = useState(false)
  /** How it went. */
  const [outcome, setOutcome] = useState('')

  useEffect(() => {
    const element = menu.current
    const toggled = (event: Event) => {
      const opens = (event as ToggleEvent).newState === 'open'
      setOpen(opens)
      if (!opens) return
      setOutcome('')
      setSnippet(null)
      void share().then(async (sharing) => setEarlier(await sharing.hasEarlier()))
    }
    element?.addEventListener('toggle', toggled)
    return () => element?.removeEventListener('toggle', toggled)
  }, [share])

  useEffect(() => {
    if (!isOpen) return
    let stale = false
    const timer = setTimeout(async () => {
      const present = await addressOf(await share())
      if (!stale) setLink(present)
    }, REFRESH_AFTER_MS)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [isOpen, version, share])

  const open = async (file: File | undefined) => {
    if (file === undefined) return
    const text = await file.text()
    const opened = await (await share()).openFile(file.name, text)
    menu.current?.hidePopover()
    if (opened === 'scenario') change((now) => shown(now, name, 'scenario'))
  }
  const copy = async (text: string, what: string) => {
    const copied = await copyText(text)
    setOutcome(copied ? `${what} was copied.` : `${what} is in the field above, to be copied from there.`)
  }
  const copyLink = async () => {
    const present = await addressOf(await share())
    setLink(present)
    if (present.limit === null) await copy(present.address, 'The link')
  }
  const saveScenario = async () => {
    setOutcome('Playing it once, to see that it ends the same …')
    const file = await (await share()).scenarioFile()
    if ('reason' in file) return setOutcome(`It cannot be a scenario. ${file.reason} The log holds all of it.`)
    saveFile(file.name, file.text, 'text/markdown')
    setOutcome(`${file.name} was saved.`)
  }
  const saveLog = async () => {
    const file = await (await share()).logFile()
    saveFile(file.name, file.text, 'application/jsonl')
    setOutcome(`${file.name} was saved.`)
  }
  const embed = async () => {
    setOutcome('Playing it once, to see that it ends the same …')
    const made = await (await share()).snippet(new URL('./', document.baseURI).href)
    if ('reason' in made) return setOutcome(`It cannot be embedded. ${made.reason}`)
    setSnippet(made.text)
    await copy(made.text, 'The snippet')
  }
  const back = async () => {
    menu.current?.hidePopover()
    await (await share()).back()
  }
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    void open(event.target.files?.[0])
    // The same file may be chosen again, mended.
    event.target.value = ''
  }

  const isTooLong = link !== null && link.limit !== null
  return (
    <>
      <div ref={menu} id="share-menu" popover="auto" className={`popover ${styles.menu}`} aria-label="Share">
        <section aria-labelledby="share-link">
          <h2 id="share-link" className="eyebrow">
            A link to this session
          </h2>
          <div className={styles.row}>
            <input
              className={`field ${styles.link}`}
              readOnly
              aria-label="Link to this session"
              value={isTooLong ? '' : (link?.address ?? '')}
              placeholder={isTooLong ? 'too long for a link' : ''}
              onFocus={(event) => event.target.select()}
            />
            <button
              className="button"
              type="button"
              data-tone="ink"
              data-deed="copy-link"
              disabled={isTooLong}
              onClick={() => void copyLink()}
            >
              Copy link
            </button>
          </div>
          <p className="quiet">{linkText(link)}</p>
        </section>
        <section aria-labelledby="share-file">
          <h2 id="share-file" className="eyebrow">
            Files
          </h2>
          <div className={styles.row}>
            <button className="button" type="button" data-deed="scenario" onClick={() => void saveScenario()}>
              Save as scenario
            </button>
            <button className="button" type="button" data-deed="log" onClick={() => void saveLog()}>
              Save log
            </button>
            <button className="button" type="button" data-deed="import" onClick={() => files.current?.click()}>
              Open a file …
            </button>
          </div>
          <p className="quiet">
            A scenario is a table to read and play, a log is all that was typed, with its times. Either opens here
            again; it may also be dropped anywhere on the page.
          </p>
          <input
            ref={files}
            type="file"
            hidden
            aria-label="Scenario or session file"
            accept=".md,.markdown,.txt,.html,.jsonl,.json"
            onChange={chosen}
          />
        </section>
        <section aria-labelledby="share-embed">
          <h2 id="share-embed" className="eyebrow">
            In a page of yours
          </h2>
          <div className={styles.row}>
            <button className="button" type="button" data-deed="embed" onClick={() => void embed()}>
              Embed this
            </button>
            {snippet !== null && (
              <button className="button" type="button" onClick={() => void copy(snippet, 'The snippet')}>
                Copy snippet
              </button>
            )}
          </div>
          {snippet !== null && (
            <textarea
              className={`field mono ${styles.snippet}`}
              readOnly
              aria-label="Markup to embed this"
              rows={7}
              spellCheck={false}
              value={snippet}
              onFocus={(event) => event.target.select()}
            />
          )}
        </section>
        {earlier && (
          <section aria-labelledby="share-earlier">
            <h2 id="share-earlier" className="eyebrow">
              An earlier session of yours
            </h2>
            <div className={styles.row}>
              <button className="button" type="button" onClick={() => void back()}>
                Take it up again
              </button>
            </div>
            <p className="quiet">It was put aside for a shared one. The present one is then put aside instead.</p>
          </section>
        )}
        <output className={styles.outcome}>{outcome}</output>
      </div>
      <DropArea onFile={(file) => void open(file)} />
    </>
  )
}

const addressOf = (sharing: Sharing) => sharing.link(`${location.origin}${location.pathname}`)

function linkText(link: SharedLink | null): string {
  if (link === null) return 'Being made …'
  const { address, inputs, limit } = link
  const count = `${inputs} ${inputs === 1 ? 'line' : 'lines'}`
  const length = address.length.toLocaleString('en')
  if (limit === null)
    return `${count} in ${length} characters. Whoever opens it runs them again in their own browser; no server gets to see them.`
  return `${count} make a link of ${length} characters, and beyond ${limit.toLocaleString('en')} links get cut on their way. Save a file instead.`
}
