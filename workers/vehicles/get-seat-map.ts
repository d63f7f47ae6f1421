import { z } from '@hono/zod-openapi'
import { loadSeatMap, MAX_SEAT_MAPS } from '#db/queries/vehicles/seat-maps.ts'
import { loadVehicle } from '#db/queries/vehicles/vehicles.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { presentSeatMap, presentUsualMap, SeatMap, USUAL_VERSION } from './seat-map-contract.ts'

export const getSeatMap = operation(
  {
    id: 'getSeatMap',
    method: 'get',
    path: '/driver/vehicles/{id}/seats',
    tag: 'Vehicles',
    summary:
      'How the seats of my vehicle are arranged: the newest version, or an older one that a ride was published with',
    access: 'driver',
    limit: 'read',
    params: IdParams,
    query: z.strictObject({
      version: z.coerce.number().int().min(USUAL_VERSION).max(MAX_SEAT_MAPS).optional(),
    }),
    replies: { 200: SeatMap },
    errors: [],
  },
  async (ctx, { params, query }) => {
    const vehicle = await loadVehicle(ctx.db, ctx.actor.userId, params.id)
    if (!vehicle) throw new Problem('not_found')
    const version = query.version ?? vehicle.seatMapVersion ?? USUAL_VERSION
    if (version === USUAL_VERSION) return ok(presentUsualMap(vehicle))
    const map = await loadSeatMap(ctx.db, vehicle.id, version)
    if (!map) throw new Problem('not_found')
    return ok(presentSeatMap(map))
  },
)
