import { z } from '@hono/zod-openapi'
import { type DriverStatsRow, loadDriverStats } from '#db/queries/drivers/driver-stats.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { presentRating, Rating } from '../http/rating.ts'
import { ok } from '../http/reply.ts'
import { InstantInput, Money } from '../http/shapes.ts'

const share = z.number().min(0).max(1).nullable()

const DriverStats = z
  .object({
    rides: z.object({ completed: z.int(), cancelled: z.int().openapi({ description: 'All by the driver' }) }),
    bookings: z.object({
      asked: z
        .int()
        .openapi({ description: 'That needed an answer; unanswered ones count when their time is up' }),
      accepted: z.int(),
      acceptanceRate: share.openapi({ description: 'Accepted of asked; null where nobody asked' }),
      cancelled: z.int().openapi({ description: 'Confirmed ones that the driver cancelled, with the ride' }),
    }),
    passengers: z.int().openapi({ description: 'Seats of completed bookings' }),
    distance: z.int().openapi({ description: 'Metres of the routes of completed rides' }),
    duration: z.int().openapi({ description: 'Seconds from start to end of completed rides' }),
    earnings: Money.openapi({ description: 'Fares of completed bookings' }),
    rating: Rating.openapi({ description: 'Of all time' }),
  })
  .openapi('DriverStats')

export const getDriverStats = operation(
  {
    id: 'getDriverStats',
    method: 'get',
    path: '/driver/stats',
    tag: 'Driver',
    summary: 'What I did on rides that depart from `from` on and before `to`; without them, on all of them',
    access: 'driver',
    limit: 'read',
    query: z.strictObject({ from: InstantInput.optional(), to: InstantInput.optional() }),
    replies: { 200: DriverStats },
    errors: [],
  },
  async (ctx, { query: { from, to } }) => {
    if (from && to && from >= to) throw fieldProblem('invalid_fields', 'to', 'Not after from')
    const stats = await loadDriverStats(ctx.db, ctx.actor.userId, { from, to }, new Date(ctx.now))
    if (!stats) throw new Problem('internal')
    return ok(presentStats(stats))
  },
)

function presentStats(stats: DriverStatsRow): z.input<typeof DriverStats> {
  const { bookingsAsked: asked, bookingsAccepted: accepted } = stats
  return {
    rides: { completed: stats.ridesCompleted, cancelled: stats.ridesCancelled },
    bookings: {
      ...{ asked, accepted, cancelled: stats.bookingsCancelled },
      acceptanceRate: asked === 0 ? null : accepted / asked,
    },
    passengers: stats.passengers,
    distance: stats.metres,
    duration: Math.round(stats.seconds),
    earnings: { amount: stats.fares, currency: 'INR' },
    rating: presentRating(stats.rating),
  }
}
