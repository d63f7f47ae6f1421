import { inject } from 'vitest'
import { WebSocket } from 'ws'
import { SOCKET_PROTOCOL } from '../../packages/protocol/socket-protocol.ts'

/** After both Close frames the connection itself may stay for seconds: workerd's habit, and nothing to wait for. */
const CLOSE_TIMEOUT_MS = 300

export interface ConnectOptions {
  token?: string | undefined
  /** The last number that was heard. */
  after?: number | string
  /** As a browser has to: the token as a subprotocol, since it cannot send headers. */
  likeBrowser?: boolean
}

/** What a path of the API with a socket is like. */
export interface Line<Frame> {
  path: string
  /** Reads a frame of the server; throws where it is none. */
  read: (frame: unknown) => Frame
  /** How long something is waited for. */
  patienceMs: number
}

/** A WebSocket of the API, frame by frame. */
export class FrameClient<Frame extends { type: string }> {
  /** Everything heard, in order. */
  readonly frames: Frame[] = []
  closed: { code: number; reason: string } | undefined
  readonly #socket: WebSocket
  readonly #patienceMs: number
  #changed = Promise.withResolvers<void>()

  constructor({ path, read, patienceMs }: Line<Frame>, { token, after, likeBrowser = false }: ConnectOptions) {
    this.#patienceMs = patienceMs
    const query = after === undefined ? '' : `?after=${after}`
    const url = new URL(`${path}${query}`, inject('url').replace('http', 'ws'))
    const headers = token !== undefined && !likeBrowser ? { authorization: `Bearer ${token}` } : {}
    // Not written in place: the types of `ws` do not know the option yet.
    const settings = { headers, closeTimeout: CLOSE_TIMEOUT_MS }
    this.#socket = new WebSocket(url, likeBrowser ? [SOCKET_PROTOCOL, token ?? 'none'] : [], settings)
    this.#socket.on('message', (data) => {
      this.frames.push(read(JSON.parse(Buffer.isBuffer(data) ? data.toString() : '')))
      this.#wake()
    })
    this.#socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() }
      this.#wake()
    })
    this.#socket.on('error', (error) => this.#changed.reject(error))
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
  heard<Type extends Frame['type']>(type: Type): Extract<Frame, { type: Type }>[] {
    return this.frames.filter((frame): frame is Extract<Frame, { type: Type }> => frame.type === type)
  }

  /** Waits until something holds; a vain wait fails with what was heard. */
  async until(holds: () => boolean): Promise<void> {
    const deadline = Date.now() + this.#patienceMs
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
