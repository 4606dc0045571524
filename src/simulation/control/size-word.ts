const UNITS = [
  ['gb', 1024 ** 3],
  ['mb', 1024 ** 2],
  ['kb', 1024],
] as const

/** Bytes as the control language has them: `10mb`, `1500b`. */
export function sizeWord(bytes: number): string {
  const unit = UNITS.find(([, size]) => bytes >= size && bytes % size === 0)
  if (unit) return `${bytes / unit[1]}${unit[0]}`
  // The language takes nine digits.
  return bytes < 1e9 ? `${bytes}b` : `${Math.ceil(bytes / 1024 ** 2)}mb`
}
