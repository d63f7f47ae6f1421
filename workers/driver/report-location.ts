import { z } from '@hono/zod-openapi'
import { loadDriver } from '#db/queries/drivers/driver-profile.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { type Judgement, USELESS } from '#packages/location/judge-location.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { InstantInput } from '../http/shapes.ts'
import { DriverLocation, presentLocation } from './contract.ts'
import { keepLocation } from './locations.ts'

const LocationReport = z
  .strictObject({
    lat: z.number().min(-90).max(90),
    lng: z.number().min(-180).max(180),
    // Phones report null where a sensor has no value. Heading and speed are taken from a whole fix and not kept.
    accuracy: z.number().min(0).max(100_000).nullish().openapi({ description: 'Metres, 68 %' }),
    heading: z.number().min(0).max(360).nullish().openapi({ description: 'Degrees clockwise from north' }),
    speed: z.number().min(0).max(150).nullish().openapi({ description: 'Metres per second' }),
    at: InstantInput.openapi({ description: 'The device’s time of the fix' }),
  })
  .openapi('LocationReport')

const ReportedLocation = z
  .object({
    ignored: z
      .enum(['offline', ...USELESS])
      .nullable()
      .openapi({ description: 'Why this fix was of no use; null: it was accepted' }),
    location: DriverLocation.nullable().openapi({ description: 'The newest that is known' }),
  })
  .openapi('ReportedLocation')

export const reportLocation = operation(
  {
    id: 'reportLocation',
    method: 'put',
    path: '/driver/location',
    tag: 'Driver',
    summary: 'Where I am, while I am online; what is late, inaccurate or sent offline is ignored',
    access: 'driver',
    limit: 'location',
    body: LocationReport,
    replies: { 200: ReportedLocation },
    errors: ['outside_service_area', 'location_implausible', 'concurrent_change'],
  },
  async (ctx, { body }) => {
    const { lat, lng, accuracy = null } = body
    const driver = await loadDriver(ctx.db, ctx.actor.userId)
    if (!driver?.online) return ok({ ignored: 'offline' as const, location: null })
    const fix = { lat, lng, accuracy, at: body.at.getTime() }
    const { judgement, known } = await keepLocation(ctx.redis, ctx.actor.userId, fix, ctx.now)
    return ok({ ignored: ignoredAs(judgement), location: known && presentLocation(known) })
  },
)

/** Null for a fix that was accepted. Throws where the device or the person is wrong. */
function ignoredAs(judgement: Judgement): (typeof USELESS)[number] | null {
  if (judgement === 'ahead_of_time') throw fieldProblem('invalid_fields', 'at', 'In the future')
  if (judgement === 'outside_area') throw new Problem('outside_service_area')
  if (judgement === 'too_far') throw new Problem('location_implausible')
  return judgement === 'accepted' ? null : judgement
}
