import { MAX_SEAT_MAPS, saveSeatMap as save } from '#db/queries/vehicles/seat-maps.ts'
import { loadVehicleUse } from '#db/queries/vehicles/vehicles.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { capacityOf, inOrder } from '#packages/seat-maps/seat-map.ts'
import { seatMapFlaws } from '#packages/seat-maps/seat-map-flaws.ts'
import type { Ctx } from '../context.ts'
import { MAX_SEATS } from '../http/limits.ts'
import { operation } from '../http/operation.ts'
import { created, ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { NewSeatMap, presentSeatMap, SeatMap } from './seat-map-contract.ts'

export const saveSeatMap = operation(
  {
    id: 'saveSeatMap',
    method: 'post',
    path: '/driver/vehicles/{id}/seats',
    tag: 'Vehicles',
    summary: 'Arrange the seats of my vehicle: a new version, or the newest where nothing is different (200)',
    access: 'driver',
    limit: 'write',
    idempotent: true,
    params: IdParams,
    body: NewSeatMap,
    replies: { 200: SeatMap, 201: SeatMap },
    errors: ['seats_promised', 'too_many_seat_maps', 'concurrent_change'],
  },
  async (ctx, { params, body }) => {
    const errors = seatMapFlaws(body, MAX_SEATS)
    if (errors.length > 0) throw new Problem('invalid_fields', { errors })
    const capacity = capacityOf(body)
    const owned = { driverId: ctx.actor.userId, vehicleId: params.id }
    const map = { ...body, ...owned, seats: inOrder(body.seats), capacity }
    const saved = await save(ctx.db, map, new Date(ctx.now))
    if (!saved) throw await whyNot(ctx, params.id, capacity)
    const { isNew, ...row } = saved
    return isNew ? created(presentSeatMap(row)) : ok(presentSeatMap(row))
  },
)

async function whyNot(ctx: Ctx, vehicleId: string, capacity: number): Promise<Problem> {
  const vehicle = await loadVehicleUse(ctx.db, ctx.actor.userId, vehicleId)
  if (!vehicle) return new Problem('not_found')
  if (capacity < vehicle.promised)
    return fieldProblem('seats_promised', 'seats', `A ride offers ${vehicle.promised}`)
  return new Problem(
    (vehicle.seatMapVersion ?? 0) >= MAX_SEAT_MAPS ? 'too_many_seat_maps' : 'concurrent_change',
  )
}
