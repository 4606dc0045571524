/** How texts leave the page. */

/** A browser that asks the visitor first is not waited for. */
const COPY_LIMIT_MS = 2000

/** Puts text on the clipboard; false when the browser does not allow it, as in a frame without the permission. */
export function copyText(text: string): Promise<boolean> {
  const copied = async () => {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      return false
    }
  }
  return Promise.race([copied(), new Promise<false>((end) => setTimeout(() => end(false), COPY_LIMIT_MS))])
}

/** Offers a file for download. `type` is its media type. */
export function saveFile(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
