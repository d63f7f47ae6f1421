import { z } from '@hono/zod-openapi'
import { loadReportingDriver } from '#db/queries/drivers/reporting-driver.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { type Judgement, USELESS } from '#packages/location/judge-location.ts'
import { MAX_BATCH } from '#packages/ride-room/limits.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { Id, InstantInput, orNull } from '../http/shapes.ts'
import { DriverLocation, presentLocation } from './contract.ts'
import { keepLocation } from './locations.ts'

const fix = {
  lat: z.number().min(-90).max(90),
  lng: z.number().min(-180).max(180),
  // Phones report null where a sensor has no value. Heading and speed are taken from a whole fix and not kept.
  accuracy: z.number().min(0).max(100_000).nullish().openapi({ description: 'Metres, 68 %' }),
  heading: z.number().min(0).max(360).nullish().openapi({ description: 'Degrees clockwise from north' }),
  speed: z.number().min(0).max(150).nullish().openapi({ description: 'Metres per second' }),
  at: InstantInput.openapi({ description: 'The device’s time of the fix' }),
}

const LocationReport = z
  .strictObject({
    ...fix,
    earlier: z
      .array(z.strictObject(fix))
      .max(MAX_BATCH - 1)
      .optional()
      .openapi({ description: 'What the phone has kept while it had no network; for the ride under way' }),
  })
  .openapi('LocationReport')

const ReportedLocation = z
  .object({
    ignored: z
      .enum(['offline', ...USELESS])
      .nullable()
      .openapi({ description: 'Why this fix was of no use; null: it was accepted' }),
    location: orNull(DriverLocation).openapi({ description: 'The newest that is known' }),
    ride: z
      .object({ id: Id, accepted: z.int().openapi({ description: 'How many of the fixes were news' }) })
      .nullable()
      .openapi({ description: 'My ride under way, whose passengers see this' }),
  })
  .openapi('ReportedLocation')

export const reportLocation = operation(
  {
    id: 'reportLocation',
    method: 'put',
    path: '/driver/location',
    tag: 'Driver',
    summary: 'Where I am, while I am online or on a ride; what is late, inaccurate or sent offline is ignored',
    access: 'driver',
    limit: 'location',
    body: LocationReport,
    replies: { 200: ReportedLocation },
    errors: ['outside_service_area', 'location_implausible', 'concurrent_change'],
  },
  async (ctx, { body }) => {
    const driver = await loadReportingDriver(ctx.db, ctx.actor.userId)
    if (driver?.ride && !driver.online) {
      return ok({ ignored: null, location: null, ride: await reportToRide(ctx, driver.ride, body) })
    }
    if (!driver?.online) return ok({ ignored: 'offline' as const, location: null, ride: null })
    const { lat, lng, accuracy = null } = body
    const newest = { lat, lng, accuracy, at: body.at.getTime() }
    const { judgement, known } = await keepLocation(ctx.redis, ctx.actor.userId, newest, ctx.now)
    const ignored = ignoredAs(judgement)
    const ride = driver.ride && (await reportToRide(ctx, driver.ride, body))
    return ok({ ignored, location: known && presentLocation(known), ride })
  },
)

type Report = z.output<typeof LocationReport>

/** Hands everything to the room of the ride, which orders it and drops what it knows. Null: the ride is over by now. */
async function reportToRide(
  ctx: Ctx,
  ride: { id: string; departsAt: Date },
  { earlier = [], ...newest }: Report,
) {
  const { userId, sessionId, tokenExpiresAt } = ctx.actor
  const pass = {
    ...{ role: 'driver' as const, userId, sessionId, expiresAt: tokenExpiresAt },
    ride: {
      id: ride.id,
      driverId: userId,
      status: 'started' as const,
      departsAt: ride.departsAt.toISOString(),
    },
  }
  const fixes = [...earlier, newest].map((each) => ({ ...each, at: each.at.toISOString() }))
  const outcome = await ctx.live.reportPositions(pass, fixes)
  return 'closed' in outcome ? null : { id: ride.id, accepted: outcome.accepted }
}

/** Null for a fix that was accepted. Throws where the device or the person is wrong. */
function ignoredAs(judgement: Judgement): (typeof USELESS)[number] | null {
  if (judgement === 'ahead_of_time') throw fieldProblem('invalid_fields', 'at', 'In the future')
  if (judgement === 'outside_area') throw new Problem('outside_service_area')
  if (judgement === 'too_far') throw new Problem('location_implausible')
  return judgement === 'accepted' ? null : judgement
}
