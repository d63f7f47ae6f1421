import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { payoutMethodKinds, payoutRails, payoutStates } from '#packages/payouts/states.ts'

/** A payout with what it is paid to, and who approved it. */
export const PayoutRow = z.object({
  id: z.string(),
  driverId: z.string(),
  amount: z.number(),
  state: z.enum(payoutStates),
  rail: z.enum(payoutRails),
  approvalsNeeded: z.number(),
  gatewayPayoutId: z.string().nullable(),
  bankReference: z.string().nullable(),
  failure: z.string().nullable(),
  /** What the gateway took for it, paise. */
  fee: z.coerce.number(),
  /** Tries so far in this state. */
  attempts: z.number(),
  requestedAt: z.coerce.date(),
  updatedAt: z.coerce.date(),
  method: z.object({ id: z.string(), kind: z.enum(payoutMethodKinds), lastFour: z.string() }),
  approvals: z.array(z.object({ approverId: z.string(), at: z.coerce.date() })),
})
export type PayoutRow = z.infer<typeof PayoutRow>

/** The columns of a PayoutRow, from a row called `payout`. */
export const payoutColumns =
  sql.raw(`payout.id, payout.driver_id as "driverId", payout.amount, payout.state, payout.rail,
  payout.approvals_needed as "approvalsNeeded", payout.gateway_payout_id as "gatewayPayoutId",
  payout.bank_reference as "bankReference", payout.failure, payout.attempts,
  coalesce((select -amount from ledger_transactions paid join ledger_entries on transaction_id = paid.id
    where paid.kind = 'payout_paid' and paid.reference = payout.id and account = 'costs'), 0) as fee,
  payout.requested_at as "requestedAt", payout.updated_at as "updatedAt",
  (select jsonb_build_object('id', id, 'kind', kind, 'lastFour', last_four)
    from payout_methods where id = payout.method_id) as method,
  (select coalesce(jsonb_agg(jsonb_build_object('approverId', approver_id, 'at', at) order by at, approver_id), '[]')
    from payout_approvals where payout_id = payout.id) as approvals`)

/** A statement that reads a payout. */
export const payoutById = (id: string): SQL => sql`select ${payoutColumns} from payouts payout where id = ${id}`
