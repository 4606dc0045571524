/**
 * Real Redis clients on a simulated database: each region is a server on a port of its own, and the control language has one too. Virtual time follows
 * real time. The regions live in this thread, so the commands that one read brought run, and are answered, within that read.
 */
import type { Server, Socket } from 'node:net'
import type { Bytes } from '../../lib/index.ts'
import { error } from '../../engine/index.ts'
import { type Cluster, type LiveOptions, pace, type Pacer, type RealTime } from '../../simulation/index.ts'
import { LONGEST_BULK, type ParserLimits } from '../resp/command-parser.ts'
import { admit } from './access.ts'
import { Connection, type ConnectionOwner } from './connection.ts'
import { greeting, lineOf, resultReply } from './control-port.ts'
import { catchUp } from './catch-up.ts'
import { Hub, type Place } from './hub.ts'
import { listen, portOf } from './listen.ts'

export interface GatewayOptions {
  readonly host: string
  /** The first region's; the others follow. 0: any that are free. */
  readonly port: number
  readonly controlPort: number
  /** Undefined: everybody may come in. */
  readonly password: Bytes | undefined
  readonly openCluster: (live: LiveOptions) => Promise<OpenedCluster>
  /** Tells the operator something. */
  readonly note: (text: string) => void
}

export interface OpenedCluster {
  readonly cluster: Cluster
  /** Real time (ms since 1970) at which virtual time was 0: the regions' clocks show the real time. */
  readonly epochMs: number
  /** The highest number that a client already had. */
  readonly latestSession: number
}

/** As many as Redis takes by default. */
const MOST_CLIENTS = 10_000
const TOO_MANY = '-ERR max number of clients reached\r\n'
/** Browsers can be made to send these to a local port; Redis hangs up on them, too. */
const HTTP = /^(?:post|host:)$/i

let latestMs = 0

const realTime: RealTime = {
  // The clock on the wall, because clients name times by it; but it never goes back.
  now: () => (latestMs = Math.max(latestMs, Date.now())),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs)
    return () => clearTimeout(timer)
  },
}

export class Gateway {
  readonly cluster: Cluster
  readonly #options: GatewayOptions
  readonly #hub: Hub
  readonly #pacer: Pacer
  readonly #places: (Place & { readonly server: Server })[] = []
  #controlServer!: Server

  private constructor(options: GatewayOptions, cluster: Cluster, hub: Hub) {
    this.#options = options
    this.cluster = cluster
    this.#hub = hub
    // A server's clock is never late, whatever kept it busy.
    this.#pacer = pace(cluster, realTime, (problem) => options.note(textOf(problem)), Number.POSITIVE_INFINITY)
  }

  /** Rejects with a sentence when a port cannot be had. */
  static async open(options: GatewayOptions): Promise<Gateway> {
    const hub = new Hub()
    const { cluster, latestSession, epochMs } = await options.openCluster(liveOptions(hub, options.note))
    hub.latestSession = latestSession
    // Opening took time.
    await catchUp(cluster, epochMs)
    const gateway = new Gateway(options, cluster, hub)
    try {
      gateway.#controlServer = await gateway.#listen(options.controlPort, () => gateway.#controlDoor())
      await gateway.#openRegions()
    } catch (problem) {
      await gateway.close()
      throw problem
    }
    return gateway
  }

  /** Of the regions, in their order. */
  get ports(): readonly number[] {
    return this.#places.map(({ server }) => portOf(server))
  }

