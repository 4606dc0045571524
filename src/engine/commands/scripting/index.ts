import type { Command } from '../command.ts'
import { helpOf } from '../help.ts'
import { evalCommand, evalRo, evalsha, evalshaRo } from './eval.ts'
import { fcall, fcallRo } from './fcall.ts'
import {
  functionDelete,
  functionDump,
  functionFlush,
  functionKill,
  functionList,
  functionLoad,
  functionRestore,
  functionStats,
} from './function.ts'
import { scriptExists, scriptFlush, scriptKill, scriptLoad } from './script.ts'

export const SCRIPTING_COMMANDS: readonly Command[] = [
  evalCommand,
  evalRo,
  evalsha,
  evalshaRo,
  fcall,
  fcallRo,
  functionDelete,
  functionDump,
  functionFlush,
  functionKill,
  functionList,
  functionLoad,
  functionRestore,
  functionStats,
  helpOf('FUNCTION', 'scripting', '7.0.0'),
  scriptExists,
  scriptFlush,
  scriptKill,
  scriptLoad,
  helpOf('SCRIPT', 'scripting', '5.0.0'),
]
