/** `bit`: operations on 32 bits. */
import type { Machine } from '../machine/machine.ts'
import { Table } from '../machine/table.ts'
import type { Arguments } from './arguments.ts'
import { register } from './register.ts'

/** A number's low 32 bits, rounded to the nearest whole number, halves to even. */
function bits(args: Arguments, n: number): number {
  const x = args.number(n)
  if (!Number.isFinite(x)) return 0
  if (Math.abs(x) >= 2 ** 51) {
    // Beyond that the trick with the added constant shifts the mantissa; only whole numbers of this size are met.
    return Number(BigInt.asIntN(32, BigInt(x)))
  }
  const floor = Math.floor(x)
  const rest = x - floor
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor
  return Number(BigInt.asIntN(32, BigInt(rounded)))
}

function fold(args: Arguments, combine: (a: number, b: number) => number): number {
  let value = bits(args, 1)
  for (let n = args.count; n > 1; n--) value = combine(value, bits(args, n))
  return value
}

function toHex(args: Arguments): string {
  const value = bits(args, 1)
  const wanted = args.count < 2 ? 8 : bits(args, 2)
  const text = (value >>> 0)
    .toString(16)
    .padStart(8, '0')
    .slice(8 - Math.min(8, Math.abs(wanted)))
  return wanted < 0 ? text.toUpperCase() : text
}

export function addBit(machine: Machine): void {
  const by = (args: Arguments) => bits(args, 2) & 31
  const table = register(new Table(), {
    arshift: (args) => bits(args, 1) >> by(args),
    band: (args) => fold(args, (a, b) => a & b),
    bnot: (args) => ~bits(args, 1),
    bor: (args) => fold(args, (a, b) => a | b),
    bswap(args) {
      const x = bits(args, 1)
      return (x >>> 24) | ((x >> 8) & 0xff00) | ((x & 0xff00) << 8) | (x << 24)
    },
    bxor: (args) => fold(args, (a, b) => a ^ b),
    lshift: (args) => bits(args, 1) << by(args),
    rol(args) {
      const [x, n] = [bits(args, 1), by(args)]
      return (x << n) | ((x >>> ((32 - n) & 31)) & (n === 0 ? 0 : -1))
    },
    ror(args) {
      const [x, n] = [bits(args, 1), by(args)]
      return (x >>> n) | ((x << ((32 - n) & 31)) & (n === 0 ? 0 : -1))
    },
    rshift: (args) => (bits(args, 1) >>> by(args)) | 0,
    tobit: (args) => bits(args, 1),
    tohex: toHex,
  })
  machine.globals.set('bit', table)
}
