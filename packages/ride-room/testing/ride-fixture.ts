import type { RideEvent } from '#packages/protocol/ride-event.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import type { ServerFrame } from '#packages/protocol/server-frame.ts'
import { FakeShell, type FakeSocket } from './fake-shell.ts'

type Ride = RoomPass['ride']

/** A readable UUID: the same number gives the same id. */
export function uuid(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
}

export const rideId = uuid(1)
const driverId = uuid(2)

export function ridePass(status: Ride['status']): Ride {
  return { id: rideId, driverId, status, departsAt: '2026-11-22T06:00:00Z' }
}

type PassOf<Role> = Extract<RoomPass, { role: Role }>

export function driverPass(status: Ride['status'] = 'started', more: Partial<PassOf<'driver'>> = {}): RoomPass {
  return { userId: driverId, sessionId: uuid(3), role: 'driver', ride: ridePass(status), ...more }
}

/** The pass of passenger n, whose user, booking and session ids all come from n. */
export function passengerPass(
  n: number,
  status: Ride['status'] = 'started',
  more: Partial<PassOf<'passenger'>> = {},
): PassOf<'passenger'> {
  const ids = { userId: uuid(100 + n), bookingId: uuid(200 + n), sessionId: uuid(300 + n) }
  return { ...ids, role: 'passenger', ride: ridePass(status), ...more }
}

/** The pass of who watches through link n, for an hour. */
export function viewerPass(n: number, now: number, status: Ride['status'] = 'started'): RoomPass {
  return { role: 'viewer', linkId: uuid(400 + n), expiresAt: now + 3_600_000, ride: ridePass(status) }
}

/** A ride under way with its driver and one passenger in the room, their greetings forgotten. */
export function liveRide() {
  const shell = new FakeShell(rideId)
  const driver = shell.join(driverPass())
  const passenger = shell.join(passengerPass(1))
  driver.frames.length = 0
  passenger.frames.length = 0
  return { shell, driver, passenger }
}

/** A position whose device time is the shell's clock plus `ahead` milliseconds. */
export function positionAt(shell: FakeShell, ahead = 0, more: object = {}) {
  return { type: 'position', lat: 12.97, lng: 77.59, at: new Date(shell.now + ahead).toISOString(), ...more }
}

export function rideEvent(n: number, status: Ride['status']): RideEvent {
  return { id: uuid(1000 + n), type: 'ride', status, at: '2026-11-22T06:00:00Z' }
}

type BookingState = Extract<RideEvent, { type: 'booking' }>['state']

export function bookingEvent(n: number, passenger: number, state: BookingState): RideEvent {
  const ids = { id: uuid(1000 + n), bookingId: uuid(200 + passenger), passengerId: uuid(100 + passenger) }
  return { ...ids, type: 'booking', state, at: '2026-11-22T06:00:00Z' }
}

/** All frames of one type that a socket heard. */
export function heard<Type extends ServerFrame['type']>(
  socket: FakeSocket,
  type: Type,
): Extract<ServerFrame, { type: Type }>[] {
  return socket.frames.filter((f): f is Extract<ServerFrame, { type: Type }> => f.type === type)
}
