/** The command line's entrance: wires files, streams and the cluster, and sets the exit status. */
import { readFile } from 'node:fs/promises'
import { openLocalCluster, type SessionSettings } from '../simulation/index.ts'
import { RemoteCluster } from './against/remote-cluster.ts'
import { readArguments, type RunRequest } from './arguments.ts'
import { HELP } from './help.ts'
import { PAGE_FOLDER, servePage } from './page-server.ts'
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

async function run({ files, against, flush }: RunRequest): Promise<0 | 1> {
  const remotes: RemoteCluster[] = []
  const onServers = async (settings: SessionSettings, file: string) => {
    const warn = (text: string) => err(`${file}: warning: ${text}\n`)
    const remote = await RemoteCluster.open(settings, { urls: against, flush, warn })
    remotes.push(remote)
    return remote
  }
  const open = against.length === 0 ? (settings: SessionSettings) => openLocalCluster(settings) : onServers
  const status = await runFiles(files, { open, readFile: readScenario, out, err })
  for (const remote of remotes) remote.close()
  return status
}

async function open(port: number): Promise<0 | 1> {
  try {
    const server = await servePage(PAGE_FOLDER, port)
    const address = server.address()
    out(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}/\n`)
    await ended()
    server.closeAllConnections()
    server.close()
    return 0
  } catch (problem) {
    err(`crdb-playground: ${problem instanceof Error ? problem.message : String(problem)}\n`)
    return 1
  }
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
    process.exitCode = await run(request)
    break
  case 'serve':
    process.exitCode = await serve(request, { out, err, ended: ended() })
    break
  case 'open':
    process.exitCode = await open(request.port)
    break
  case 'mistake':
    err(`crdb-playground: ${request.text} (--help explains)\n`)
    process.exitCode = 2
}
