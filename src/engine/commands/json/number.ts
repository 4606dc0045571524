import { addAmounts, negateAmount, parseAmount, type Amount, type Bytes } from '../../../lib/index.ts'
import { amountOfCode, doubleCode, withinInt64 } from '../../crdt/json/number.ts'
import { addedAt, codeAt, kindAt, type Slot } from '../../crdt/json/read.ts'
import type { JsonState } from '../../crdt/json/json.ts'
import { isFloat, isNumber, kindOf } from '../../crdt/json/value.ts'
import type { Sibling } from '../../crdt/parts/cell.ts'
import { double, type Reply } from '../../reply.ts'
import { key, str } from '../arguments.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { fail } from '../errors.ts'
import { distinct, existingDocument, noPathOr } from './document.ts'
import { formatJson } from './format.ts'
import { integerReply } from './get.ts'
import { editOf, matches, parseJson, readPath } from './work.ts'

type Operation = 'add' | 'multiply'

/** The number that results: whole when both are, else a double. */
function result(operation: Operation, a: Bytes, b: Bytes): Bytes {
  if (!isFloat(a) && !isFloat(b)) {
    const [x, y] = [BigInt(a), BigInt(b)]
    const whole = operation === 'add' ? x + y : x * y
    return withinInt64(whole) ? String(whole) : fail('ERR numeric overflow')
  }
  const value = operation === 'add' ? Number(a) + Number(b) : Number(a) * Number(b)
  return Number.isFinite(value) ? doubleCode(value) : fail('result is not a number')
}

/** A number as typed, in JSON. */
function operandOf(text: Bytes): Bytes {
  const value = parseJson(text)
  return typeof value === 'string' && isNumber(kindOf(value)) ? value : fail('bad input number')
}

/** What must be added, exactly, so that the number shows the result: what shows is a double, what is kept is a sum (J5). */
function difference(document: JsonState, { place, cell }: Slot, to: Bytes): Amount {
  const sibling = cell.siblings as Sibling
  const now = addAmounts(amountOfCode(sibling.value), addedAt(document, place, sibling) ?? 0)
  return addAmounts(parseAmount(to) ?? 0, negateAmount(now))
}

interface Arguments {
  readonly key: Bytes
  readonly path: Bytes
  readonly value: Bytes
}

function operate(ctx: Context, args: Arguments, operation: Operation, event: string): Reply {
  const document = existingDocument(ctx, args.key)
  const path = readPath(args.path)
  const found = matches(document, path)
  const right = distinct(found.filter((slot) => isNumber(kindAt(slot))))
  if (path.legacy && right.length === 0 && ctx.session.resp === 2) {
    fail(noPathOr(path.text, 'does not contains a number'))
  }
  const edit = editOf(ctx, document)
  const done = new Map<unknown, Bytes>()
  const operand = right.length === 0 ? '0' : operandOf(args.value)
  for (const slot of right) {
    const code = result(operation, codeAt(document, slot.place, slot.cell.siblings as Sibling), operand)
    if (operation === 'multiply') edit.assign(slot, code)
    else edit.increment(slot, difference(document, slot, code))
    done.set(slot.cell, code)
  }
  edit.commit(args.key, event)
  const codes = found.map(({ cell }) => done.get(cell))
  if (ctx.session.resp === 3) return codes.map(numberReply)
  if (path.legacy) return done.get((right.at(-1) as Slot).cell) ?? null
  return formatJson(codes.map((code) => code ?? 'n'))
}

function numberReply(code: Bytes | undefined): Reply {
  if (code === undefined) return null
  return isFloat(code) ? double(Number(code)) : integerReply(code)
}

const about = {
  group: 'json',
  part: 'json' as const,
  since: '1.0.0',
  complexity: 'O(N) for N values in the document',
  flags: ['write'] as const,
  args: { key: key(), path: str(), value: str('number') },
}

/**
 * JSON.NUMINCRBY key path number → the new numbers as a JSON array, null where there is none; in the older notation the last one. RESP3: an array of numbers.
 */
export const jsonNumincrby = command({
  ...about,
  name: 'JSON.NUMINCRBY',
  summary: 'Adds to numbers in a JSON document.',
  activeActive:
    'Increments made in several regions add up (J5); they belong to the number that they were made on and go when it is set anew (J2).',
  run: (ctx, args) => operate(ctx, args, 'add', 'json.numincrby'),
})

/** JSON.NUMMULTBY key path number → as JSON.NUMINCRBY. */
export const jsonNummultby = command({
  ...about,
  name: 'JSON.NUMMULTBY',
  summary: 'Multiplies numbers in a JSON document.',
  activeActive: 'Sets the product: of concurrent ones the smaller replica id’s wins (J1, J5).',
  run: (ctx, args) => operate(ctx, args, 'multiply', 'json.nummultby'),
})
