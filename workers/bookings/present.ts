import type { z } from '@hono/zod-openapi'
import type { BookingRow, TransitionRow } from '#db/queries/bookings/booking-view.ts'
import { boardingCode } from '#packages/booking/boarding-code.ts'
import { ridingStates } from '#packages/booking/states.ts'
import { taxWithin } from '#packages/fares/booking-fee.ts'
import { paise } from '#packages/fares/money.ts'
import type { Ctx } from '../context.ts'
import { presentRating } from '../http/rating.ts'
import { presentRefund, settleEnded } from './cancellation.ts'
import type { Booking } from './contract.ts'

/** Decimals of a position that is shown only roughly: about a kilometre. */
const ROUGH_DECIMALS = 2

const acquainted: ReadonlySet<string> = new Set(ridingStates)
const roughly = (degrees: number) => Number(degrees.toFixed(ROUGH_DECIMALS))

/**
 * A booking as one of its two sides may see it: phones and the passenger's exact places once it is confirmed, the
 * boarding code only to the passenger and only while there is boarding to do.
 */
export async function presentBooking(
  booking: BookingRow,
  { actor, keys }: Ctx,
): Promise<z.input<typeof Booking>> {
  const { id, state, seats, seatIds, sameGender, cancelledBy } = booking
  const refund = settleEnded(booking)
  const confirmed = acquainted.has(state)
  const isPassenger = actor.userId === booking.passengerId
  const place = (lat: number, lng: number) =>
    isPassenger || confirmed ? { lat, lng } : { lat: roughly(lat), lng: roughly(lng) }
  return {
    ...{ id, state, seats, seatIds, sameGender, cancelledBy },
    ride: { id: booking.rideId, status: booking.rideStatus, departsAt: booking.departsAt.toISOString() },
    driver: {
      id: booking.driverId,
      name: booking.driverName,
      phone: confirmed || !isPassenger ? booking.driverPhone : null,
      rating: presentRating(booking.driverRating),
    },
    passenger: {
      id: booking.passengerId,
      name: booking.passengerName,
      phone: confirmed || isPassenger ? booking.passengerPhone : null,
      rating: presentRating(booking.passengerRating),
    },
    legs: { from: booking.legFrom, to: booking.legTo },
    pickup: { position: place(booking.pickupLat, booking.pickupLng), at: booking.pickupAt.toISOString() },
    dropoff: { position: place(booking.dropoffLat, booking.dropoffLng), at: booking.dropoffAt.toISOString() },
    fare: paise(booking.fareAmount),
    ...presentPayment(booking),
    expiresAt: booking.expiresAt?.toISOString() ?? null,
    boardingCode: isPassenger && state === 'confirmed' ? await boardingCode(keys.boarding, id) : null,
    refund: refund && presentRefund(refund),
    history: booking.history.map((step) => presentStep(step, booking)),
    createdAt: booking.createdAt.toISOString(),
  }
}

function presentPayment({ payWith, state, paidAmount, fareAmount, feeAmount }: BookingRow) {
  const tax = taxWithin(feeAmount)
  const price = {
    ...{ fare: paise(fareAmount), fee: paise(feeAmount - tax) },
    ...{ tax: paise(tax), total: paise(fareAmount + feeAmount) },
  }
  const payment = paidAmount > 0 ? 'paid' : state === 'unpaid' ? 'due' : 'none'
  return { payWith, payment, price } as const
}

function presentStep({ state, at, actorId }: TransitionRow, { passengerId, driverId }: BookingRow) {
  const by =
    actorId === passengerId ? ('passenger' as const) : actorId === driverId ? ('driver' as const) : null
  return { state, at: at.toISOString(), by }
}
