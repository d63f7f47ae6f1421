import { loadRide } from '#db/queries/rides/load-rides.ts'
import type { RideRow } from '#db/queries/rides/ride-view.ts'
import { Problem } from '#packages/errors/problem.ts'
import type { ProblemCode } from '#packages/errors/registry.ts'
import { type RideAction, transition } from '#packages/ride/transition.ts'
import type { Ctx } from '../context.ts'

/**
 * After a change of a ride: the ride as it now is, or why nothing changed.
 * @param otherwise the reason where the state allowed the action, so that something else was in the way
 */
export async function finishChange(
  ctx: Ctx,
  change: { rideId: string; changed: boolean; action: RideAction; otherwise: ProblemCode },
): Promise<RideRow> {
  const ride = await loadRide(ctx.db, change.rideId, new Date(ctx.now))
  if (ride?.driverId !== ctx.actor.userId) throw new Problem('not_found')
  if (change.changed) return ride
  const answer = transition(ride.status, change.action)
  throw new Problem('refused' in answer ? answer.refused : change.otherwise)
}
