import { saveDriver } from '#db/queries/drivers/driver-profile.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { setStanding } from '../http/session-standing.ts'
import { DriverProfile, DriverProfileChange, presentDriver } from './contract.ts'

export const saveDriverProfile = operation(
  {
    id: 'saveDriverProfile',
    method: 'put',
    path: '/driver/profile',
    tag: 'Driver',
    summary: 'Become a driver, or change my driver profile',
    access: 'user',
    limit: 'write',
    body: DriverProfileChange,
    replies: { 200: DriverProfile },
    errors: ['not_found'],
  },
  async (ctx, { body }) => {
    const saved = await saveDriver(ctx.db, {
      userId: ctx.actor.userId,
      name: body.name,
      bio: body.bio ?? null,
      now: new Date(ctx.now),
    })
    if (!saved) throw new Problem('not_found')
    if (saved.created) await setStanding(ctx, saved.sessionIds, 'driver')
    return ok(await presentDriver(ctx, saved))
  },
)
