import { z } from '@hono/zod-openapi'
import { loadRideSeats } from '#db/queries/rides/load-seats.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { SEAT_KINDS } from '#packages/seat-maps/seat-map.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { Id, IdParams } from '../http/shapes.ts'

const LegNumber = z.coerce.number().int().min(0).max(100)

const RideSeats = z
  .object({
    rideId: Id,
    legs: z.object({ from: z.int(), to: z.int() }),
    seatsLeft: z.int().openapi({ description: 'How many can be booked, whichever they are' }),
    version: z.int(),
    rows: z.int(),
    columns: z.int(),
    seats: z.array(
      z.object({
        ...{ id: z.string(), row: z.int(), column: z.int(), kind: z.enum(SEAT_KINDS), label: z.string() },
        free: z.boolean().openapi({ description: 'For a passenger, and nobody sits there on these legs' }),
      }),
    ),
  })
  .openapi('RideSeats')

export const listSeats = operation(
  {
    id: 'listSeats',
    method: 'get',
    path: '/rides/{id}/seats',
    tag: 'Rides',
    summary: 'The seat map of a ride, with the seats that are free on the legs [from, to)',
    access: 'user',
    limit: 'read',
    params: IdParams,
    query: z.strictObject({ from: LegNumber.default(0), to: LegNumber.optional() }),
    replies: { 200: RideSeats },
    errors: ['seats_not_named'],
  },
  async (ctx, { params, query }) => {
    const part = { from: query.from, to: query.to ?? null }
    const ride = await loadRideSeats(ctx.db, params.id, part, new Date(ctx.now))
    if (!ride) throw new Problem('not_found')
    const { from, to = ride.legCount } = query
    if (to > ride.legCount) throw fieldProblem('invalid_fields', 'to', `At most ${ride.legCount}`)
    if (from >= to) throw fieldProblem('invalid_fields', 'from', 'Before the end of the part')
    if (!ride.map) throw new Problem('seats_not_named')
    const { map, taken } = ride
    return ok({
      ...{ rideId: params.id, legs: { from, to }, seatsLeft: Math.min(...ride.seatsLeft) },
      ...{ version: map.version, rows: map.rows, columns: map.columns },
      seats: map.seats.map((seat) => ({
        ...seat,
        free: seat.kind === 'passenger' && !taken.includes(seat.id),
      })),
    })
  },
)
