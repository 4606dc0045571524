/** `math`, with Redis's own random numbers: the same sequence in every region, going on from script to script. */
import { raise } from '../machine/errors.ts'
import type { Machine } from '../machine/machine.ts'
import { Table } from '../machine/table.ts'
import { type Arguments, toInt32 } from './arguments.ts'
import { register } from './register.ts'

/** The generator of `drand48`, as Redis uses it: 48 bits of state, 31 of them given out; it begins in the same state everywhere. */
export class Rand48 {
  /** The upper and lower 24 bits. */
  #high = 0x1234ab
  #low = 0xcd330e

  seed(value: number): void {
    this.#high = (value >>> 8) & 0xffffff
    this.#low = ((value & 0xff) << 16) | 0x330e
  }

  next(): number {
    const low = this.#low * 0xece66d + 0xb
    const high = this.#high * 0xece66d + this.#low * 0x5de + Math.floor(low / 0x1000000)
    this.#low = low % 0x1000000
    this.#high = high % 0x1000000
    return this.#high * 128 + (this.#low >> 17)
  }
}

const RANDOM_MAX = 2 ** 31 - 1

function random(args: Arguments, generator: Rand48): number {
  const r = (generator.next() % RANDOM_MAX) / RANDOM_MAX
  switch (args.count) {
    case 0:
      return r
    case 1: {
      const most = toInt32(args.number(1))
      if (most < 1) args.fail(1, 'interval is empty')
      return Math.floor(r * most) + 1
    }
    case 2: {
      const [least, most] = [toInt32(args.number(1)), toInt32(args.number(2))]
      if (least > most) args.fail(2, 'interval is empty')
      return Math.floor(r * (most - least + 1)) + least
    }
    default:
      return raise('wrong number of arguments')
  }
}

/** Mantissa in ±[0.5, 1) and exponent. */
function frexp(x: number): [number, number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0]
  let exponent = Math.max(-1073, Math.floor(Math.log2(Math.abs(x))) + 1)
  let mantissa = x * 2 ** -exponent
  while (Math.abs(mantissa) < 0.5) {
    mantissa *= 2
    exponent--
  }
  while (Math.abs(mantissa) >= 1) {
    mantissa /= 2
    exponent++
  }
  return [mantissa, exponent]
}

function ldexp(mantissa: number, exponent: number): number {
  let value = mantissa
  let left = Math.max(-3000, Math.min(3000, exponent))
  for (; left > 1000; left -= 1000) value *= 2 ** 1000
  for (; left < -1000; left += 1000) value *= 2 ** -1000
  return value * 2 ** left
}

const fmod = (args: Arguments): number => args.number(1) % args.number(2)

function modf(args: Arguments): [number, number] {
  const x = args.number(1)
  const whole = Math.trunc(x)
  return [whole, Number.isFinite(x) ? x - whole : Number.isNaN(x) ? x : 0]
}

function extreme(args: Arguments, isBetter: (a: number, b: number) => boolean): number {
  let best = args.number(1)
  for (let n = 2; n <= args.count; n++) {
    const x = args.number(n)
    if (isBetter(x, best)) best = x
  }
  return best
}

export function addMath(machine: Machine, generator: Rand48): void {
  const table = new Table()
  const simple = [
    'abs',
    'acos',
    'asin',
    'atan',
    'ceil',
    'cos',
    'cosh',
    'exp',
    'floor',
    'log',
    'log10',
    'sin',
    'sinh',
    'sqrt',
    'tan',
    'tanh',
  ] as const
  for (const name of simple) register(table, { [name]: (args) => Math[name](args.number(1)) })
  register(table, {
    atan2: (args) => Math.atan2(args.number(1), args.number(2)),
    deg: (args) => args.number(1) / (Math.PI / 180),
    fmod,
    frexp: (args) => frexp(args.number(1)),
    ldexp: (args) => ldexp(args.number(1), toInt32(args.number(2))),
    max: (args) => extreme(args, (a, b) => a > b),
    min: (args) => extreme(args, (a, b) => a < b),
    mod: fmod,
    modf,
    pow: (args) => args.number(1) ** args.number(2),
    rad: (args) => args.number(1) * (Math.PI / 180),
    random: (args) => random(args, generator),
    randomseed(args) {
      generator.seed(toInt32(args.number(1)))
      return []
    },
  })
  table.set('pi', Math.PI)
  table.set('huge', Infinity)
  machine.globals.set('math', table)
}
