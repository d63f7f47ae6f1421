import type { RoomOfGateway } from '#packages/gateway/ports.ts'
import type { DriverFix } from '#packages/protocol/client-frame.ts'
import type { Aside, GatewayLink, JoinOutcome, LinkedJoiner, Said } from '#packages/protocol/gateway-link.ts'
import type { RideEvent } from '#packages/protocol/ride-event.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import type { TraceLine } from '#packages/protocol/server-frame.ts'
import type { LookOutcome } from '#packages/ride-room/look-at-ride.ts'
import type { ReportOutcome } from '#packages/ride-room/report-positions.ts'
import type { Log } from '../http/log.ts'
import { LiveRoom, type RoomSurroundings } from './live-room.ts'
import type { RoomSocket } from './upgrade-socket.ts'

export interface RoomsOfProcess extends Pick<RoomSurroundings, 'database' | 'gateway'> {
  log: Log
  clock?: () => number
}

/** The rooms of all rides, in this process and nowhere else. */
export class RideRooms {
  readonly #rooms = new Map<string, LiveRoom>()
  readonly #surroundings: RoomSurroundings

  constructor({ log, database, gateway, clock = Date.now }: RoomsOfProcess) {
    const onError = (rideId: string, error: unknown) => log.error('ride room', { rideId, error })
    this.#surroundings = { database, gateway, clock, onError }
  }

  get size(): number {
    return this.#rooms.size
  }

  /** Puts who holds the pass into the room of its ride as soon as the socket is open. */
  join(socket: RoomSocket, pass: RoomPass, after: number | null): void {
    socket.addEventListener('open', () => this.#roomOf(pass.ride.id).join(socket, pass, after))
  }

  joinVia(rideId: string, joiners: readonly LinkedJoiner[]): JoinOutcome[] {
    return joiners.map(({ link, pass }) => this.#roomOf(rideId).joinVia(link, pass))
  }

  sayVia(rideId: string, link: GatewayLink, frames: readonly string[], aside?: Aside): Said {
    return this.#rooms.get(rideId)?.sayVia(link, frames, aside) ?? { known: false, orders: [] }
  }

  leaveVia(rideId: string, link: GatewayLink, gone?: readonly string[]): void {
    this.#rooms.get(rideId)?.leaveVia(link, gone)
  }

  /** The room of a ride as a gateway asks it. */
  of(rideId: string): RoomOfGateway {
    return {
      joinVia: async (joiners) => this.joinVia(rideId, joiners),
      sayVia: async (...saying) => this.sayVia(rideId, ...saying),
      leaveVia: async (...leaving) => this.leaveVia(rideId, ...leaving),
    }
  }

  announce(rideId: string, events: readonly RideEvent[]): void {
    this.#roomOf(rideId).announce(events)
  }

  look(pass: RoomPass): LookOutcome {
    return this.#roomOf(pass.ride.id).look(pass)
  }

  report(pass: RoomPass, positions: readonly DriverFix[]): ReportOutcome {
    return this.#roomOf(pass.ride.id).report(pass, positions)
  }

  trace(rideId: string): TraceLine | null {
    return this.#rooms.get(rideId)?.trace() ?? null
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
    const room = new LiveRoom(rideId, this.#surroundings)
    this.#rooms.set(rideId, room)
    return room
  }
}
