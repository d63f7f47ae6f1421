import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))
const START_PATIENCE_MS = 60_000
const READY = /Margwa.* is up/

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = z.object({ port: z.number() }).parse(server.address())
  server.close()
  await once(server, 'close')
  return port
}

export interface DevOptions {
  port: number
  inboxPort: number
  dataDir: string
  reset?: boolean
}

/** `npm run dev` as its own process. */
export class DevProcess {
  readonly url: string
  readonly inboxUrl: string
  output = ''
  readonly #child: ChildProcess
  readonly #exited: Promise<number | null>

  constructor({ port, inboxPort, dataDir, reset = false }: DevOptions) {
    this.url = `http://127.0.0.1:${port}`
    this.inboxUrl = `http://127.0.0.1:${inboxPort}`
    const options = ['--port', String(port), '--inbox-port', String(inboxPort), '--data', dataDir]
    const { DATABASE_URL: _, REDIS_URL: __, VITEST: ___, ...env } = process.env
    this.#child = spawn(process.execPath, ['scripts/dev.ts', ...options, ...(reset ? ['--reset'] : [])], {
      cwd: PROJECT,
      env: { ...env, NO_COLOR: '1' },
    })
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (text: Buffer) => {
        this.output += text.toString()
      })
    this.#exited = once(this.#child, 'exit').then(([code]) => z.number().nullable().parse(code))
  }

  /** Starts one and waits until it says that it is up. */
  static async start(options: DevOptions): Promise<DevProcess> {
    const dev = new DevProcess(options)
    const deadline = Date.now() + START_PATIENCE_MS
    while (!READY.test(dev.output)) {
      if (dev.#child.exitCode !== null || Date.now() > deadline)
        throw new Error(`The dev process did not start:\n${dev.output}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return dev
  }

  /** The exit code, once it has ended; null after a signal. */
  exitCode(): Promise<number | null> {
    return this.#exited
  }

  /** @returns the exit code */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    this.#child.kill(signal)
    return this.#exited
  }
}
