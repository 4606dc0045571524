import { useEffect } from 'react'

/** Pieces of the browser come and go by less. */
const LEAST_KEYBOARD_PX = 120

/**
 * Keeps the page above a keyboard on the screen while `typing`, in browsers that lay the keyboard over it: the page is as high as what can be
 * seen. The others make the window smaller by themselves (`interactive-widget` in index.html).
 */
export function useKeyboardRoom(typing: boolean): void {
  useEffect(() => {
    const view = window.visualViewport
    if (!typing || !view) return
    const page = document.documentElement.style
    const follow = () => {
      const covered = window.innerHeight - view.height
      const isKeyboard = view.scale === 1 && covered > LEAST_KEYBOARD_PX
      if (isKeyboard) page.setProperty('--page-height', `${view.height}px`)
      else page.removeProperty('--page-height')
      if (isKeyboard) window.scrollTo(0, 0)
    }
    follow()
    view.addEventListener('resize', follow)
    return () => {
      view.removeEventListener('resize', follow)
      page.removeProperty('--page-height')
    }
  }, [typing])
}
