/** Native functions by name. */
import type { Machine } from '../machine/machine.ts'
import { Table } from '../machine/table.ts'
import { Native, type Results } from '../machine/value.ts'
import { Arguments } from './arguments.ts'

export type Implementation = (args: Arguments, machine: Machine) => Results

export function native(name: string, run: Implementation): Native {
  return new Native(name, (machine, values) => run(new Arguments(values), machine))
}

/** Adds functions to a table. */
export function register(table: Table, functions: Readonly<Record<string, Implementation>>): Table {
  for (const [name, run] of Object.entries(functions)) table.set(name, native(name, run))
  return table
}
