import { loadDriver } from '#db/queries/drivers/driver-profile.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { DriverProfile, presentDriver } from './contract.ts'

export const getDriverProfile = operation(
  {
    id: 'getDriverProfile',
    method: 'get',
    path: '/driver/profile',
    tag: 'Driver',
    summary: 'My driver profile',
    access: 'driver',
    limit: 'read',
    replies: { 200: DriverProfile },
    errors: [],
  },
  async (ctx) => {
    const driver = await loadDriver(ctx.db, ctx.actor.userId)
    if (!driver) throw new Problem('driver_profile_required')
    return ok(await presentDriver(ctx, driver))
  },
)
