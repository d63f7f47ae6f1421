import { z } from '@hono/zod-openapi'
import { MAX_REASON_LENGTH } from '../http/limits.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams, line } from '../http/shapes.ts'
import { Payout } from './contract.ts'
import { presentPayout } from './present.ts'
import { staffErrors, staffMove } from './staff-move.ts'

export const rejectPayout = operation(
  {
    id: 'rejectPayout',
    method: 'post',
    path: '/admin/payouts/{id}/reject',
    tag: 'Admin',
    summary: 'Refuse a payout that waits; its driver has the money in the wallet again, and is told why',
    access: 'finance',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    body: z.strictObject({ reason: line(MAX_REASON_LENGTH) }).openapi('PayoutRejection'),
    replies: { 200: Payout },
    errors: staffErrors('reject'),
  },
  async (ctx, { params, body }) => {
    const move = { action: 'reject', audit: 'payout.reject', manual: false, failure: body.reason } as const
    return ok(presentPayout(await staffMove(ctx, { payoutId: params.id, ...move })))
  },
)
