/** xterm.js for fingers: dragging scrolls, which it has forgotten, and the keyboard on the screen stays away, for what it types arrives garbled. */
import type { Terminal } from '@xterm/xterm'

/** A finger that moves less is a tap. */
const TAP_PX = 8

/** `box`: where the screen stands; `onTap`: someone wants to type. */
export function takeTouches(screen: Terminal, box: HTMLElement, onTap: () => void): void {
  screen.textarea?.setAttribute('inputmode', 'none')
  box.style.touchAction = 'none'
  let startY = 0
  /** Down to where the rows have followed the finger. */
  let scrolledY = 0
  let isTap = false
  box.addEventListener('touchstart', ({ touches }) => {
    startY = scrolledY = touches[0]?.clientY ?? 0
    isTap = touches.length === 1
  })
  box.addEventListener(
    'touchmove',
    (event) => {
      const y = event.touches[0]?.clientY ?? scrolledY
      if (Math.abs(y - startY) > TAP_PX) isTap = false
      const rowHeight = box.clientHeight / screen.rows
      const rows = Math.trunc((scrolledY - y) / rowHeight)
      if (rows !== 0) screen.scrollLines(rows)
      scrolledY -= rows * rowHeight
      event.preventDefault()
    },
    { passive: false },
  )
  // Not earlier: xterm.js takes the focus when the finger leaves.
  box.addEventListener('click', () => {
    if (isTap && !screen.hasSelection()) onTap()
  })
}
