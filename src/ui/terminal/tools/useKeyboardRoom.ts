import { useEffect } from 'react'

/** Pieces of the browser come and go by less. */
const LEAST_KEYBOARD_PX = 120
/** Lower windows have no room for what is not needed while typing. */
const LOW_PX = 560

/**
 * Keeps the page above a keyboard on the screen while `typing`, in browsers that lay the keyboard over it: the page is as high as what can be
 * seen. The others make the window smaller by themselves (`interactive-widget` in index.html). `data-typing` on the root says that there is little room.
 */
export function useKeyboardRoom(typing: boolean): void {
  useEffect(() => {
    const view = window.visualViewport
    if (!typing || !view) return
    const root = document.documentElement
    const page = root.style
    const follow = () => {
      const covered = window.innerHeight - view.height
      const isKeyboard = view.scale === 1 && covered > LEAST_KEYBOARD_PX
      if (isKeyboard) page.setProperty('--page-height', `${view.height}px`)
      else page.removeProperty('--page-height')
      if (isKeyboard) window.scrollTo(0, 0)
      root.toggleAttribute('data-typing', view.scale === 1 && view.height < LOW_PX)
    }
    follow()
    view.addEventListener('resize', follow)
    return () => {
      view.removeEventListener('resize', follow)
      page.removeProperty('--page-height')
      root.removeAttribute('data-typing')
    }
  }, [typing])
}
