/** How texts leave the page. */

/** A browser that asks the visitor first must not hold the menu. */
const COPY_LIMIT_MS = 2000

/** Copies, and says how that went. */
export async function copied(text: string, what: string): Promise<string> {
  const done = await Promise.race([
    navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    ),
    new Promise<boolean>((end) => setTimeout(() => end(false), COPY_LIMIT_MS)),
  ])
  return done ? `${what} was copied.` : `${what} is in the field above, to be copied from there.`
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
