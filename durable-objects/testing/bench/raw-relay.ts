import { DurableObject } from 'cloudflare:workers'

/**
 * The limit of the runtime: what one socket says goes to all others, with no logic whatsoever. Hibernates, and keeps its
 * list of sockets between joins, as ours does.
 */
export class RawRelay extends DurableObject {
  #sockets: WebSocket[] | null = null

  override async fetch(): Promise<Response> {
    const { 0: client, 1: server } = new WebSocketPair()
    this.ctx.acceptWebSocket(server)
    this.#sockets = null
    return new Response(null, { status: 101, webSocket: client })
  }

  override webSocketMessage(from: WebSocket, message: string | ArrayBuffer): void {
    this.#sockets ??= this.ctx.getWebSockets()
    for (const socket of this.#sockets) if (socket !== from) socket.send(message)
  }

  override webSocketClose(): void {
    this.#sockets = null
  }
}
