import { type RideChange } from '#db/queries/rides/change-ride.ts'
import { loadRide } from '#db/queries/rides/load-rides.ts'
import type { RideRow } from '#db/queries/rides/ride-view.ts'
import { Problem } from '#packages/errors/problem.ts'
import type { ProblemCode } from '#packages/errors/registry.ts'
import { type RideAction, refusalsOf, transition } from '#packages/ride/transition.ts'
import type { Ctx } from '../context.ts'
import { type Operation, operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { presentRide, Ride } from './contract.ts'

interface RideActionContract {
  id: string
  path: `/rides/{id}/${string}`
  summary: string
  action: RideAction
  /** Why nothing changed although the state allows the action. */
  otherwise: ProblemCode
  /** Performs it in one statement; undefined when nothing changed. */
  perform: (db: Ctx['db'], change: RideChange) => Promise<object | undefined>
}

/** An operation that performs one action of the ride's state machine for its driver and answers the ride as it then is. */
export function rideAction({ action, otherwise, perform, ...names }: RideActionContract): Operation {
  return operation(
    {
      ...names,
      method: 'post',
      tag: 'Rides',
      access: 'driver',
      limit: 'write',
      idempotent: true,
      announces: true,
      params: IdParams,
      replies: { 200: Ride },
      errors: [...refusalsOf(action), otherwise],
    },
    async (ctx, { params }) => {
      const now = new Date(ctx.now)
      const changed = await perform(ctx.db, { rideId: params.id, driverId: ctx.actor.userId, now })
      const ride = await loadOwnRide(ctx, params.id)
      if (changed) return ok(presentRide(ride))
      const answer = transition(ride.status, action)
      throw new Problem('refused' in answer ? answer.refused : otherwise)
    },
  )
}

async function loadOwnRide(ctx: Ctx, rideId: string): Promise<RideRow> {
  const ride = await loadRide(ctx.db, rideId, new Date(ctx.now))
  if (ride?.driverId !== ctx.actor.userId) throw new Problem('not_found')
  return ride
}
