import { serialize } from 'pg-protocol'
import { EmbeddedEngine, type EngineOptions } from './embedded-engine.ts'
import { CHECKPOINT_EVERY_MS, LOCK_WAIT_MS } from './limits.ts'
import { SessionLock } from './session-lock.ts'

const ROLLBACK = serialize.query('ROLLBACK')
const FORGET = serialize.query('DISCARD ALL')
const CHECKPOINT = serialize.query('CHECKPOINT')

export interface ServerOptions extends EngineOptions {
  /** How long to wait for another connection's transaction, ms; LOCK_WAIT_MS if absent. */
  lockWaitMs?: number
}

/** The engine's one session, lent to one connection at a time and swept before the next one gets it. */
export class EmbeddedServer {
  readonly #engine: EmbeddedEngine
  readonly #lock = new SessionLock()
  readonly #lockWaitMs: number
  readonly #checkpoints: NodeJS.Timeout
  #lastUser: object | undefined
  #hasNewLog = false

  private constructor(engine: EmbeddedEngine, lockWaitMs: number) {
    this.#engine = engine
    this.#lockWaitMs = lockWaitMs
    this.#checkpoints = setInterval(() => {
      if (this.#hasNewLog) this.#checkpoint().catch(() => undefined)
    }, CHECKPOINT_EVERY_MS).unref()
  }

  /** Resolves with the greeting for clients once the server takes queries. */
  static async start(options: ServerOptions): Promise<{ server: EmbeddedServer; greeting: Uint8Array }> {
    const engine = new EmbeddedEngine(options)
    try {
      const greeting = await engine.opened
      return { server: new EmbeddedServer(engine, options.lockWaitMs ?? LOCK_WAIT_MS), greeting }
    } catch (error) {
      await engine.close()
      throw error
    }
  }

  /** Waits for the session; false when that took too long. `prepare` is run first if somebody else used it in between. */
  async enter(user: object, prepare: Uint8Array[]): Promise<boolean> {
    if (this.#lock.isHeldBy(user)) return true
    if (!(await this.#lock.acquire(user, this.#lockWaitMs))) return false
    if (this.#lastUser !== user) {
      this.#lastUser = user
      await this.execute([FORGET, ...prepare])
    }
    return true
  }

  async execute(messages: Uint8Array[]): Promise<Buffer> {
    this.#hasNewLog = true
    const reply = await this.#engine.execute(Buffer.concat(messages))
    return Buffer.from(reply.buffer, reply.byteOffset, reply.byteLength)
  }

  /** Only between transactions. */
  leave(user: object): void {
    this.#lock.release(user)
  }

  /** Gives the session back in whatever state it is. */
  async abandon(user: object): Promise<void> {
    if (!this.#lock.isHeldBy(user)) return
    await this.execute([serialize.sync(), ROLLBACK]).catch(() => undefined)
    this.leave(user)
  }

  /** Rejects when a transaction keeps the session for too long. */
  async dump(): Promise<Uint8Array> {
    return await this.#exclusively(async () => {
      await this.execute([CHECKPOINT])
      return await this.#engine.dump()
    })
  }

  async close(): Promise<void> {
    clearInterval(this.#checkpoints)
    await this.#engine.close()
  }

  async #checkpoint(): Promise<void> {
    await this.#exclusively(async () => {
      await this.execute([CHECKPOINT])
      this.#hasNewLog = false
    })
  }

  async #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const user = {}
    if (!(await this.enter(user, []))) throw new Error('The database is busy with a transaction')
    try {
      return await work()
    } finally {
      this.leave(user)
    }
  }
}
