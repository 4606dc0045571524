/** The command line's entrance: wires files, streams and the cluster, and sets the exit status. */
import { readFile } from 'node:fs/promises'
import { openLocalCluster } from '../simulation/index.ts'
import { readArguments } from './arguments.ts'
import { HELP } from './help.ts'
import { runFiles } from './run-command.ts'
import { serve } from './serve-command.ts'

const out = (text: string) => void process.stdout.write(text)
const err = (text: string) => void process.stderr.write(text)

async function version(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** Resolves at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'no permission',
}

async function readScenario(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw code in REASONS ? new Error(REASONS[code], { cause: error }) : error
  }
}

const request = readArguments(process.argv.slice(2))
switch (request.kind) {
  case 'help':
    out(HELP)
    break
  case 'version':
    out(`${await version()}\n`)
    break
  case 'run':
    process.exitCode = await runFiles(request.files, {
      open: openLocalCluster,
      readFile: readScenario,
      out,
      err,
    })
    break
  case 'serve':
    process.exitCode = await serve(request, { out, err, ended: ended() })
    break
  case 'open':
    break
  case 'mistake':
    err(`crdb-playground: ${request.text} (--help explains)\n`)
    process.exitCode = 2
}
