import { z } from '@hono/zod-openapi'
import { type ChangeRow, listRideChanges as load } from '#db/queries/rides/ride-changes.ts'
import { RIDE_CHANGES } from '#db/schema/index.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams, Instant } from '../http/shapes.ts'

const RideChanges = z
  .object({
    items: z.array(
      z.object({
        kind: z.enum(RIDE_CHANGES),
        material: z.boolean().openapi({ description: 'Who booked before may leave free of charge' }),
        from: z.string().nullable(),
        to: z.string().nullable(),
        at: Instant,
      }),
    ),
  })
  .openapi('RideChanges')

export const listRideChanges = operation(
  {
    id: 'listRideChanges',
    method: 'get',
    path: '/rides/{id}/changes',
    tag: 'Rides',
    summary: 'What changed of a ride after it was booked, the last first: for its driver and its passengers',
    access: 'user',
    limit: 'read',
    params: IdParams,
    replies: { 200: RideChanges },
    errors: [],
  },
  async (ctx, { params }) => {
    const changes = await load(ctx.db, params.id, ctx.actor.userId)
    if (!changes) throw new Problem('not_found')
    return ok({ items: changes.map(presentChange) })
  },
)

function presentChange({ kind, material, details, at }: ChangeRow) {
  const say = (value: string | null) =>
    kind === 'departure' && value !== null ? new Date(value).toISOString() : value
  return { kind, material, from: say(details.from), to: say(details.to), at: at.toISOString() }
}
