import { z } from '@hono/zod-openapi'
import { rideStates } from '#packages/ride/transition.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams, Instant } from '../http/shapes.ts'
import { closedProblem, ridePass } from './ride-pass.ts'

const RideLocation = z
  .object({
    ride: z.object({ id: z.uuid(), status: z.enum(rideStates) }),
    positionsFrom: Instant.nullable().openapi({ description: 'When I will see the car; null: I do now' }),
    position: z
      .object({
        lat: z.number(),
        lng: z.number(),
        heading: z.number().nullable().openapi({ description: 'Degrees clockwise from north' }),
        speed: z.number().nullable().openapi({ description: 'Metres per second' }),
        accuracy: z.number().nullable().openapi({ description: 'Metres, 68 %' }),
        at: Instant.openapi({ description: 'The device’s time of the fix' }),
        age: z.number().openapi({ description: 'Seconds since it was received' }),
        stale: z.boolean().openapi({ description: 'Too old for a ride under way' }),
      })
      .nullable(),
    eta: z
      .object({
        pickupAt: Instant.nullable().openapi({ description: 'When the car will be at my pickup' }),
        arrivesAt: Instant.nullable().openapi({ description: 'When it will be where I leave it' }),
      })
      .nullable(),
    at: Instant,
  })
  .openapi('RideLocation')

export const getRideLocation = operation(
  {
    id: 'getRideLocation',
    method: 'get',
    path: '/rides/{id}/location',
    tag: 'Rides',
    summary: 'Where the car is and when it comes, for who may join the live room, where a socket does not work',
    access: 'user',
    limit: 'location',
    params: IdParams,
    replies: { 200: RideLocation },
    errors: ['not_on_ride', 'ride_not_live'],
  },
  async (ctx, { params }) => {
    const outcome = await ctx.live.rideLocation(await ridePass(ctx, params.id))
    if ('closed' in outcome) throw closedProblem(outcome.closed)
    const { ride, you, position, eta, at } = outcome.view
    return ok({ ride, positionsFrom: you.positionsFrom, position, eta, at })
  },
)
