/** A named part of the page that scrolls by itself, and therefore can be reached and scrolled by keyboard. */
import type { ReactNode, Ref } from 'react'

interface Props {
  readonly label: string
  readonly className?: string | undefined
  readonly ref?: Ref<HTMLElement>
  readonly children: ReactNode
}

export function ScrollBox({ label, className, ref, children }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolling by keyboard needs the focus
    <section ref={ref} className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
