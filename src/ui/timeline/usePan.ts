/** Dragging with the mouse pans, and Ctrl + wheel (or a pinch on a touchpad) zooms, as on maps. Wheel and touch scroll by themselves. */
import { useEffect, useRef, type RefObject } from 'react'

/** A hand is never quite still: less than that is a click. */
const CLICK_PX = 4

/** `onZoom`: by how many wheel pixels, and how far below the top of the box the pointer is. */
export function usePan(box: RefObject<HTMLElement | null>, onZoom: (deltaY: number, offset: number) => void): void {
  const zoom = useRef(onZoom)
  useEffect(() => {
    zoom.current = onZoom
  })
  useEffect(() => {
    const element = box.current
    if (!element) return
    const listening = new AbortController()
    const { signal } = listening
    let grab: { readonly y: number; readonly top: number } | null = null
    let moved = false
    element.addEventListener(
      'pointerdown',
      (event) => {
        if (event.pointerType !== 'mouse' || event.button !== 0 || event.offsetX > element.clientWidth) return
        grab = { y: event.clientY, top: element.scrollTop }
        moved = false
      },
      { signal },
    )
    window.addEventListener(
      'pointermove',
      (event) => {
        if (!grab || (!moved && Math.abs(event.clientY - grab.y) < CLICK_PX)) return
        moved = true
        element.dataset.grabbed = ''
        element.scrollTop = grab.top - (event.clientY - grab.y)
      },
      { signal },
    )
    const release = () => {
      grab = null
      delete element.dataset.grabbed
    }
    window.addEventListener('pointerup', release, { signal })
    window.addEventListener('pointercancel', release, { signal })
    // The click that ends a drag selects nothing.
    const swallow = (event: MouseEvent) => {
      if (moved) event.stopPropagation()
      moved = false
    }
    element.addEventListener('click', swallow, { signal, capture: true })
    // React's wheel listener is passive and could not keep the page from zooming too.
    const zoomByWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      zoom.current(Math.max(-120, Math.min(120, event.deltaY)), event.clientY - element.getBoundingClientRect().top)
    }
    element.addEventListener('wheel', zoomByWheel, { signal, passive: false })
    return () => listening.abort()
  }, [box])
}
