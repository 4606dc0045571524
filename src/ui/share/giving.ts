/** How texts leave the page. */

/** Copies, and says how that went. */
export async function copied(text: string, what: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text)
    return `${what} was copied.`
  } catch {
    return `${what} is in the field above: this browser does not let a page copy by itself.`
  }
}

/** Offers a file for download. */
export function save(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
