import { z } from 'zod'
import { type ApiReply, call, expectBody } from './api.ts'
import { Booking, type Part, quoteFor, readBooking } from './bookings.ts'
import { payOrder } from './checkout.ts'
import type { Person } from './people.ts'
import type { Trip } from './trips.ts'

const Order = z.looseObject({ orderId: z.string(), gatewayOrderId: z.string() })
export type Order = z.infer<typeof Order>

const amount = z.looseObject({ amount: z.number() })
export const PricedBooking = Booking.extend({
  payWith: z.string(),
  payment: z.string(),
  price: z.object({ fare: amount, fee: amount, tax: amount, total: amount }),
  expiresAt: z.string().nullable(),
})
export type PricedBooking = z.infer<typeof PricedBooking>

/** Books a quote, and says how it is paid. */
export function sendQuotePaying(
  person: Person,
  quote: string,
  payWith: string,
  more: object = {},
): Promise<ApiReply> {
  return call('POST', '/api/v1/bookings', { token: person.token, body: { quote, payWith, ...more } })
}

/** Searches a part of a trip and books it, to be paid online; it waits for the payment. */
export async function bookOnline(trip: Trip, person: Person, part: Part = {}): Promise<PricedBooking> {
  const reply = await sendQuotePaying(person, await quoteFor(trip, person, part), 'online')
  return expectBody(reply, 201, PricedBooking)
}

/** What the checkout of a booking would be opened with. */
export async function initiate({ token }: Person, { id: bookingId }: Pick<Booking, 'id'>): Promise<Order> {
  return expectBody(await call('POST', '/api/v1/payments/initiate', { token, body: { bookingId } }), 201, Order)
}

/** Pays a booking at the checkout and brings back what that hands over; returns what the booking then is. */
export async function pay(person: Person, booking: Booking): Promise<PricedBooking> {
  const { orderId, gatewayOrderId } = await initiate(person, booking)
  const { checkout } = await payOrder(gatewayOrderId)
  const body = { orderId, ...checkout }
  const reply = await call('POST', '/api/v1/payments/verify', { token: person.token, body })
  if (reply.status !== 200) throw new Error(`Paying answered ${reply.status}: ${JSON.stringify(reply.body)}`)
  return PricedBooking.parse(await readBooking(booking, person))
}

/** Books a part of a trip online and pays it. */
export async function bookPaid(trip: Trip, person: Person, part: Part = {}): Promise<PricedBooking> {
  return await pay(person, await bookOnline(trip, person, part))
}
