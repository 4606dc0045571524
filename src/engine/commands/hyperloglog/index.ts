import type { Command } from '../command.ts'
import { pfcount, pfmerge } from './merge.ts'
import { pfadd } from './pfadd.ts'

export const HYPERLOGLOG_COMMANDS: readonly Command[] = [pfadd, pfcount, pfmerge]
