/** Addresses of tables, functions and threads, as `tostring` shows them: numbered in the order in which they are first asked for. */
const FIRST = 0x55550000
const BETWEEN = 0x40

export class Addresses {
  #known = new WeakMap<object, string>()
  #given = 0

  of(value: object): string {
    let address = this.#known.get(value)
    if (address === undefined) {
      address = `0x${(FIRST + BETWEEN * ++this.#given).toString(16).padStart(12, '0')}`
      this.#known.set(value, address)
    }
    return address
  }

  /** Before a run, so that its addresses do not depend on earlier ones. */
  forget(): void {
    if (this.#given > 0) this.#known = new WeakMap()
    this.#given = 0
  }
}
