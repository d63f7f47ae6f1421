import { loadStanding } from '#db/queries/documents/driver-standing.ts'
import { documentsRequired } from '#packages/documents/documents-required.ts'
import { fieldProblem, type Problem } from '#packages/errors/problem.ts'
import type { Ctx } from '../context.ts'

/** The refusal of a `vehicleId` in the body, whether it is somebody else's or nobody's. */
export const notYourVehicle = (): Problem =>
  fieldProblem('vehicle_required', 'vehicleId', 'Not a vehicle of yours')

/**
 * The valid papers that let the caller drive this vehicle; a statement that must not come true without them then makes sure that
 * they still do (`holdPapers`). Throws `vehicle_required` or `documents_required`.
 */
export async function requirePapers(ctx: Ctx, vehicleId: string): Promise<string[]> {
  const standing = await loadStanding(ctx.db, ctx.actor.userId, vehicleId, ctx.now)
  if (!standing) throw notYourVehicle()
  if (!standing.enabled) throw documentsRequired(standing.missing)
  return standing.papers
}
