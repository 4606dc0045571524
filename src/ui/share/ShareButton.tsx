/** The button of the share menu. The menu, and what lets files be dropped on the page, come after the terminals. */
import { lazy, Suspense } from 'react'

const ShareMenu = lazy(async () => ({ default: (await import('./ShareMenu.tsx')).ShareMenu }))

export function ShareButton() {
  return (
    <>
      <button className="button" type="button" popoverTarget="share-menu">
        Share
      </button>
      <Suspense fallback={null}>
        <ShareMenu />
      </Suspense>
    </>
  )
}
