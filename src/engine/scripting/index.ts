/** The part of the engine that runs scripts and functions: loaded when they are first used. */
import { Rand48 } from '../../lua/index.ts'
import { Functions } from './functions.ts'
import { Scripts } from './scripts.ts'

export { dumpLibraries, readLibraries } from './library-dump.ts'
export type { Call } from './scripts.ts'
export { Functions, Scripts }

/** Scripts and functions of one instance. */
export interface Scripting {
  readonly scripts: Scripts
  readonly functions: Functions
}

export function newScripting(): Scripting {
  const generator = new Rand48()
  return { scripts: new Scripts(generator), functions: new Functions(generator) }
}
