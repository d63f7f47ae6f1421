import type { RoomPass } from '#packages/protocol/room-pass.ts'
import { joinRideRoom, type RideRooms } from '../../ride-room/reach-ride-room.ts'
import { RideRoom as Room } from '../../ride-room/ride-room.ts'
import type { RawRelay } from './raw-relay.ts'

export { RawRelay } from './raw-relay.ts'

interface Bindings {
  RIDE_ROOM: RideRooms
  RAW_RELAY: DurableObjectNamespace<RawRelay>
}

let alarms = 0
/** Our room, counting how often an alarm wakes it. */
export class RideRoom extends Room {
  override async alarm(): Promise<void> {
    alarms += 1
    await super.alarm()
  }
}

/** A pass without the access check that the application makes: the ride's driver is the person with the same id. */
export function passFor(rideId: string, userId: string): RoomPass {
  const ride = { id: rideId, driverId: rideId, status: 'started', departsAt: '2026-11-22T06:00:00Z' } as const
  const who = { userId, sessionId: userId, ride }
  return userId === rideId ? { ...who, role: 'driver' } : { ...who, role: 'passenger', bookingId: userId }
}

export default {
  fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url)
    const room = searchParams.get('room') ?? ''
    if (pathname === '/alarms') return new Response(String(alarms))
    if (pathname === '/raw') return env.RAW_RELAY.getByName(room).fetch(request)
    if (pathname === '/native')
      return joinRideRoom(env.RIDE_ROOM, passFor(room, searchParams.get('user') ?? ''), request)
    return new Response(null, { status: 404 })
  },
} satisfies ExportedHandler<Bindings>
