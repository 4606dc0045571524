/** Files dropped anywhere on the page. */
import { useEffect, useState } from 'react'
import styles from './ShareMenu.module.css'

export function DropArea({ onFile }: { readonly onFile: (file: File | undefined) => void }) {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const drag = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      setOver(false)
      if (!carriesFiles(event)) return
      // Without this the browser would leave the page for the file.
      event.preventDefault()
      onFile(event.dataTransfer?.files[0])
    }
    window.addEventListener('dragover', drag)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', drag)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [onFile])
  if (!over) return null
  return (
    <div className={styles.drop} aria-hidden="true">
      <p>Drop a scenario or a session file to open it</p>
    </div>
  )
}
