import { loadRoute } from '#db/queries/routes/load-route.ts'
import { publishRoute as insertRoute } from '#db/queries/routes/publish-route.ts'
import { listVehicles } from '#db/queries/vehicles/vehicles.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { encodePolyline } from '#packages/geo/polyline.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { STOP_DWELL_SECONDS } from '#packages/matching/ride-clock.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { NewRoute, Route } from './contract.ts'
import { highestPrice } from './cost-model.ts'
import { planPath } from './plan-path.ts'
import { presentRoute } from './present.ts'

/** A ride is published at least this long before it departs, so that somebody can find it. */
const MIN_NOTICE_MS = 10 * 60_000
const MAX_NOTICE_MS = 180 * 24 * 3600_000

export const publishRoute = operation(
  {
    id: 'publishRoute',
    method: 'post',
    path: '/routes',
    tag: 'Routes',
    summary: 'Publish a route and its ride',
    access: 'driver',
    limit: 'write',
    idempotent: true,
    body: NewRoute,
    replies: { 201: Route },
    errors: [
      'vehicle_required',
      'seats_above_capacity',
      'price_above_cap',
      'departure_out_of_range',
      'ride_overlap',
    ],
  },
  async (ctx, { body }) => {
    const notice = body.departsAt.getTime() - ctx.now
    if (notice < MIN_NOTICE_MS || notice > MAX_NOTICE_MS) {
      throw fieldProblem('departure_out_of_range', 'departsAt', 'Between 10 minutes and 180 days from now')
    }
    const { path, stopVertices, source } = planPath(body.stops.map((stop) => stop.position))
    const cap = highestPrice(path.metres.at(-1) ?? 0, body.seats)
    if (body.pricePerSeat.amount > cap) {
      throw fieldProblem(
        'price_above_cap',
        'pricePerSeat.amount',
        `At most ${cap} for this route and its seats`,
      )
    }

    const drivingSeconds = (path.seconds.at(-1) ?? 0) + STOP_DWELL_SECONDS * (body.stops.length - 2)
    const published = await insertRoute(
      ctx.db,
      {
        id: uuidv7(ctx.now),
        driverId: ctx.actor.userId,
        vehicleId: body.vehicleId,
        seats: body.seats,
        pricePerSeat: body.pricePerSeat.amount,
        currency: body.pricePerSeat.currency,
        bookingMode: body.bookingMode,
        notes: body.notes ?? null,
        pathSource: source,
        pathWkt: `LINESTRING(${path.points.map(({ lat, lng }) => `${lng} ${lat}`).join(', ')})`,
        polyline: encodePolyline(path.points),
        vertexMetres: path.metres.map(Math.round),
        vertexSeconds: path.seconds.map(Math.round),
        stops: body.stops.map(({ name, position }, index) => ({
          name,
          ...position,
          vertex: stopVertices[index] ?? 0,
        })),
        ride: {
          id: uuidv7(ctx.now),
          departsAt: body.departsAt,
          arrivesAt: new Date(body.departsAt.getTime() + drivingSeconds * 1000),
        },
      },
      new Date(ctx.now),
    )
    if (!published) {
      const vehicles = await listVehicles(ctx.db, ctx.actor.userId)
      const known = vehicles.some((vehicle) => vehicle.id === body.vehicleId)
      throw known
        ? fieldProblem('seats_above_capacity', 'seats', 'The vehicle has fewer seats')
        : fieldProblem('vehicle_required', 'vehicleId', 'Not a vehicle of yours')
    }
    const route = await loadRoute(ctx.db, published.id)
    if (!route) throw new Problem('internal')
    return created(presentRoute(route))
  },
)
