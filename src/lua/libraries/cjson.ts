/** `cjson`. */
import type { Machine } from '../machine/machine.ts'
import { Table } from '../machine/table.ts'
import { LightUserdata, type Value } from '../machine/value.ts'
import { type Arguments, toInt32 } from './arguments.ts'
import { Decoder, type DecodeSettings } from './cjson-decode.ts'
import { Encoder, type EncodeSettings } from './cjson-encode.ts'
import { register } from './register.ts'

const LARGEST = 2147483647

/** `cjson.null` is one value for all modules of a machine. */
export function addCjson(machine: Machine): void {
  machine.globals.set('cjson', newModule(machine, new LightUserdata()))
}

function newModule(machine: Machine, nothing: LightUserdata): Table {
  const arrayMeta = new Table()
  const encoding: EncodeSettings = {
    sparseConvert: false,
    sparseRatio: 2,
    sparseSafe: 10,
    maxDepth: 1000,
    invalidNumbers: 'off',
    precision: 14,
    arrayMeta,
  }
  const decoding: DecodeSettings = {
    invalidNumbers: true,
    maxDepth: 1000,
    marksArrays: false,
    arrayMeta,
    null: nothing,
  }
  let keepsBuffer = true
  const module = register(new Table(), {
    encode(args) {
      if (args.count !== 1) args.fail(1, 'expected 1 argument')
      return new Encoder(machine, encoding).encode(args.at(1))
    },
    decode(args) {
      if (args.count !== 1) args.fail(1, 'expected 1 argument')
      return new Decoder(machine, decoding, args.text(1)).decode()
    },
    encode_sparse_array(args): Value[] {
      atMost(args, 3)
      encoding.sparseConvert = onOff(args, 1, encoding.sparseConvert)
      encoding.sparseRatio = integerBetween(args, 2, encoding.sparseRatio, 0)
      encoding.sparseSafe = integerBetween(args, 3, encoding.sparseSafe, 0)
      return [encoding.sparseConvert, encoding.sparseRatio, encoding.sparseSafe]
    },
    encode_max_depth: (args) => (encoding.maxDepth = integerBetween(atMost(args, 1), 1, encoding.maxDepth, 1)),
    decode_max_depth: (args) => (decoding.maxDepth = integerBetween(atMost(args, 1), 1, decoding.maxDepth, 1)),
    encode_number_precision: (args) =>
      (encoding.precision = integerBetween(atMost(args, 1), 1, encoding.precision, 1, 14)),
    encode_keep_buffer: (args) => (keepsBuffer = onOff(atMost(args, 1), 1, keepsBuffer)),
    encode_invalid_numbers(args) {
      const value = atMost(args, 1).at(1)
      if (typeof value === 'boolean') encoding.invalidNumbers = value ? 'on' : 'off'
      else if (value !== undefined) encoding.invalidNumbers = option(args, 1, ['off', 'on', 'null'])
      return encoding.invalidNumbers === 'null' ? 'null' : encoding.invalidNumbers === 'on'
    },
    decode_invalid_numbers: (args) => (decoding.invalidNumbers = onOff(atMost(args, 1), 1, decoding.invalidNumbers)),
    decode_array_with_array_mt: (args) => (decoding.marksArrays = onOff(atMost(args, 1), 1, decoding.marksArrays)),
    new: () => newModule(machine, nothing),
  })
  module.set('null', nothing)
  module.set('array_mt', arrayMeta)
  module.set('_NAME', 'cjson')
  module.set('_VERSION', '2.1.0')
  return module
}

function atMost(args: Arguments, count: number): Arguments {
  if (args.count > count) args.fail(count + 1, 'found too many arguments')
  return args
}

function integerBetween(args: Arguments, n: number, now: number, least: number, most = LARGEST): number {
  if (args.isMissing(n)) return now
  const value = toInt32(args.number(n))
  if (value < least || value > most) args.fail(1, `expected integer between ${least} and ${most}`)
  return value
}

function option<T extends string>(args: Arguments, n: number, options: readonly T[]): T {
  const text = args.text(n)
  return options.find((one) => one === text) ?? args.fail(n, `invalid option '${text}'`)
}

function onOff(args: Arguments, n: number, now: boolean): boolean {
  const value = args.at(n)
  if (value === undefined) return now
  return typeof value === 'boolean' ? value : option(args, n, ['off', 'on']) === 'on'
}
