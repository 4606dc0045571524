/** The modules of a database with JSON and search, under the names by which clients look for them. Here both are part of the engine. */
import { map, type Reply } from '../reply.ts'

export const MODULES = [
  { name: 'ReJSON', version: 80400 },
  { name: 'search', version: 80400 },
] as const

/** As MODULE LIST and HELLO show them. */
export function modulesReply(): Reply {
  return MODULES.map(({ name, version }) => map(['name', name, 'ver', version, 'path', '', 'args', []]))
}
