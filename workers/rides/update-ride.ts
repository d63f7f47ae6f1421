import { z } from '@hono/zod-openapi'
import { loadRide } from '#db/queries/rides/load-rides.ts'
import { loadRideWay } from '#db/queries/rides/stored-way.ts'
import { updateRide as update, vehicleFits } from '#db/queries/rides/update-ride.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { checkNotice } from '#packages/routes/notice.ts'
import { keysOf } from '#packages/routes/plan-rides.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { notYourVehicle, requirePapers } from '../http/require-papers.ts'
import { Id, IdParams, InstantInput, line } from '../http/shapes.ts'
import { presentRide, Ride } from './contract.ts'

const RideUpdate = z
  .strictObject({
    departsAt: InstantInput.optional().openapi({
      type: 'string',
      format: 'date-time',
      description:
        'Pickups and drop-offs move along; by more than half an hour, passengers may leave free of charge',
    }),
    vehicleId: Id.optional().openapi({
      description: 'One of another kind lets passengers leave free of charge',
    }),
    notes: line(500).optional().openapi({ description: 'What the passengers of this ride are to know' }),
  })
  .openapi('RideUpdate')

export const updateRide = operation(
  {
    id: 'updateRide',
    method: 'put',
    path: '/rides/{id}',
    tag: 'Rides',
    summary:
      'Change the departure or the vehicle of my ride, or tell its passengers something; they hear of it',
    access: 'driver',
    limit: 'write',
    announces: true,
    params: IdParams,
    body: RideUpdate,
    replies: { 200: Ride },
    errors: [
      'ride_not_scheduled',
      'departure_out_of_range',
      'ride_overlap',
      'vehicle_required',
      'documents_required',
      'seats_promised',
      'concurrent_change',
    ],
  },
  async (ctx, { params: { id }, body }) => {
    const driverId = ctx.actor.userId
    const ride = await loadRideWay(ctx.db, id)
    if (ride?.driverId !== driverId) throw new Problem('not_found')
    if (ride.status !== 'scheduled' || ride.departsAt.getTime() <= ctx.now)
      throw new Problem('ride_not_scheduled')
    const { departsAt = ride.departsAt, vehicleId = null, notes = null } = body
    if (body.departsAt) checkNotice(departsAt.getTime(), ctx.now)
    const papers = vehicleId === null ? [] : await requirePapers(ctx, vehicleId)
    const change = {
      ...{ id, driverId, departsAt, vehicleId, papers, notes, formerDepartsAt: ride.departsAt },
      keys: keysOf(ride, departsAt.getTime()),
    }
    const updated = await update(ctx.db, change, new Date(ctx.now))
    if (!updated) throw await whyNot(ctx, id, vehicleId)
    const changed = await loadRide(ctx.db, id, new Date(ctx.now))
    if (!changed) throw new Problem('not_found')
    ctx.defer(ctx.alertOfRoutes([changed.routeId]))
    return ok(presentRide(changed))
  },
)

async function whyNot(ctx: Ctx, rideId: string, vehicleId: string | null): Promise<Problem> {
  const ride = await loadRideWay(ctx.db, rideId)
  if (ride?.status !== 'scheduled') return new Problem('ride_not_scheduled')
  if (vehicleId === null) return new Problem('concurrent_change')
  const fits = await vehicleFits(ctx.db, { rideId, vehicleId, driverId: ctx.actor.userId })
  if (fits === undefined) return notYourVehicle()
  return fits
    ? new Problem('concurrent_change')
    : fieldProblem(
        'seats_promised',
        'vehicleId',
        'It has fewer seats than are sold, or not those that passengers chose',
      )
}
