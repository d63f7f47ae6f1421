import { fieldProblem } from '#packages/errors/problem.ts'
import type { Ctx } from '../context.ts'

/** Who takes no cash needs passengers who can pay online. Throws `online_payment_unavailable`. */
export function requirePayable({ payments }: Pick<Ctx, 'payments'>, cashAccepted: boolean): void {
  if (!cashAccepted && !payments)
    throw fieldProblem('online_payment_unavailable', 'cashAccepted', 'Nobody could pay for the ride')
}
