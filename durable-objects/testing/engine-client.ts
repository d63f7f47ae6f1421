import { env } from 'cloudflare:workers'
import type { SocketGateways } from '../socket-gateway/reach-gateway.ts'
import { SocketClient, socketOf } from './frame-client.ts'

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
export class EngineClient extends SocketClient<string> {
  private constructor(socket: WebSocket) {
    super(socket, (text) => text)
  }

  /** @param sid of the polling session that it is to take over */
  static async open(shard: string, sid?: string): Promise<EngineClient> {
    const query = `EIO=4&transport=websocket${sid === undefined ? '' : `&sid=${sid}`}`
    const headers = { Upgrade: 'websocket' }
    const url = `https://api.test/socket.io/?${query}`
    return new EngineClient(socketOf(await gateways.getByName(shard).fetch(url, { headers })))
  }

  /** The arguments of every event of that name. */
  events(name: string): unknown[][] {
    return this.frames.flatMap((frame) => {
      if (!frame.startsWith('42[')) return []
      const [heard, ...args]: unknown[] = JSON.parse(frame.slice(2))
      return heard === name ? [args] : []
    })
  }

  /** Waits for a frame that begins so. */
  async heard(start: string): Promise<string> {
    const find = () => this.frames.find((frame) => frame.startsWith(start))
    await this.until(() => find() !== undefined)
    return find() ?? ''
  }
}
