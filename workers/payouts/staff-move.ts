import { loadPayout } from '#db/queries/payouts/load-payouts.ts'
import { movePayout } from '#db/queries/payouts/move-payout.ts'
import type { PayoutRow } from '#db/queries/payouts/payout-view.ts'
import { Problem } from '#packages/errors/problem.ts'
import type { PayoutAction } from '#packages/payouts/states.ts'
import { refusalsOf, transition } from '#packages/payouts/transition.ts'
import type { Ctx } from '../context.ts'

interface StaffMove {
  payoutId: string
  action: PayoutAction
  /** What goes on record. */
  audit: string
  /** Only what people pay by hand. */
  manual: boolean
  failure?: string
  bankReference?: string
}

/** What an operation that does this has to declare. */
export const staffErrors = (action: PayoutAction) =>
  ['concurrent_change', 'own_account', ...refusalsOf(action)] as const

/** Loads a payout that somebody of the staff wants to do something to. Throws `not_found`, `own_account`, or why it is refused. */
export async function loadMovable(ctx: Ctx, payoutId: string, action: PayoutAction): Promise<PayoutRow> {
  const payout = await loadPayout(ctx.db, payoutId)
  if (!payout) throw new Problem('not_found')
  if (payout.driverId === ctx.actor.userId) throw new Problem('own_account')
  const answer = transition(payout.state, action)
  if ('refused' in answer) throw new Problem(answer.refused)
  return payout
}

/** Moves a payout as one of the finance staff, on record. */
export async function staffMove(ctx: Ctx, move: StaffMove): Promise<PayoutRow> {
  const { payoutId, action, audit, manual, ...reasons } = move
  const payout = await loadMovable(ctx, payoutId, action)
  if (manual && payout.rail !== 'manual') throw new Problem('payout_not_manual')
  const staff = { actorId: ctx.actor.userId, action: audit }
  const moved = await movePayout(ctx.db, { payout, action, staff, ...reasons }, new Date(ctx.now))
  if (moved) return moved
  await loadMovable(ctx, payoutId, action)
  throw new Problem('concurrent_change')
}
