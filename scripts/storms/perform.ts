import type { Db } from '#db/client.ts'
import type { BookingRow } from '#db/queries/bookings/booking-view.ts'
import { changeBooking } from '#db/queries/bookings/change-booking.ts'
import { claimSeats } from '#db/queries/bookings/claim-seats.ts'
import { joinWaitlist } from '#db/queries/waitlist/join-waitlist.ts'
import { settleRide } from '#db/queries/waitlist/settle-ride.ts'
import type { WaitlistRow } from '#db/queries/waitlist/waitlist-view.ts'
import { answerDeadline } from '#packages/booking/answer-deadline.ts'
import { activeStates, type BookingAction } from '#packages/booking/states.ts'
import { sourceStates, transition } from '#packages/booking/transition.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import type { OpenQuote } from '#packages/quotes/quote.ts'

/** Books as POST /bookings does: who waits comes first. */
export async function book(
  db: Db,
  quote: OpenQuote,
  seatIds: readonly string[] | null,
  now: Date,
): Promise<BookingRow | undefined> {
  const answerBy = new Date(answerDeadline(now.getTime(), quote.departsAt))
  const claim = () => claimSeats(db, { id: uuidv7(now.getTime()), quote, seatIds, answerBy }, now)
  const booking = await claim()
  if (booking) return booking
  await settleRide(db, quote.rideId, now)
  return await claim()
}

/** Lines up as POST /bookings/waitlist does. */
export async function lineUp(db: Db, quote: OpenQuote, now: Date): Promise<WaitlistRow | undefined> {
  const join = () => joinWaitlist(db, uuidv7(now.getTime()), quote, now)
  const entry = await join()
  if (entry) return entry
  await settleRide(db, quote.rideId, now)
  return await join()
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
