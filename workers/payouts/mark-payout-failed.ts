import { z } from '@hono/zod-openapi'
import { MAX_REASON_LENGTH } from '../http/limits.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams, line } from '../http/shapes.ts'
import { Payout } from './contract.ts'
import { presentPayout } from './present.ts'
import { staffErrors, staffMove } from './staff-move.ts'

export const markPayoutFailed = operation(
  {
    id: 'markPayoutFailed',
    method: 'post',
    path: '/admin/payouts/{id}/failed',
    tag: 'Admin',
    summary: 'Say that a payout by hand cannot be made, or came back; its money is in the wallet again',
    access: 'finance',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    body: z.strictObject({ reason: line(MAX_REASON_LENGTH) }).openapi('FailedPayout'),
    replies: { 200: Payout },
    errors: [...staffErrors('fail'), 'payout_not_manual'],
  },
  async (ctx, { params, body }) => {
    const move = { action: 'fail', audit: 'payout.mark_failed', manual: true, failure: body.reason } as const
    return ok(presentPayout(await staffMove(ctx, { payoutId: params.id, ...move })))
  },
)
