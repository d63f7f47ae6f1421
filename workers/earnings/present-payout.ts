import type { z } from '@hono/zod-openapi'
import type { PayoutMethodRow } from '#db/queries/payouts/methods.ts'
import type { PayoutRow } from '#db/queries/payouts/payout-view.ts'
import { paise } from '#packages/fares/money.ts'
import type { PayoutMethod, Withdrawal } from './payout-contract.ts'

export function presentMethod({
  id,
  kind,
  lastFour,
  createdAt,
}: PayoutMethodRow): z.input<typeof PayoutMethod> {
  return { id, kind, lastFour, createdAt: createdAt.toISOString() }
}

/** A payout as its driver sees it: not who approved it. */
export function presentWithdrawal(payout: PayoutRow): z.input<typeof Withdrawal> {
  const { id, amount, state, method, bankReference, failure, requestedAt, updatedAt } = payout
  return {
    ...{ id, method, bankReference, failure, amount: paise(amount), state },
    requestedAt: requestedAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
