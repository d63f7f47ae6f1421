import { Problem } from '#packages/errors/problem.ts'
import type { Ctx } from '../context.ts'
import { worksAs } from '../http/authenticate.ts'

/**
 * Lets a driver see their own money, and the finance staff everybody's. Returns who of the staff it is that looks; null: the
 * driver. Throws `not_found` for everybody else.
 */
export async function lookingAt(ctx: Ctx, driverId: string): Promise<string | null> {
  const { userId } = ctx.actor
  if (userId === driverId) return null
  if (await worksAs(ctx, userId, 'finance')) return userId
  throw new Problem('not_found')
}
