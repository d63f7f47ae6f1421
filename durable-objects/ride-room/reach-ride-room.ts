import type { DriverFix } from '#packages/protocol/client-frame.ts'
import type { RideEvent } from '#packages/protocol/ride-event.ts'
import { ROOM_PASS_HEADER, type RoomPass } from '#packages/protocol/room-pass.ts'
import type { TraceLine } from '#packages/protocol/server-frame.ts'
import type { LookOutcome } from '#packages/ride-room/look-at-ride.ts'
import type { ReportOutcome } from '#packages/ride-room/report-positions.ts'
import { handOver } from '../sockets/hand-over.ts'
import { retryReach } from '../sockets/retry-reach.ts'
import type { RideRoom } from './ride-room.ts'

export type RideRooms = DurableObjectNamespace<RideRoom>

/**
 * Hands a WebSocket upgrade to the ride's room with the pass of who asks.
 * @returns 101 with the socket; a refusal comes as a Close frame after it. 426 when the request is not an upgrade.
 * @throws what the platform throws when the room cannot be reached
 */
export function joinRideRoom(rooms: RideRooms, pass: RoomPass, request: Request): Promise<Response> {
  const joining = handOver(ROOM_PASS_HEADER, pass, request)
  return retryReach(() => rooms.getByName(pass.ride.id).fetch('https://ride-room/', joining))
}

/**
 * Tells the ride's room what was committed. Safe to repeat: the room knows events by their id.
 * @throws what the platform throws when the room cannot be reached; the caller's outbox tries again
 */
export function announceToRide(rooms: RideRooms, rideId: string, events: readonly RideEvent[]): Promise<void> {
  return retryReach(() => rooms.getByName(rideId).announce(events))
}

/** What somebody sees of a ride at this moment, with the rights of a socket. */
export function lookAtRide(rooms: RideRooms, pass: RoomPass): Promise<LookOutcome> {
  return retryReach(async () => await rooms.getByName(pass.ride.id).look(pass))
}

/** Hands in positions of the ride's driver. Safe to repeat: what is not newer than the last one is dropped. */
export function reportToRide(
  rooms: RideRooms,
  pass: RoomPass,
  positions: readonly DriverFix[],
): Promise<ReportOutcome> {
  return retryReach(async () => await rooms.getByName(pass.ride.id).report(pass, positions))
}

/** The way so far, as long as the database does not have it; null where the room knows of none. */
export function rideTrace(rooms: RideRooms, rideId: string): Promise<TraceLine | null> {
  return retryReach(async () => await rooms.getByName(rideId).readTrace())
}
