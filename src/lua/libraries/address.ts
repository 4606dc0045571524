/** Addresses of tables, functions and threads, as `tostring` shows them: numbered in the order in which they are first asked for. */
const FIRST = 0x55550000
const BETWEEN = 0x40

let addresses = new WeakMap<object, string>()
let given = 0

export function addressOf(value: object): string {
  let address = addresses.get(value)
  if (address === undefined) {
    address = `0x${(FIRST + BETWEEN * ++given).toString(16).padStart(12, '0')}`
    addresses.set(value, address)
  }
  return address
}

/** Before a run, so that its addresses do not depend on earlier ones. */
export function forgetAddresses(): void {
  if (given > 0) addresses = new WeakMap()
  given = 0
}
