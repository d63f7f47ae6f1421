import type { RefundSource } from '#packages/ledger/postings.ts'
import type { RefundBearer } from './states.ts'

/** The account that a refund is taken from, and gets it back when it fails. */
export function refundSource(refund: {
  bearer: RefundBearer
  passengerId: string
  driverId: string
}): RefundSource {
  if (refund.bearer === 'passenger') return { account: 'passenger', ownerId: refund.passengerId }
  if (refund.bearer === 'driver') return { account: 'driver', ownerId: refund.driverId }
  return { account: 'costs' }
}
