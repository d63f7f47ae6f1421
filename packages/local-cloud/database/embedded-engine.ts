import { Worker } from 'node:worker_threads'
import { CLOSE_GRACE_MS, ENGINE_STACK_MB } from './limits.ts'

/** What the engine's thread is asked, one at a time in the order of asking. */
export type EngineCall = { id: number } & (
  | { method: 'execute'; bytes: Uint8Array }
  | { method: 'dump' }
  | { method: 'close' }
)

/** `id` 0 is the answer to opening. */
export type EngineAnswer = { id: number; bytes: Uint8Array } | { id: number; error: string }

export interface EngineOptions {
  /** Absent: in memory. */
  directory?: string | undefined
  /** A dump to start from. Absent: a new or existing database. */
  dump?: Uint8Array | undefined
}

type Waiting = PromiseWithResolvers<Uint8Array>
type CallBody = { method: 'execute'; bytes: Uint8Array } | { method: 'dump' } | { method: 'close' }

/** PGlite in a thread of its own, so that a long statement does not stop the process. Bytes in, bytes out. */
export class EmbeddedEngine {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  readonly #exited: Promise<void>
  #failure: Error | undefined
  #lastId = 0

  /** Call `opened` first. */
  constructor(options: EngineOptions) {
    this.#worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), {
      workerData: options,
      resourceLimits: { stackSizeMb: ENGINE_STACK_MB },
    })
    this.#worker.on('message', (answer: EngineAnswer) => this.#settle(answer))
    this.#worker.on('error', (error) => this.#fail(error))
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#fail(new Error('The embedded database has stopped'))
        resolve()
      })
    })
    this.opened = this.#wait(0)
  }

  /** The server's greeting, once it is ready. Rejects when the directory or the dump cannot be opened. */
  readonly opened: Promise<Uint8Array>

  /** Runs whole protocol messages, the last of which asks for an answer, and gives all that the server said. */
  execute(bytes: Uint8Array): Promise<Uint8Array> {
    const owned = new Uint8Array(bytes)
    return this.#call({ method: 'execute', bytes: owned }, [owned.buffer])
  }

  /** The data directory as gzip tar. */
  dump(): Promise<Uint8Array> {
    return this.#call({ method: 'dump' })
  }

  async close(): Promise<void> {
    const stop = setTimeout(() => void this.#worker.terminate(), CLOSE_GRACE_MS)
    await this.#call({ method: 'close' }).catch(() => undefined)
    clearTimeout(stop)
    await this.#worker.terminate()
    await this.#exited
  }

  #call(body: CallBody, transfer: ArrayBuffer[] = []): Promise<Uint8Array> {
    if (this.#failure) return Promise.reject(this.#failure)
    this.#lastId += 1
    this.#worker.postMessage({ id: this.#lastId, ...body } satisfies EngineCall, transfer)
    return this.#wait(this.#lastId)
  }

  #wait(id: number): Promise<Uint8Array> {
    const waiting = Promise.withResolvers<Uint8Array>()
    this.#waiting.set(id, waiting)
    return waiting.promise
  }

  #settle(answer: EngineAnswer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if ('error' in answer) waiting?.reject(new Error(answer.error))
    else waiting?.resolve(answer.bytes)
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const waiting of this.#waiting.values()) waiting.reject(this.#failure)
    this.#waiting.clear()
  }
}
