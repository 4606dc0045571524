import type { Bytes } from './bytes.ts'

/** FNV-1a with a final mix: 32 bits, the same everywhere. Not for security. */
export function hashBytes(bytes: Bytes): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes.charCodeAt(i), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}
