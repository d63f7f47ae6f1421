import { inject } from 'vitest'
import { WebSocket } from 'ws'
import { HubServerFrame } from '../../packages/protocol/hub-server-frame.ts'
import { SOCKET_PROTOCOL } from '../../packages/protocol/socket-protocol.ts'

/** Longer than it takes until others are told that somebody has gone. */
const PATIENCE_MS = 15_000
/** After both Close frames the connection itself may stay for seconds: workerd's habit, and nothing to wait for. */
const CLOSE_TIMEOUT_MS = 300

export interface ConnectOptions {
  token?: string | undefined
  /** The last number that was heard. */
  after?: number | string
  /** As a browser has to: the token as a subprotocol, since it cannot send headers. */
  likeBrowser?: boolean
}

/** A device that is connected to its person's hub. */
export class HubClient {
  /** Everything heard, in order. */
  readonly frames: HubServerFrame[] = []
  closed: { code: number; reason: string } | undefined
  readonly #socket: WebSocket
  #changed = Promise.withResolvers<void>()

  constructor({ token, after, likeBrowser = false }: ConnectOptions) {
    const query = after === undefined ? '' : `?after=${after}`
    const url = new URL(`/api/v1/realtime${query}`, inject('url').replace('http', 'ws'))
    const headers = token !== undefined && !likeBrowser ? { authorization: `Bearer ${token}` } : {}
    // Not written in place: the types of `ws` do not know the option yet.
    const settings = { headers, closeTimeout: CLOSE_TIMEOUT_MS }
    this.#socket = new WebSocket(url, likeBrowser ? [SOCKET_PROTOCOL, token ?? 'none'] : [], settings)
    this.#socket.on('message', (data) => {
      this.frames.push(HubServerFrame.parse(JSON.parse(Buffer.isBuffer(data) ? data.toString() : '')))
      this.#wake()
    })
    this.#socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() }
      this.#wake()
    })
    this.#socket.on('error', (error) => this.#changed.reject(error))
  }

  /** Connects and waits for the greeting. */
  static async connect(options: ConnectOptions): Promise<HubClient> {
    const client = new HubClient(options)
    await client.until(() => client.frames.length > 0)
    return client
  }

  /** The subprotocol that the server chose. */
  get protocol(): string {
    return this.#socket.protocol
  }

  say(frame: unknown): void {
    this.#socket.send(typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame))
  }

  hangUp(): void {
    this.#socket.close()
  }

  /** Everything of one type heard so far. */
  heard<Type extends HubServerFrame['type']>(type: Type): Extract<HubServerFrame, { type: Type }>[] {
    return this.frames.filter((frame): frame is Extract<HubServerFrame, { type: Type }> => frame.type === type)
  }

  /** The durable events heard so far. */
  events() {
    return this.frames.filter((frame) => 'seq' in frame && frame.type !== 'snapshot')
  }

  /** Waits until something holds; a vain wait fails with what was heard. */
  async until(holds: () => boolean): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS
    while (!holds()) {
      const left = deadline - Date.now()
      const heard = () => `${JSON.stringify(this.frames.slice(-5))}, closed: ${JSON.stringify(this.closed)}`
      if (left <= 0) throw new Error(`Waited in vain; the last of ${this.frames.length} frames: ${heard()}`)
      await Promise.race([this.#changed.promise, new Promise((resolve) => setTimeout(resolve, left))])
    }
  }

  /** Waits for the end, and says how it came. */
  async untilClosed(): Promise<{ code: number; reason: string }> {
    await this.until(() => this.closed !== undefined)
    return this.closed ?? { code: 0, reason: 'open' }
  }

  #wake(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }
}