  get controlPort(): number {
    return portOf(this.#controlServer)
  }

  /** Closes everything; resolves when nothing listens any more. */
  async close(): Promise<void> {
    this.#pacer.stop()
    const servers = [...this.#places.map(({ server }) => server), this.#controlServer].filter(
      (server) => server !== undefined,
    )
    const closed = servers.map((server) => new Promise((done) => server.close(done)))
    this.#hub.flush()
    this.#hub.closeAll()
    await Promise.all(closed)
    this.cluster.close()
  }

  /** Lets every region be reached that runs, and no other. */
  async #openRegions(): Promise<void> {
    const { regions } = await this.cluster.status()
    const { port } = this.#options
    for (const place of this.#places) {
      const { region, name } = place
      const is = regions.find((one) => one.id === region)
      const now = is?.phase === 'gone' ? regions.find((one) => one.name === name && one.phase !== 'gone') : is
      place.region = now?.id ?? region
      place.running = now?.phase === 'running' || now?.phase === 'expelled'
    }
    for (const { id: region, name, phase } of regions) {
      if (phase === 'gone' || this.#places.some((place) => place.region === region)) continue
      const place: Place = { region, name, running: phase !== 'stopped' }
      const limits = { longestBulk: LONGEST_BULK }
      const at = port === 0 ? 0 : port + this.#places.length
      const server = await this.#listen(at, () => this.#regionDoor(place, limits), place)
      this.#places.push(Object.assign(place, { server }))
    }
  }

  #listen(port: number, door: () => ConnectionOwner, place?: Place): Promise<Server> {
    const { host, password } = this.#options
    return listen(host, port, (socket: Socket) => {
      if (place?.running === false) {
        socket.on('error', () => {})
        socket.resetAndDestroy()
        return
      }
      if (this.#hub.size >= MOST_CLIENTS) {
        socket.on('error', () => {})
        socket.end(TOO_MANY)
        return
      }
      const owner = door()
      const connection = new Connection(socket, this.#hub.nextSession(), password !== undefined, owner)
      this.#hub.add(connection, place)
      owner.onOpen(connection)
    })
  }

  #regionDoor({ region }: Place, limits: ParserLimits): ConnectionOwner {
    const { cluster } = this
    return {
      ...this.#door(),
      limits,
      onOpen: (connection) => {
        this.#pacer.catchUp()
        cluster.openSession(region, connection.session, connection.ends)
      },
      onCommand: (connection, argv) => {
        const admitted = this.#admit(connection, argv)
        if (admitted === undefined) return
        cluster.send(region, connection.session, admitted)
        if (isConfigSet(admitted)) {
          const longest = Number(cluster.setting(region, 'proto-max-bulk-len') ?? LONGEST_BULK)
          limits.longestBulk = Math.min(longest, LONGEST_BULK)
        }
      },
      onClose: (connection) => {
        this.#hub.remove(connection)
        this.#pacer.catchUp()
        void cluster.closeSession(region, connection.session)
        this.#pacer.settle()
      },
    }
  }

  #controlDoor(): ConnectionOwner {
    /** Lines, and what else this client says, are answered one after the other. */
    let answered = Promise.resolve()
    return {
      ...this.#door(),
      limits: { longestBulk: LONGEST_BULK },
      onOpen: () => {},
      onCommand: (connection, argv) => {
        const admitted = this.#admit(connection, argv)
        if (admitted !== undefined) answered = answered.then(() => this.#control(connection, admitted))
      },
      onClose: (connection) => this.#hub.remove(connection),
    }
  }

  #door(): Pick<ConnectionOwner, 'onBatchBegin' | 'onBatchEnd' | 'onOutput'> {
    return {
      onBatchBegin: () => {
        this.#hub.beginBatch()
        this.#pacer.catchUp()
      },
      onBatchEnd: () => {
        this.#pacer.settle()
        this.#hub.flush()
      },
      onOutput: (connection) => this.#hub.waits(connection),
    }
  }

  /** The command that the database gets, if any. */
  #admit(connection: Connection, argv: readonly Bytes[]): readonly Bytes[] | undefined {
    const { password } = this.#options
    if (HTTP.test(argv[0] ?? '')) {
      connection.destroy()
      return undefined
    }
    if (password === undefined) return argv
    const admission = admit(connection, argv, password)
    if ('argv' in admission) return admission.argv
    connection.say(admission.reply, 2)
    return undefined
  }

  async #control(connection: Connection, argv: readonly Bytes[]): Promise<void> {
    const greeted = greeting(argv)
    if (greeted !== undefined) {
      connection.say(greeted, 2)
      if (argv[0]?.toLowerCase() === 'quit') connection.end()
      return
    }
    connection.say(resultReply(await this.cluster.control(lineOf(argv))), 2)
    try {
      await this.#openRegions()
    } catch (problem) {
      this.#options.note(`a new region cannot be reached: ${textOf(problem)}`)
    }
    this.#pacer.settle()
  }
}

function liveOptions(hub: Hub, note: (text: string) => void): LiveOptions {
  return {
    onReply: (_region, { session, reply, resp, push }) => hub.of(session)?.say(reply, resp, push),
    onStopped: (region) => hub.closeRegion(region),
    onClosed: (_region, sessions) => sessions.forEach((session) => hub.of(session)?.end()),
    onFailure(region, session, problem) {
      note(`a command of client ${session} in region ${region} broke: ${textOf(problem)}`)
      hub.of(session)?.say(error('ERR internal error; the output of the gateway says more'), 2)
      hub.of(session)?.end()
    },
  }
}

function isConfigSet(argv: readonly Bytes[]): boolean {
  return argv.length > 3 && /^config$/i.test(argv[0] ?? '') && /^set$/i.test(argv[1] ?? '')
}

function textOf(problem: unknown): string {
  return problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)
}
