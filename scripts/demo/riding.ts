import type { Api } from './api.ts'
import { readBooking } from './booking.ts'
import { LiveSocket } from './live-socket.ts'
import type { Person } from './people.ts'
import { expectThat } from './screen.ts'
import { Booking, Ride } from './shapes.ts'

export function changeRide(
  api: Api,
  { token }: Person,
  rideId: string,
  action: 'start' | 'complete',
): Promise<Ride> {
  return api.call({ method: 'POST', path: `/rides/${rideId}/${action}`, token }, Ride)
}

/** A greeted socket for each, in their order. */
export async function openRooms(api: Api, rideId: string, people: readonly Person[]): Promise<LiveSocket[]> {
  const sockets = people.map(({ token }) => new LiveSocket(api.base, rideId, token))
  for (const socket of sockets)
    await socket.until((frames) => frames.some(({ type }) => type === 'snapshot'), 'the greeting')
  return sockets
}

/** The passenger tells the code, the driver types it in. */
export async function board(
  api: Api,
  { token }: Person,
  passenger: Person,
  bookingId: string,
): Promise<Booking> {
  const { boardingCode: code } = await readBooking(api, passenger, bookingId)
  return api.call({ method: 'POST', path: `/bookings/${bookingId}/board`, token, body: { code } }, Booking)
}

/** The room's last word; after it the sockets are closed with the same reason. */
export async function allTold(sockets: readonly LiveSocket[]): Promise<string> {
  for (const socket of sockets)
    await socket.until(
      (frames) => frames.some((frame) => frame.type === 'ride' && frame.status === 'completed'),
      'hearing of the arrival',
    )
  return 'everyone knows'
}

export async function finished(api: Api, person: Person, bookingId: string): Promise<Booking> {
  const booking = await readBooking(api, person, bookingId)
  expectThat(booking.state === 'completed', `the booking is ${booking.state}`)
  return booking
}
