import { signOut, type WhichSessions } from '#db/queries/auth/sign-out.ts'
import type { Actor, Ctx } from '../context.ts'
import { setStanding } from '../http/session-standing.ts'

/** Access tokens that were given out before this instant have expired. */
export const livingSince = ({ now, settings }: Ctx<Actor | null>): Date =>
  new Date(now - settings.JWT_EXPIRES_IN * 1000)

/**
 * Signs sessions of the caller out, effective at once on REST; open sockets close when the outbox is delivered, so the
 * operation is one that announces. Returns how many sessions it was.
 */
export async function signOutSessions(ctx: Ctx, which: WhichSessions): Promise<number> {
  const ids = await signOut(ctx.db, {
    userId: ctx.actor.userId,
    which,
    now: new Date(ctx.now),
    livingSince: livingSince(ctx),
  })
  await setStanding(ctx, ids, 'revoked')
  return ids.length
}
