import type { Db } from '#db/client.ts'
import type { BookingRow } from '#db/queries/bookings/booking-view.ts'
import { changeBooking } from '#db/queries/bookings/change-booking.ts'
import { claimSeats } from '#db/queries/bookings/claim-seats.ts'
import { loadBooking } from '#db/queries/bookings/load-bookings.ts'
import { takeUpOffer } from '#db/queries/bookings/take-up-offer.ts'
import { joinWaitlist } from '#db/queries/waitlist/join-waitlist.ts'
import { settleRide } from '#db/queries/waitlist/settle-ride.ts'
import type { WaitlistRow } from '#db/queries/waitlist/waitlist-view.ts'
import { answerDeadline } from '#packages/booking/answer-deadline.ts'
import { choosePaying } from '#packages/booking/paying.ts'
import { activeStates, type BookingAction } from '#packages/booking/states.ts'
import { sourceStates, transition } from '#packages/booking/transition.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import type { PayWay } from '#packages/payments/states.ts'
import type { OpenQuote } from '#packages/quotes/quote.ts'

/** A quote as it is brought back, and whether its passenger rides only with people of their own gender. */
export type Wanted = OpenQuote & { sameGender?: boolean }

/** Books as POST /bookings does: who waits comes first. */
export async function book(
  db: Db,
  { sameGender = false, ...quote }: Wanted,
  seatIds: readonly string[] | null,
  now: Date,
  payWith: PayWay | null = null,
): Promise<BookingRow | undefined> {
  const answerBy = new Date(answerDeadline(now.getTime(), quote.departsAt))
  const paying = choosePaying(quote, payWith, true, now.getTime())
  const claim = () =>
    claimSeats(db, { id: uuidv7(now.getTime()), quote, seatIds, sameGender, answerBy, paying }, now)
  const booking = await claim()
  if (booking) return booking
  await settleRide(db, quote.rideId, now)
  return await claim()
}

/** Lines up as POST /bookings/waitlist does. */
export async function lineUp(db: Db, quote: Wanted, now: Date): Promise<WaitlistRow | undefined> {
  const offer = { ...quote, sameGender: quote.sameGender ?? false }
  const join = () => joinWaitlist(db, uuidv7(now.getTime()), offer, now)
  const entry = await join()
  if (entry) return entry
  await settleRide(db, quote.rideId, now)
  return await join()
}

/** Takes up an offer as POST /bookings/{id}/take-up does. */
export async function takeUp(
  db: Db,
  offer: { bookingId: string; passengerId: string },
  now: Date,
  payWith: PayWay | null = null,
): Promise<BookingRow | undefined> {
  const booking = await loadBooking(db, offer.bookingId, offer.passengerId)
  if (!booking) return undefined
  const fare = { fareAmount: booking.fareAmount, departsAt: booking.departsAt.getTime() }
  return await takeUpOffer(db, { ...offer, paying: choosePaying(fare, payWith, true, now.getTime()) }, now)
}

/** Performs an action as the booking's operations do, but for what they do after the reply. */
export function act(
  db: Db,
  { bookingId, actorId, action }: { bookingId: string; actorId: string; action: BookingAction },
  now: Date,
): Promise<BookingRow | undefined> {
  const from = sourceStates(action)
  const answer = transition(from[0] ?? 'completed', action)
  if (!('to' in answer)) throw new RangeError(`nothing allows ${action}`)
  const { to } = answer
  const releases = !activeStates.some((state) => state === to) && to !== 'completed'
  const side = action === 'cancel' ? 'passenger' : 'driver'
  return changeBooking(db, { bookingId, actorId, side, from, to, releases, now })
}
