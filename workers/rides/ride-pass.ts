import { loadRideMember } from '#db/queries/rides/load-rides.ts'
import { Problem } from '#packages/errors/problem.ts'
import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import { passFor } from '#packages/ride-room/pass-for.ts'
import type { Ctx } from '../context.ts'

/** The caller's pass to a ride's room. Throws `not_found`, `ride_not_live` or `not_on_ride`. */
export async function ridePass({ db, actor }: Ctx, rideId: string): Promise<RoomPass> {
  const { userId, sessionId, tokenExpiresAt } = actor
  const member = await loadRideMember(db, rideId, userId)
  const pass = passFor(rideId, { userId, sessionId, expiresAt: tokenExpiresAt }, member)
  if ('refused' in pass) throw new Problem(pass.refused)
  return pass
}

/** Why a room does not show its ride, in the words of REST. The ride or the right may have ended on the way there. */
export function closedProblem(reason: CloseReason): Problem {
  if (reason === 'ride_completed' || reason === 'ride_cancelled') return new Problem('ride_not_live')
  if (reason === 'removed') return new Problem('not_on_ride')
  return new Problem('unauthenticated')
}
