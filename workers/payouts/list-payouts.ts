import { z } from '@hono/zod-openapi'
import { listPayouts as load } from '#db/queries/payouts/load-payouts.ts'
import { payoutStates } from '#packages/payouts/states.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { Payout } from './contract.ts'
import { presentPayout } from './present.ts'

export const listPayouts = operation(
  {
    id: 'listPayouts',
    method: 'get',
    path: '/admin/payouts',
    tag: 'Admin',
    summary: 'Payouts that are not over, the oldest first; or those in one state',
    access: 'finance',
    limit: 'read',
    query: PageQuery.extend({ state: z.enum(payoutStates).optional() }),
    replies: { 200: listOf(Payout) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const { before: after, limit } = readPage(query)
    const payouts = await load(ctx.db, { state: query.state, after, limit })
    return ok(presentPage(payouts, query.limit, presentPayout))
  },
)
