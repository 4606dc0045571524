/** TCP listening with errors that a user can act on. */
import { createServer, type Server, type Socket } from 'node:net'

/** Rejects with a sentence about what hinders it. Port 0 takes any free one. */
export function listen(host: string, port: number, onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ noDelay: true }, onConnection)
  return new Promise((resolve, reject) => {
    server.once('error', (problem: NodeJS.ErrnoException) =>
      reject(new Error(reasonOf(problem, host, port), { cause: problem })),
    )
    server.listen({ host, port, backlog: 511 }, () => resolve(server))
  })
}

function reasonOf(problem: NodeJS.ErrnoException, host: string, port: number): string {
  if (problem.code === 'EADDRINUSE') return `port ${port} on ${host} is in use: choose another with --port`
  if (problem.code === 'EACCES') return `port ${port} on ${host} needs privileges: choose one above 1023 with --port`
  if (problem.code === 'EADDRNOTAVAIL') return `${host} is no address of this machine`
  return problem.message
}

export function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** An address that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
