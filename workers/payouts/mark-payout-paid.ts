import { z } from '@hono/zod-openapi'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { Payout } from './contract.ts'
import { presentPayout } from './present.ts'
import { staffErrors, staffMove } from './staff-move.ts'

/** Banks give UTRs of 12 digits (IMPS, UPI) to 22 characters (RTGS). */
const BankReference = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9]{6,30}$/, 'The UTR of the transfer')

export const markPayoutPaid = operation(
  {
    id: 'markPayoutPaid',
    method: 'post',
    path: '/admin/payouts/{id}/paid',
    tag: 'Admin',
    summary: 'Say that I have paid an approved payout by hand',
    access: 'finance',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    body: z.strictObject({ bankReference: BankReference }).openapi('PaidPayout'),
    replies: { 200: Payout },
    errors: [...staffErrors('pay'), 'payout_not_manual'],
  },
  async (ctx, { params, body }) => {
    const move = { action: 'pay', audit: 'payout.mark_paid', manual: true, ...body } as const
    return ok(presentPayout(await staffMove(ctx, { payoutId: params.id, ...move })))
  },
)
