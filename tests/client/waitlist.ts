import { z } from 'zod'
import { type ApiReply, call, expectBody } from './api.ts'
import { type Booking, book, quoteFor, readBooking } from './bookings.ts'
import { type Person, signIn, signInMany } from './people.ts'
import { publishTrip, type Trip, type TripOptions } from './trips.ts'

const PATH = '/api/v1/bookings/waitlist'

const Entry = z.looseObject({
  id: z.string(),
  state: z.string(),
  ahead: z.number(),
  ride: z.looseObject({ id: z.string() }),
  bookingId: z.string().nullable(),
})
export type Entry = z.infer<typeof Entry>
const Entries = z.object({ items: z.array(Entry), nextCursor: z.string().nullable() })

export function sendToWaitlist(person: Person, quote: string): Promise<ApiReply> {
  return call('POST', PATH, { token: person.token, body: { quote } })
}

export async function joinWaitlist(person: Person, quote: string): Promise<Entry> {
  return expectBody(await sendToWaitlist(person, quote), 201, Entry)
}

export function leaveWaitlist(person: Person, entry: Entry): Promise<ApiReply> {
  return call('DELETE', `${PATH}/${entry.id}`, { token: person.token })
}

export async function listWaitlist(person: Person, query = ''): Promise<z.infer<typeof Entries>> {
  return expectBody(await call('GET', `${PATH}${query}`, { token: person.token }), 200, Entries)
}

/** What became of somebody's only waiting. */
export async function stateOf(person: Person): Promise<string | undefined> {
  return (await listWaitlist(person)).items[0]?.state
}

/** The booking that somebody is offered, once they are. */
export async function offerTo(person: Person): Promise<Booking> {
  const { items } = await listWaitlist(person)
  const id = items.find(({ state }) => state === 'offered')?.bookingId
  if (!id) throw new Error(`Nothing is offered: ${JSON.stringify(items)}`)
  return await readBooking({ id, state: 'offered', boardingCode: null, seatIds: [] }, person)
}

export interface FullTrip {
  trip: Trip
  holder: Person
  booking: Booking
  /** With a quote each, made while there were seats. */
  others: { person: Person; quote: string }[]
}

/** A trip whose only seat is taken, and people who found it before that. */
export async function fullTrip(count: number, options: TripOptions = {}): Promise<FullTrip> {
  const trip = await publishTrip({ seats: 1, ...options })
  const people = await signInMany(count)
  const others = await Promise.all(
    people.map(async (person) => ({ person, quote: await quoteFor(trip, person) })),
  )
  const holder = await signIn()
  const booking = await book(trip, holder, { seats: options.seats ?? 1 })
  return { trip, holder, booking, others }
}
