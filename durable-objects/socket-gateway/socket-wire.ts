import type { Data } from '#packages/socketio/effect.ts'
import type { Wire } from '#packages/socketio/engine-types.ts'

/** A hibernatable WebSocket as the engine uses it. The platform throws on a socket that is gone; the engine need not care. */
export class SocketWire implements Wire {
  readonly socket: WebSocket
  readonly sid: string

  constructor(socket: WebSocket, sid: string) {
    this.socket = socket
    this.sid = sid
  }

  send(data: Data): void {
    try {
      this.socket.send(data)
    } catch {
      // It is gone; its close event says so.
    }
  }

  close(code: number, reason: string): void {
    try {
      this.socket.close(code, reason)
    } catch {
      // It is closed already.
    }
  }
}
