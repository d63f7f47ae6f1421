import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { projectPath } from '../../system/project.ts'

/** Servers and load each have a core of their own, so that neither takes the other's time. */
const SERVER_CORE = '0'
const START_WITHIN_MS = 20_000
const NANOSECONDS = 1e9

export interface Command {
  program: string
  args: readonly string[]
}

/** A server under test, alone on its core. */
export class Server {
  readonly port: number
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.port = port
  }

  /** Starts it and waits until it takes connections. */
  static async start({ program, args }: Command, port: number): Promise<Server> {
    const child = spawn('taskset', ['-c', SERVER_CORE, program, ...args], {
      cwd: projectPath('.'),
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const until = Date.now() + START_WITHIN_MS
    while (!(await isListening(port))) {
      if (Date.now() > until || child.exitCode !== null)
        throw new Error(`${program} does not listen on ${port}`)
      await sleep(50)
    }
    return new Server(child, port)
  }

  /** Starts one for as long as something is done with it. */
  static async use<Result>(
    command: Command,
    port: number,
    work: (server: Server) => Promise<Result>,
  ): Promise<Result> {
    const server = await Server.start(command, port)
    try {
      return await work(server)
    } finally {
      await server.kill()
    }
  }

  /** Its process, for a profiler; `taskset` has become the program itself. */
  pid(): number {
    if (this.#child.pid === undefined) throw new Error('the server was never started')
    return this.#child.pid
  }

  /** Seconds of processor time that its threads have used. */
  cpuSeconds(): number {
    const tasks = `/proc/${this.#child.pid}/task`
    const spent = readdirSync(tasks).map((task) =>
      Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]),
    )
    return spent.reduce((sum, one) => sum + one, 0) / NANOSECONDS
  }

  /** Memory in use, MiB. */
  memory(): number {
    const [, kibibytes = '0'] =
      /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.#child.pid}/status`, 'utf8')) ?? []
    return Number(kibibytes) / 1024
  }

  /** Ends it as a machine that fails does. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
  }
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' })
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
