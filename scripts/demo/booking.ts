import { rupees } from '../../packages/money/rupees.ts'
import type { Api } from './api.ts'
import type { Person } from './people.ts'
import { type Published, STOPS } from './publish.ts'
import { expectThat } from './screen.ts'
import { Booking, Bookings, type Offer, Offers, Refusal } from './shapes.ts'

/** South of Bidadi, between two stops: nobody stops there, everybody passes near it. */
const ROADSIDE = { lat: 12.79, lng: 77.36 }
const MYSURU = STOPS[3].position

export const describeOffer = ({ pickup, fare, seatsLeft }: Offer): string =>
  `${pickup.walk} m to walk, ${rupees(fare.amount)}, ${seatsLeft} ${seatsLeft === 1 ? 'seat' : 'seats'} left`

/** Searches from the roadside to Mysuru; the ride must be among what is found. */
export async function findRide(
  api: Api,
  { token }: Person,
  { rideId, departsAt }: Published,
  seats: number,
): Promise<Offer> {
  const body = { pickup: ROADSIDE, dropoff: MYSURU, at: departsAt, seats, limit: 100 }
  const { items } = await api.call({ method: 'POST', path: '/routes/search', token, body }, Offers)
  const offer = items.find((each) => each.rideId === rideId)
  expectThat(offer !== undefined, 'the search does not find the ride')
  return offer
}

/** Books; the route’s own way of paying where none is named. */
export function book(
  api: Api,
  { token }: Person,
  { quote }: Offer,
  payWith?: 'cash' | 'online',
): Promise<Booking> {
  const body = { quote, ...(payWith && { payWith }) }
  return api.call({ method: 'POST', path: '/bookings', token, status: 201, body }, Booking)
}

/** Returns the code of the refusal. */
export async function bookInVain(api: Api, { token }: Person, { quote }: Offer): Promise<string> {
  const { code } = await api.call(
    { method: 'POST', path: '/bookings', token, status: 409, body: { quote } },
    Refusal,
  )
  expectThat(code === 'ride_full', `refused for another reason: ${code}`)
  return code
}

export function readBooking(api: Api, { token }: Person, bookingId: string): Promise<Booking> {
  return api.call({ method: 'GET', path: `/bookings/${bookingId}`, token }, Booking)
}

/** Returns how many were accepted. */
export async function acceptAll(api: Api, { token }: Person, rideId: string): Promise<number> {
  const { items } = await api.call(
    { method: 'GET', path: `/bookings?as=driver&rideId=${rideId}`, token },
    Bookings,
  )
  for (const { id } of items) {
    const { state } = await api.call({ method: 'POST', path: `/bookings/${id}/accept`, token }, Booking)
    expectThat(state === 'confirmed', `an accepted booking is ${state}`)
  }
  expectThat(items.length === 2, `${items.length} bookings wait for an answer, not two`)
  return items.length
}
