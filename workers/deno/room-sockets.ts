import type { MemberId } from '#packages/ride-room/effect.ts'
import type { RoomSocket } from './upgrade-socket.ts'

const OPEN = 1
/** Bytes that may wait for a slow client before it hears no more of what is replaced by a newer frame, … */
const MAX_WAITING_BYTES = 64 * 1024
/** … and before it is given up; it comes back and is greeted with where things stand. */
const MAX_BUFFERED_BYTES = 1024 * 1024
/** RFC 6455, 7.4.1: the server cannot go on. Clients come back. */
const GIVEN_UP = 1011

/** The sockets of a room in this process, by member id. */
export class RoomSockets {
  readonly #sockets = new Map<MemberId, RoomSocket>()

  get size(): number {
    return this.#sockets.size
  }

  ids(): MemberId[] {
    return [...this.#sockets.keys()]
  }

  add(id: MemberId, socket: RoomSocket): void {
    this.#sockets.set(id, socket)
  }

  delete(id: MemberId): void {
    this.#sockets.delete(id)
  }

  /** @param latest present where a newer frame will make up for one that is left out */
  send(to: readonly MemberId[], frame: string, latest?: string): void {
    for (const id of to) {
      const socket = this.#sockets.get(id)
      // One that is closing leaves the room with its close event.
      if (socket?.readyState !== OPEN) continue
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.close(GIVEN_UP, 'internal')
      else if (latest === undefined || socket.bufferedAmount <= MAX_WAITING_BYTES) socket.send(frame)
    }
  }

  close(id: MemberId, code: number, reason: string): void {
    const socket = this.#sockets.get(id)
    this.#sockets.delete(id)
    socket?.close(code, reason)
  }
}
