const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]'

/** Moves the focus to what follows (or precedes) an element in the page, as Tab would if the element did not take it. */
export function moveFocusFrom(element: HTMLElement, direction: 'forward' | 'backward'): void {
  const all = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (candidate) => candidate.tabIndex >= 0 && !element.contains(candidate) && candidate.checkVisibility(),
  )
  const after = Node.DOCUMENT_POSITION_FOLLOWING
  const following = all.findIndex((candidate) => element.compareDocumentPosition(candidate) & after)
  const at = following === -1 ? all.length : following
  const next = direction === 'forward' ? (all[at] ?? all[0]) : (all[at - 1] ?? all.at(-1))
  next?.focus()
}
