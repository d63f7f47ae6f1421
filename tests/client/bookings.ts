import { z } from 'zod'
import { type ApiReply, call, expectBody } from './api.ts'
import type { Person } from './people.ts'
import type { Position, Trip } from './trips.ts'

const Offer = z.looseObject({
  rideId: z.string(),
  legs: z.object({ from: z.number(), to: z.number() }),
  seatsLeft: z.number(),
  fare: z.looseObject({ amount: z.number() }),
  quote: z.string(),
})
export type Offer = z.infer<typeof Offer>
const Offers = z.object({ items: z.array(Offer), nextCursor: z.string().nullable() })

export const Booking = z.looseObject({
  id: z.string(),
  state: z.string(),
  boardingCode: z.string().nullable(),
  seatIds: z.array(z.string()),
})
export type Booking = z.infer<typeof Booking>

/** Which part of a trip somebody wants: from stop to stop, by number. */
export interface Part {
  from?: number
  to?: number
  seats?: number
}

/** What a passenger would ask to ride that part of the trip. */
export function searchFor(trip: Trip, { from = 0, to = trip.stops.length - 1, seats = 1 }: Part = {}) {
  const stop = (index: number): Position => trip.stops[index] ?? { lat: 0, lng: 0 }
  return { pickup: stop(from), dropoff: stop(to), at: trip.departsAt, seats }
}

export async function search(person: Person, query: object) {
  return expectBody(
    await call('POST', '/api/v1/routes/search', { token: person.token, body: query }),
    200,
    Offers,
  )
}

/** The offer of this very trip in a search, or undefined. */
export async function findOffer(trip: Trip, person: Person, query: object): Promise<Offer | undefined> {
  const { items } = await search(person, { limit: 100, ...query })
  return items.find((item) => item.rideId === trip.rideId)
}

/** A quote for a part of a trip; fails when the search does not offer it. */
export async function quoteFor(trip: Trip, person: Person, part: Part = {}): Promise<string> {
  const offer = await findOffer(trip, person, searchFor(trip, part))
  if (!offer) throw new Error(`The search does not offer ${JSON.stringify(part)} of the trip`)
  return offer.quote
}

export function sendQuote(
  person: Person,
  quote: string,
  headers: Record<string, string> = {},
): Promise<ApiReply> {
  return call('POST', '/api/v1/bookings', { token: person.token, body: { quote }, headers })
}

/** Books a quote on the seats that are named. */
export function sendQuoteFor(person: Person, quote: string, seatIds: readonly string[]): Promise<ApiReply> {
  return call('POST', '/api/v1/bookings', { token: person.token, body: { quote, seatIds } })
}

/** Searches a part of a trip and books it, on these seats where some are named. */
export async function book(
  trip: Trip,
  person: Person,
  part: Part = {},
  seatIds?: readonly string[],
): Promise<Booking> {
  const quote = await quoteFor(trip, person, part)
  return expectBody(
    await (seatIds ? sendQuoteFor(person, quote, seatIds) : sendQuote(person, quote)),
    201,
    Booking,
  )
}

type Action = 'accept' | 'reject' | 'cancel' | 'absent' | 'board' | 'take-up'

/** Performs an action on a booking as this person. */
export function actOn(booking: Booking, person: Person, action: Action, code?: string): Promise<ApiReply> {
  const path = `/api/v1/bookings/${booking.id}/${action}`
  return call('POST', path, { token: person.token, ...(action === 'board' && { body: { code } }) })
}

/** The booking as this person sees it. */
export async function readBooking(booking: Booking, person: Person): Promise<Booking> {
  return expectBody(await call('GET', `/api/v1/bookings/${booking.id}`, { token: person.token }), 200, Booking)
}
