/** Opens the command palette: a button, F1 anywhere, and Ctrl-K or ⌘K outside terminals, where Ctrl-K cuts the line. Fetched when first opened. */
import { lazy, Suspense, useEffect, useState } from 'react'

const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }))

export function PaletteButton() {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const inTerminal = event.target instanceof Element && event.target.closest('.xterm') !== null
      const isK = event.key.toLowerCase() === 'k' && (event.metaKey || (event.ctrlKey && !inTerminal))
      if (event.key !== 'F1' && !isK) return
      event.preventDefault()
      event.stopPropagation()
      setOpen(true)
    }
    // Before a terminal takes the key for itself.
    window.addEventListener('keydown', keys, { capture: true })
    return () => window.removeEventListener('keydown', keys, { capture: true })
  }, [])
  return (
    <>
      <button className="button" type="button" title="All actions (F1)" onClick={() => setOpen(true)}>
        Commands
      </button>
      {open && (
        <Suspense fallback={null}>
          <Palette onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
