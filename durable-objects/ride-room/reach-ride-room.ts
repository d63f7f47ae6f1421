import type { RideEvent } from '#packages/protocol/ride-event.ts'
import { RESUME_AFTER_HEADER, ROOM_PASS_HEADER, type RoomPass } from '#packages/protocol/room-pass.ts'
import { retryReach } from './retry-reach.ts'
import type { RideRoom } from './ride-room.ts'

export type RideRooms = DurableObjectNamespace<RideRoom>

/**
 * Hands a WebSocket upgrade to the ride's room with the pass of who asks. The room gets a request of our making: of
 * the client's only the upgrade and `?after=<seq>` go along, so no header of a client can pass for ours, and no token
 * in the address is stored with the socket, as partyserver would.
 * @returns 101 with the socket; a refusal comes as a Close frame after it. 426 when the request is not an upgrade.
 * @throws what the platform throws when the room cannot be reached
 */
export function joinRideRoom(rooms: RideRooms, pass: RoomPass, request: Request): Promise<Response> {
  const headers = new Headers({ [ROOM_PASS_HEADER]: JSON.stringify(pass) })
  const upgrade = request.headers.get('Upgrade')
  if (upgrade !== null) headers.set('Upgrade', upgrade)
  const after = new URL(request.url).searchParams.get('after')
  if (after !== null) headers.set(RESUME_AFTER_HEADER, after)
  return retryReach(() => rooms.getByName(pass.ride.id).fetch('https://ride-room/', { headers }))
}

/**
 * Tells the ride's room what was committed. Safe to repeat: the room knows events by their id.
 * @throws what the platform throws when the room cannot be reached; the caller's outbox tries again
 */
export function announceToRide(rooms: RideRooms, rideId: string, events: readonly RideEvent[]): Promise<void> {
  return retryReach(() => rooms.getByName(rideId).announce(events))
}
