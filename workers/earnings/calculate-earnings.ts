import { z } from '@hono/zod-openapi'
import { loadRideBookings } from '#db/queries/earnings/load-ride-bookings.ts'
import { Problem } from '#packages/errors/problem.ts'
import { bookingFee } from '#packages/fares/booking-fee.ts'
import { HOLD_MS } from '#packages/ledger/postings.ts'
import { payWays } from '#packages/payments/states.ts'
import { MAX_SEATS } from '../http/limits.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { Id, Money } from '../http/shapes.ts'
import { RideEarnings } from './contract.ts'
import { type EarningBooking, presentRideEarnings } from './present-ride.ts'

/** ₹10 lakh: nobody asks more for a seat, and the sum of all seats stays a safe number. */
const MAX_FARE = 100_000_000

const WhatIf = z
  .strictObject({
    rideId: Id.optional().openapi({
      description: 'A ride of mine; or, to see what one would pay, `fare` and `seats`',
    }),
    fare: Money.extend({ amount: z.int().min(0).max(MAX_FARE) })
      .optional()
      .openapi({ description: 'Of one seat' }),
    seats: z.int().min(1).max(MAX_SEATS).optional().openapi({ description: 'Booked together; 1 if left out' }),
    payWith: z.enum(payWays).optional().openapi({ description: '`online` if left out' }),
  })
  .refine(({ rideId, fare }) => (rideId === undefined) !== (fare === undefined), {
    path: ['rideId'],
    message: 'Either rideId or fare',
  })
  .refine(({ rideId, seats, payWith }) => rideId === undefined || (seats ?? payWith) === undefined, {
    path: ['rideId'],
    message: 'Its bookings say how many seats, and how they are paid',
  })
  .openapi('EarningsQuestion')

export const calculateEarnings = operation(
  {
    id: 'calculateEarnings',
    method: 'post',
    path: '/earnings/calculate',
    tag: 'Earnings',
    summary: 'What a ride of mine pays, or one of such fare and seats would: who gets what, how, and when',
    access: 'driver',
    limit: 'read',
    body: WhatIf,
    replies: { 200: RideEarnings },
    errors: ['not_found'],
  },
  async (ctx, { body: { rideId, fare, seats = 1, payWith = 'online' } }) => {
    if (rideId === undefined) {
      const wanted = (fare?.amount ?? 0) * seats
      const fee = payWith === 'online' ? bookingFee(wanted).total : 0
      const booking = { bookingId: null, state: null, seats, payWith, fare: wanted, fee, availableAt: null }
      return ok(presentRideEarnings(null, [booking]))
    }
    const ride = await loadRideBookings(ctx.db, rideId, ctx.actor.userId)
    if (!ride) throw new Problem('not_found')
    const expected = new Date(ride.endsAt.getTime() + HOLD_MS)
    const bookings = ride.bookings.map(
      (booking): EarningBooking => ({
        ...booking,
        availableAt: booking.availableAt ?? expected,
      }),
    )
    return ok(presentRideEarnings(ride.rideId, bookings))
  },
)
