import { env } from 'cloudflare:workers'
import type { SocketGateways } from '../socket-gateway/reach-gateway.ts'

/** `vitest.workerd.config.ts` binds that name to the class. */
function hasGateways(bindings: object): bindings is { SOCKET_GATEWAY: SocketGateways } {
  return 'SOCKET_GATEWAY' in bindings
}

function bindGateways(): SocketGateways {
  if (!hasGateways(env)) throw new Error('the test Worker has no SOCKET_GATEWAY binding')
  return env.SOCKET_GATEWAY
}

export const gateways = bindGateways()

const HANDSHAKE_AT = 1

/** A request of the polling transport. */
export function poll(shard: string, sid?: string, body?: string): Promise<Response> {
  const query = `EIO=4&transport=polling${sid === undefined ? '' : `&sid=${sid}`}`
  const init = body === undefined ? {} : { method: 'POST', body }
  return gateways.getByName(shard).fetch(`https://api.test/socket.io/?${query}`, init)
}

/** Opens a session by polling. */
export async function openPolling(shard: string): Promise<string> {
  const text = await (await poll(shard)).text()
  return String(Object(JSON.parse(text.slice(HANDSHAKE_AT))).sid)
}

/** The WebSocket of a client, packet by packet. */
export class EngineClient {
  /** Every frame heard, in order. */
  readonly frames: string[] = []
  closed: { code: number; reason: string } | null = null
  readonly #socket: WebSocket
  #changed = Promise.withResolvers<void>()

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.accept()
    socket.addEventListener('message', ({ data }) => {
      this.frames.push(String(data))
      this.#wake()
    })
    socket.addEventListener('close', ({ code, reason }) => {
      this.closed = { code, reason }
      this.#wake()
    })
  }

  /** @param sid of the polling session that it is to take over */
  static async open(shard: string, sid?: string): Promise<EngineClient> {
    const query = `EIO=4&transport=websocket${sid === undefined ? '' : `&sid=${sid}`}`
    const headers = { Upgrade: 'websocket' }
    const { webSocket } = await gateways
      .getByName(shard)
      .fetch(`https://api.test/socket.io/?${query}`, { headers })
    if (webSocket === null) throw new Error('no socket came')
    return new EngineClient(webSocket)
  }

  say(frame: string | Uint8Array): void {
    this.#socket.send(frame)
  }

  hangUp(): void {
    this.#socket.close(1000, 'bye')
  }

  /** The arguments of every event of that name. */
  events(name: string): unknown[][] {
    return this.frames.flatMap((frame) => {
      if (!frame.startsWith('42[')) return []
      const [heard, ...args]: unknown[] = JSON.parse(frame.slice(2))
      return heard === name ? [args] : []
    })
  }

  /** Waits until something holds; the test's own timeout ends a vain wait. */
  async until(holds: (client: this) => boolean): Promise<void> {
    while (!holds(this)) await this.#changed.promise
  }

  /** Waits for a frame that begins so. */
  async heard(start: string): Promise<string> {
    const find = () => this.frames.find((frame) => frame.startsWith(start))
    await this.until(() => find() !== undefined)
    return find() ?? ''
  }

  #wake(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }
}
