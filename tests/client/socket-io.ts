import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import { inject } from 'vitest'
import { newAddress } from './people.ts'

const PATIENCE_MS = 10_000

/** What a client was told, with everything that came along. */
export interface Heard {
  name: string
  args: unknown[]
}

export type SocketIoOptions = Partial<ManagerOptions & SocketOptions>

/** An app with the client from npm as it is. */
export class SocketIoClient {
  readonly socket: Socket
  /** Everything told, in order. */
  readonly heard: Heard[] = []
  readonly refusals: { message: string; data: unknown }[] = []
  readonly disconnects: { reason: string; code: unknown; closed: unknown }[] = []
  connects = 0
  #changed = Promise.withResolvers<void>()

  constructor(token: string | undefined, options: SocketIoOptions = {}) {
    const auth = token === undefined ? {} : { token }
    this.socket = io(inject('url'), { auth, forceNew: true, extraHeaders: newAddress(), ...options })
    this.socket.onAny((name: string, ...args: unknown[]) => this.#note(() => this.heard.push({ name, args })))
    this.socket.on('connect', () => this.#note(() => (this.connects += 1)))
    this.socket.on('connect_error', (error) => {
      const data: unknown = 'data' in error ? error.data : undefined
      this.#note(() => this.refusals.push({ message: error.message, data }))
    })
    this.socket.on('disconnect', (reason, details) => {
      const context: unknown = typeof details === 'object' && 'context' in details ? details.context : undefined
      const { code, reason: closed } = closeOf(context)
      this.#note(() => this.disconnects.push({ reason, code, closed }))
    })
  }

  /** Connects and waits until it is greeted. */
  static async connect(token: string, options: SocketIoOptions = {}): Promise<SocketIoClient> {
    const client = new SocketIoClient(token, options)
    await client.until(() => client.events('realtime:snapshot').length > 0)
    return client
  }

  /** The first argument of every event of that name. */
  events(name: string): unknown[] {
    return this.heard.filter((event) => event.name === name).map(({ args }) => args[0])
  }

  /** Sends an event and waits for its acknowledgement. */
  ask(name: string, ...args: unknown[]): Promise<unknown> {
    return this.socket.timeout(PATIENCE_MS).emitWithAck(name, ...args)
  }

  get transport(): string {
    return this.socket.io.engine.transport.name
  }

  /** Waits until something holds; a vain wait fails with what was heard. */
  async until(holds: () => boolean): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS
    while (!holds()) {
      const left = deadline - Date.now()
      const story = { heard: this.heard.slice(-5), refusals: this.refusals, disconnects: this.disconnects }
      if (left <= 0) throw new Error(`Waited in vain: ${JSON.stringify(story)}`)
      await Promise.race([this.#changed.promise, new Promise((resolve) => setTimeout(resolve, left))])
    }
  }

  hangUp(): void {
    this.socket.disconnect()
  }

  /** The network is gone for a moment: the connection breaks off without a word. */
  breakOff(): void {
    this.socket.io.engine.close()
  }

  #note(change: () => void): void {
    change()
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }
}

function closeOf(context: unknown): { code: unknown; reason: unknown } {
  if (typeof context !== 'object' || context === null || !('code' in context))
    return { code: undefined, reason: undefined }
  return { code: context.code, reason: 'reason' in context ? context.reason : undefined }
}
