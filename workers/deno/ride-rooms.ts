import type { RideEvent } from '#packages/protocol/ride-event.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import type { Log } from '../http/log.ts'
import { LiveRoom } from './live-room.ts'
import type { RoomSocket } from './upgrade-socket.ts'

/** The rooms of all rides, in this process and nowhere else. */
export class RideRooms {
  readonly #rooms = new Map<string, LiveRoom>()
  readonly #log: Log
  readonly #clock: () => number

  constructor(log: Log, clock: () => number = Date.now) {
    this.#log = log
    this.#clock = clock
  }

  get size(): number {
    return this.#rooms.size
  }

  /** Puts who holds the pass into the room of its ride as soon as the socket is open. */
  join(socket: RoomSocket, pass: RoomPass, after: number | null): void {
    socket.addEventListener('open', () => this.#roomOf(pass.ride.id).join(socket, pass, after))
  }

  announce(rideId: string, events: readonly RideEvent[]): void {
    this.#roomOf(rideId).announce(events)
  }

  /** Forgets rooms that nothing is lost with. */
  forgetIdle(): void {
    for (const [rideId, room] of this.#rooms) {
      if (!room.isIdle()) continue
      room.close()
      this.#rooms.delete(rideId)
    }
  }

  /** Ends every room and its sockets. */
  close(): void {
    for (const room of this.#rooms.values()) room.close()
    this.#rooms.clear()
  }

  #roomOf(rideId: string): LiveRoom {
    const known = this.#rooms.get(rideId)
    if (known) return known
    const onError = (error: unknown) => this.#log.error('ride room', { rideId, error })
    const room = new LiveRoom(rideId, this.#clock, onError)
    this.#rooms.set(rideId, room)
    return room
  }
}
