/** One region's terminal: xterm, kept at the size of its place and in the colours of the theme. */
import { lazy, Suspense, useEffect, useRef } from 'react'
import { Terminal as Screen } from '@xterm/xterm'
import { FitAddon } from '@xterm/addon-fit'
import '@xterm/xterm/css/xterm.css'
import { unicodeProvider } from '../../terminal/index.ts'
import { usePage, usePlayground, usePreferences, useTerminals } from '../hooks.ts'
import { moveFocusFrom } from './focus.ts'
import { controlTerminal, type TerminalController } from './terminal-controller.ts'
import styles from './Terminal.module.css'

const FindBar = lazy(async () => ({ default: (await import('./tools/FindBar.tsx')).FindBar }))

const SCROLLBACK_LINES = 5000

interface Props {
  readonly region: number
  readonly name: string
  readonly theme: 'light' | 'dark'
  readonly narrow: boolean
}

export function Terminal({ region, name, theme, narrow }: Props) {
  const { playground, history, terminals } = usePage()
  const { screenReader } = usePreferences()
  const { finding } = useTerminals()
  const catalogue = usePlayground((state) => state.catalogue)
  const place = useRef<HTMLDivElement>(null)
  const screenRef = useRef<Screen | null>(null)
  const controllerRef = useRef<TerminalController | null>(null)

  useEffect(() => {
    const box = place.current
    if (!box) return
    const screen = new Screen({
      allowProposedApi: true,
      cursorBlink: false,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
      fontSize: 13,
      lineHeight: 1.25,
      scrollback: SCROLLBACK_LINES,
      macOptionIsMeta: true,
    })
    const fit = new FitAddon()
    screen.loadAddon(fit)
    screen.unicode.register(unicodeProvider)
    screen.unicode.activeVersion = unicodeProvider.version
    screen.open(box)
    screen.textarea?.setAttribute('aria-label', `Terminal of ${name}. Escape, then Tab leaves it.`)
    screen.textarea?.addEventListener('focus', () => terminals.setState({ front: name }))
    screen.attachCustomKeyEventHandler((event) => {
      if (!isFind(event)) return !isForTheBrowser(event, screen)
      event.preventDefault()
      if (event.type === 'keydown')
        terminals.setState({ finding: terminals.getState().finding === region ? null : region })
      return false
    })
    if (matchMedia('(pointer: coarse)').matches)
      void import('./tools/touch.ts').then(({ takeTouches }) =>
        takeTouches(screen, box, () => document.getElementById('composer')?.focus()),
      )
    if (box.clientWidth > 0) fit.fit()
    const controller = controlTerminal(screen, {
      region,
      name,
      history: history.lines(region),
      run: (session, argv) => playground.command(region, session, argv),
      close: (session) => playground.closeSession(region, session),
      remember: (line) => history.add(region, line),
      broadcast: (line) => terminals.broadcast([...terminals.getState().open.keys()], line),
      leave: (direction) => moveFocusFrom(box, direction),
    })
    screen.onData(controller.input)
    const remove = terminals.add(region, {
      ...controller,
      name,
      interrupt: () => controller.input('\x03'),
      commands: () => {
        const selected = screen.getSelectionPosition()
        return controller.commands(selected?.start.y ?? 0, selected?.end.y ?? Infinity)
      },
    })
    const stopHearing = playground.onEntries(controller.hear)
    const observer = new ResizeObserver(() => {
      const size = box.clientWidth > 0 ? fit.proposeDimensions() : undefined
      if (size && (size.cols !== screen.cols || size.rows !== screen.rows)) controller.resized(() => fit.fit())
    })
    observer.observe(box)
    screenRef.current = screen
    controllerRef.current = controller
    return () => {
      remove()
      observer.disconnect()
      stopHearing()
      controller.stop()
      screen.dispose()
    }
  }, [region, name, playground, history, terminals])

  useEffect(() => {
    controllerRef.current?.setCatalogue(catalogue)
  }, [catalogue])

  useEffect(() => {
    const screen = screenRef.current
    if (screen) screen.options.screenReaderMode = screenReader
  }, [screenReader])

  useEffect(() => {
    const screen = screenRef.current
    if (!screen) return
    screen.options.fontSize = narrow ? 12 : 13
    screen.options.theme = colors()
  }, [theme, narrow])

  return (
    <>
      {finding === region && (
        <Suspense fallback={null}>
          <FindBar name={name} theme={theme} screen={screenRef} />
        </Suspense>
      )}
      <div ref={place} className={styles.place} data-region={region} />
    </>
  )
}

/** Ctrl-F alone is a key of the line editor. */
function isFind({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'f' && (metaKey || (ctrlKey && shiftKey))
}

/** Copying a selection, pasting, and zooming the page stay the browser's. */
function isForTheBrowser(event: KeyboardEvent, screen: Screen): boolean {
  if (!event.ctrlKey && !event.metaKey) return false
  const key = event.key.toLowerCase()
  return (key === 'c' && screen.hasSelection()) || key === 'v' || ['+', '-', '=', '0'].includes(key)
}

function colors() {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    background: token('--term-bg'),
    foreground: token('--term-ink'),
    cursor: token('--term-ink'),
    cursorAccent: token('--term-bg'),
    selectionBackground: token('--term-selection'),
    scrollbarSliderBackground: token('--term-scroll'),
    scrollbarSliderHoverBackground: token('--line-strong'),
    scrollbarSliderActiveBackground: token('--line-strong'),
    brightBlack: token('--term-dim'),
  }
}
