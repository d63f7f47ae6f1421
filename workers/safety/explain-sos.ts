import { loadSosState } from '#db/queries/sos/load-sos.ts'
import { Problem } from '#packages/errors/problem.ts'
import { type SosAction, transition } from '#packages/sos/transition.ts'
import type { Ctx } from '../context.ts'

/** Why an action on an alert did nothing. @param userId whose alert it has to be; absent: anybody's */
export async function explainSos(
  { db }: Pick<Ctx, 'db'>,
  alertId: string,
  action: SosAction,
  userId?: string,
): Promise<Problem> {
  const state = await loadSosState(db, alertId, userId)
  if (!state) return new Problem('not_found')
  const answer = transition(state, action)
  return new Problem('refused' in answer ? answer.refused : 'concurrent_change')
}
