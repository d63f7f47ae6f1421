import type { z } from '@hono/zod-openapi'
import type { PayoutRow } from '#db/queries/payouts/payout-view.ts'
import { paise } from '#packages/fares/money.ts'
import type { Payout } from './contract.ts'

export function presentPayout(payout: PayoutRow): z.input<typeof Payout> {
  const { id, driverId, state, rail, approvalsNeeded, method, gatewayPayoutId, bankReference, failure } = payout
  return {
    ...{ id, driverId, state, rail, approvalsNeeded, method, gatewayPayoutId, bankReference, failure },
    amount: paise(payout.amount),
    approvals: payout.approvals.map(({ approverId, at }) => ({ approverId, at: at.toISOString() })),
    requestedAt: payout.requestedAt.toISOString(),
    updatedAt: payout.updatedAt.toISOString(),
  }
}
