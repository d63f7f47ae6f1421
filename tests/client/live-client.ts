import { inject } from 'vitest'
import { WebSocket } from 'ws'
import { ServerFrame } from '../../packages/protocol/server-frame.ts'
import { SOCKET_PROTOCOL } from '../../packages/protocol/socket-protocol.ts'
import type { Trip } from './trips.ts'

const PATIENCE_MS = 5_000
/** After both Close frames the connection itself may stay for seconds: workerd's habit, and nothing to wait for. */
const CLOSE_TIMEOUT_MS = 300

export interface JoinOptions {
  token?: string | undefined
  /** The last number that was heard. */
  after?: number | string
  /** As a browser has to: the token as a subprotocol, since it cannot send headers. */
  likeBrowser?: boolean
  /** The token of a share link, for somebody who watches through it. */
  link?: string
}

/** A socket in a ride's room. */
export class LiveClient {
  /** Everything heard, in order. */
  readonly frames: ServerFrame[] = []
  closed: { code: number; reason: string } | undefined
  readonly #socket: WebSocket
  #changed = Promise.withResolvers<void>()

  constructor(rideId: string, { token, after, likeBrowser = false, link }: JoinOptions) {
    const query = after === undefined ? '' : `?after=${after}`
    const path = link === undefined ? `/api/v1/rides/${rideId}/live` : `/api/v1/share/${link}/live`
    const url = new URL(`${path}${query}`, inject('url').replace('http', 'ws'))
    const headers = token !== undefined && !likeBrowser ? { authorization: `Bearer ${token}` } : {}
    // Not written in place: the types of `ws` do not know the option yet.
    const settings = { headers, closeTimeout: CLOSE_TIMEOUT_MS }
    this.#socket = new WebSocket(url, likeBrowser ? [SOCKET_PROTOCOL, token ?? 'none'] : [], settings)
    this.#socket.on('message', (data) => {
      this.frames.push(ServerFrame.parse(JSON.parse(Buffer.isBuffer(data) ? data.toString() : '')))
      this.#wake()
    })
    this.#socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() }
      this.#wake()
    })
    this.#socket.on('error', (error) => this.#changed.reject(error))
  }

  /** Joins and waits for the greeting. */
  static async join(trip: Trip, options: JoinOptions): Promise<LiveClient> {
    const client = new LiveClient(trip.rideId, options)
    await client.until(() => client.heard('snapshot').length > 0)
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
  heard<Type extends ServerFrame['type']>(type: Type): Extract<ServerFrame, { type: Type }>[] {
    return this.frames.filter((frame): frame is Extract<ServerFrame, { type: Type }> => frame.type === type)
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

/** A position frame; each step is a bit further on the way and a second later. */
export function positionFrame(step: number) {
  const at = new Date(Date.UTC(2026, 0, 1) + step * 1000).toISOString()
  return { type: 'position', lat: 12.97, lng: 77.59 + step / 1000, speed: 14, heading: 90, accuracy: 8, at }
}

/** Which steps a client has heard, in the order it heard them. */
export function stepsHeard(client: LiveClient): number[] {
  return client.heard('position').map(({ lng }) => Math.round((lng - 77.59) * 1000))
}
