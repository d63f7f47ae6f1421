import { z } from '@hono/zod-openapi'
import { loadStanding } from '#db/queries/documents/driver-standing.ts'
import { setOnline } from '#db/queries/drivers/set-online.ts'
import { loadActiveVehicle } from '#db/queries/vehicles/load-active-vehicle.ts'
import { documentsRequired } from '#packages/documents/documents-required.ts'
import { Problem } from '#packages/errors/problem.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { DriverProfile, presentDriver } from './contract.ts'
import { forgetLocation } from './locations.ts'

export const setOnlineStatus = operation(
  {
    id: 'setOnlineStatus',
    method: 'put',
    path: '/driver/online-status',
    tag: 'Driver',
    summary: 'Go online, with an active vehicle and every document that is asked for, or offline',
    access: 'driver',
    limit: 'write',
    body: z.strictObject({ online: z.boolean() }).openapi('OnlineStatus'),
    replies: { 200: DriverProfile },
    errors: ['vehicle_required', 'documents_required'],
  },
  async (ctx, { body }) => {
    if (body.online) await checkReady(ctx)
    const driver = await setOnline(ctx.db, ctx.actor.userId, body.online, new Date(ctx.now))
    if (!driver) throw new Problem('driver_profile_required')
    // Where somebody was is nobody's business once they are offline.
    if (!body.online) await forgetLocation(ctx.redis, ctx.actor.userId)
    return ok(await presentDriver(ctx, driver))
  },
)

/** Throws a problem that says what keeps the driver from driving their active vehicle. */
async function checkReady(ctx: Ctx): Promise<void> {
  const { userId } = ctx.actor
  const vehicle = await loadActiveVehicle(ctx.db, userId)
  const standing = vehicle && (await loadStanding(ctx.db, userId, vehicle.id, ctx.now))
  if (!standing) throw new Problem('vehicle_required')
  if (!standing.enabled) throw documentsRequired(standing.missing)
}
