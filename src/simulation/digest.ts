/**
 * A short fingerprint of plain data: equal data, equal fingerprint, whatever the order of an object's fields and wherever it was computed.
 * Two 32-bit FNV-1a lanes with different primes over a canonical text; it guards against accidents, not against an adversary.
 */
export class Digest {
  #a = 0x811c9dc5
  #b = 0x9747b28c

  add(value: unknown): void {
    this.#mix(canonicalText(value))
  }

  hex(): string {
    return hex(this.#a) + hex(this.#b)
  }

  #mix(text: string): void {
    let a = this.#a
    let b = this.#b
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      a = Math.imul(a ^ unit, 0x01000193)
      b = Math.imul(b ^ unit, 0x5bd1e995)
      b ^= b >>> 15
    }
    this.#a = a >>> 0
    this.#b = b >>> 0
  }
}

/** JSON with sorted fields, without absent ones, and with every number written so that no two values share a text. */
export function canonicalText(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined'
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalText(field)}`).join(',')}}`
}

function hex(lane: number): string {
  return lane.toString(16).padStart(8, '0')
}
