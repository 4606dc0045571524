/** The part of the engine that reads JSON and paths, follows them and changes documents: loaded when a command of this group first comes. */
export { Edit } from './edit.ts'
export { matches } from './match.ts'
export { parseJson } from './parse.ts'
export { readPath } from './path.ts'
