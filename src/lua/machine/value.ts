/** Lua's values as JavaScript's: nil is undefined, strings are byte strings, numbers are doubles. */
import type { Bytes } from '../../lib/index.ts'
import type { Proto } from '../compiler/proto.ts'
import type { Coroutine } from './coroutine.ts'
import type { Machine } from './machine.ts'
import { Table } from './table.ts'

export type Value = undefined | boolean | number | Bytes | Table | Closure | Native | Coroutine | LightUserdata

/** A local variable that functions share. */
export class Box {
  value: Value
  constructor(value: Value) {
    this.value = value
  }
}

export class Closure {
  readonly proto: Proto
  readonly upvalues: readonly Box[]
  environment: Table
  constructor(proto: Proto, upvalues: readonly Box[], environment: Table) {
    this.proto = proto
    this.upvalues = upvalues
    this.environment = environment
  }
}

/** What a native function gives: one value, or an array of any number. */
export type Results = Value | Value[]

export class Native {
  readonly name: string
  readonly run: (machine: Machine, args: Value[]) => Results
  constructor(name: string, run: (machine: Machine, args: Value[]) => Results) {
    this.name = name
    this.run = run
  }
}

/** A bare pointer; `cjson.null` is the only one. */
export class LightUserdata {
  readonly name = 'NULL'
}

/** No results at all. */
export const NONE: Value[] = []

export type TypeName = 'nil' | 'boolean' | 'number' | 'string' | 'table' | 'function' | 'thread' | 'userdata'

export function typeName(value: Value): TypeName {
  switch (typeof value) {
    case 'undefined':
      return 'nil'
    case 'boolean':
    case 'number':
    case 'string':
      return typeof value as TypeName
    default:
      if (value instanceof Table) return 'table'
      if (value instanceof LightUserdata) return 'userdata'
      return value instanceof Closure || value instanceof Native ? 'function' : 'thread'
  }
}
