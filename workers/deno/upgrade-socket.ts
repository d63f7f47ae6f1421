import { SOCKET_PROTOCOL } from '#packages/protocol/socket-protocol.ts'

/** What the rooms need of a WebSocket. */
export type RoomSocket = Pick<
  WebSocket,
  'readyState' | 'bufferedAmount' | 'send' | 'close' | 'addEventListener'
>

/** `Deno.upgradeWebSocket`; handed in, so that everything but the entry runs, and is tested, without Deno. */
export type Upgrade = (
  request: Request,
  options: { protocol?: string },
) => { socket: RoomSocket; response: Response }

const PROTOCOLS = 'sec-websocket-protocol'

/**
 * The request as the application gets it: the same, unless it asks for a WebSocket. Then it loses `Origin`, since CORS
 * is not about sockets and Hono cannot write its headers into Deno's reply to an upgrade; its subprotocols are listed
 * with a space behind each comma, which browsers send and Deno insists on; and an upgrade that Deno would not perform
 * is none.
 */
export function readyForUpgrade(request: Request): Request {
  if (!request.headers.has('upgrade')) return request
  const headers = new Headers(request.headers)
  headers.delete('origin')
  const protocols = listOf(headers.get(PROTOCOLS))
  if (protocols.length > 0) headers.set(PROTOCOLS, protocols.join(', '))
  if (request.method !== 'GET' || !canUpgrade(headers)) headers.delete('upgrade')
  // Not a copy: Deno upgrades only the request that it made, or an object that inherits from it.
  return Object.create(request, { headers: { value: headers } })
}

function canUpgrade(headers: Headers): boolean {
  return headers.has('sec-websocket-key') && /\bupgrade\b/i.test(headers.get('connection') ?? '')
}

/** Turns a request of `readyForUpgrade` into a socket, which is not open before the response has left. */
export function upgradeSocket(upgrade: Upgrade, request: Request): ReturnType<Upgrade> {
  const offered = listOf(request.headers.get(PROTOCOLS)).includes(SOCKET_PROTOCOL)
  return upgrade(request, offered ? { protocol: SOCKET_PROTOCOL } : {})
}

function listOf(header: string | null): string[] {
  return header === null ? [] : header.split(',').map((item) => item.trim())
}
