/** Puts text on the clipboard; false when the browser does not allow it, as in a frame without the permission. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
