import type { Operation } from '../http/operation.ts'
import { approvePayout } from './approve-payout.ts'
import { inspectPayout } from './inspect-payout.ts'
import { listPayouts } from './list-payouts.ts'
import { markPayoutFailed } from './mark-payout-failed.ts'
import { markPayoutPaid } from './mark-payout-paid.ts'
import { rejectPayout } from './reject-payout.ts'

export const payoutOperations: readonly Operation[] = [
  listPayouts,
  inspectPayout,
  approvePayout,
  rejectPayout,
  markPayoutPaid,
  markPayoutFailed,
]
