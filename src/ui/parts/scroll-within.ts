/** Brings an element in sight by scrolling one box only: `scrollIntoView` would also move the boxes around it that show no scroll bar. */
export function scrollWithin(box: HTMLElement, element: Element, at: 'nearest' | 'center'): void {
  const outer = box.getBoundingClientRect()
  const inner = element.getBoundingClientRect()
  const above = inner.top - outer.top
  const below = inner.bottom - outer.bottom
  if (at === 'center') box.scrollTop += (above + below) / 2
  else if (above < 0 || inner.height > outer.height) box.scrollTop += above
  else if (below > 0) box.scrollTop += below
}
