/** Finds text in all that a terminal has shown, newest first, as one reads a terminal. */
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { SearchAddon, type ISearchOptions } from '@xterm/addon-search'
import type { Terminal } from '@xterm/xterm'
import { usePage } from '../../hooks.ts'
import styles from './tools.module.css'

interface Props {
  readonly name: string
  readonly theme: 'light' | 'dark'
  readonly screen: RefObject<Terminal | null>
}

interface Found {
  /** Of the chosen match; -1 while there are more than are counted one by one. */
  readonly resultIndex: number
  readonly resultCount: number
}

export function FindBar({ name, theme, screen }: Props) {
  const { terminals } = usePage()
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<Found | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const search = useRef<SearchAddon | null>(null)

  useEffect(() => {
    const addon = new SearchAddon()
    const { current } = screen
    current?.loadAddon(addon)
    const heard = addon.onDidChangeResults(setFound)
    search.current = addon
    input.current?.focus()
    return () => {
      heard.dispose()
      addon.dispose()
      // With a selection left behind, Ctrl-C would copy it, not interrupt.
      current?.clearSelection()
    }
  }, [screen])

  useEffect(() => {
    const { current } = screen
    // Without a selection the search begins at the newest row.
    current?.clearSelection()
    if (query === '') search.current?.clearDecorations()
    else search.current?.findPrevious(query, options())
  }, [query, theme, screen])

  const step = (older: boolean) => {
    if (query === '') return
    if (older) search.current?.findPrevious(query, options())
    else search.current?.findNext(query, options())
  }
  const close = () => {
    terminals.setState({ finding: null })
    screen.current?.focus()
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter') step(!event.shiftKey)
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') step(event.key === 'ArrowUp')
    else return
    event.preventDefault()
  }
  return (
    <search className={styles.find}>
      <input
        ref={input}
        className="field mono"
        aria-label={`Find in the terminal of ${name}`}
        placeholder="Find in scrollback"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={keys}
      />
      <output className={styles.count}>{query === '' || !found ? '' : countText(found)}</output>
      <button className="button" data-tone="plain" type="button" aria-label="Older match" onClick={() => step(true)}>
        ↑
      </button>
      <button className="button" data-tone="plain" type="button" aria-label="Newer match" onClick={() => step(false)}>
        ↓
      </button>
      <button className="button" data-tone="plain" type="button" aria-label="Close find" onClick={close}>
        ×
      </button>
    </search>
  )
}

/** Counted from the newest, as they are gone through. */
function countText({ resultIndex, resultCount }: Found): string {
  if (resultCount === 0) return 'none'
  return resultIndex === -1 ? `${resultCount}+` : `${resultCount - resultIndex} of ${resultCount}`
}

function options(): ISearchOptions {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    decorations: {
      matchBackground: token('--pick'),
      matchOverviewRuler: token('--pick-line'),
      activeMatchBackground: token('--pick'),
      activeMatchBorder: token('--pick-line'),
      activeMatchColorOverviewRuler: token('--pick-line'),
    },
  }
}
