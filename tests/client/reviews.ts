import { z } from 'zod'
import { type ApiReply, call, expectBody } from './api.ts'
import { actOn, type Booking, book, readBooking } from './bookings.ts'
import { type Person, signIn } from './people.ts'
import { moveRide, publishTrip, type Trip } from './trips.ts'

export const Review = z.looseObject({ id: z.string(), state: z.string(), visibleAt: z.string() })
export type Review = z.infer<typeof Review>

/** A booking that is over, and its two sides. */
export interface Journey {
  trip: Trip
  booking: Booking
  driver: Person
  passenger: Person
}

/** A ride that is driven to its end with one passenger on board. */
export async function completeJourney(people: { driver?: Person; passenger?: Person } = {}): Promise<Journey> {
  const trip = await publishTrip(people.driver ? { driver: people.driver } : {})
  const passenger = people.passenger ?? (await signIn())
  const booking = await book(trip, passenger)
  await moveRide(trip, 'start')
  await actOn(booking, trip.driver, 'board', booking.boardingCode ?? '')
  await moveRide(trip, 'complete')
  const ended = await readBooking(booking, passenger)
  if (ended.state !== 'completed') throw new Error(`The booking is ${ended.state}`)
  return { trip, booking: ended, driver: trip.driver, passenger }
}

/** What somebody says about the other side of a booking. */
export const said = (stars: number, more: object = {}) => ({ stars, tags: ['punctual'], text: 'Fine', ...more })

export const sendReview = ({ token }: Person, { id }: Pick<Booking, 'id'>, body: object): Promise<ApiReply> =>
  call('POST', '/api/v1/reviews', { token, body: { bookingId: id, ...body } })

/** Writes a review that must be accepted. */
export async function review(
  person: Person,
  booking: Booking,
  stars: number,
  more: object = {},
): Promise<Review> {
  return expectBody(await sendReview(person, booking, said(stars, more)), 201, Review)
}

export const getReview = ({ token }: Person, id: string): Promise<ApiReply> =>
  call('GET', `/api/v1/reviews/${id}`, { token })

export const reviewsOf = ({ token }: Person, { id }: Booking): Promise<ApiReply> =>
  call('GET', `/api/v1/bookings/${id}/reviews`, { token })

export const getUser = ({ token }: Person, { id }: Pick<Person, 'id'>): Promise<ApiReply> =>
  call('GET', `/api/v1/users/${id}`, { token })

const Ratings = z.looseObject({ ratings: z.record(z.string(), z.unknown()) })
/** How somebody is rated as a driver and as a passenger, as anybody sees it. */
export async function ratingsOf(person: Person, viewer: Person) {
  return expectBody(await getUser(viewer, person), 200, Ratings).ratings
}
