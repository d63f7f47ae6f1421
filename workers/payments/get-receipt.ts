import { z } from '@hono/zod-openapi'
import { inspectReceipt, loadReceipt } from '#db/queries/receipts/load-receipts.ts'
import { Problem } from '#packages/errors/problem.ts'
import { hashSource } from '#packages/html/hash-source.ts'
import { RECEIPT_STYLE } from '#packages/receipts/receipt-style.ts'
import { renderReceipt } from '#packages/receipts/render-receipt.ts'
import type { Ctx } from '../context.ts'
import { worksAs } from '../http/authenticate.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { Id } from '../http/shapes.ts'
import { presentReceipt, receiptOf, WireReceipt } from './receipt-contract.ts'
import { sellerOf } from './seller.ts'

export const getReceipt = operation(
  {
    id: 'getReceipt',
    method: 'get',
    path: '/payments/{bookingId}/receipt',
    tag: 'Payments',
    summary: 'The receipt of a booking that was paid online, with what went back of it; or a page to print',
    access: 'user',
    limit: 'read',
    params: z.object({ bookingId: Id }),
    query: z.strictObject({ format: z.enum(['json', 'html']).default('json') }),
    streams: ['text/html'],
    replies: { 200: WireReceipt },
    errors: [],
  },
  async (ctx, { params, query }) => {
    const row = await findReceipt(ctx, params.bookingId)
    if (!row) throw new Problem('not_found')
    const receipt = receiptOf(row, sellerOf(ctx.settings))
    if (query.format === 'json') return ok(presentReceipt(receipt))
    return new Response(renderReceipt(receipt), { headers: await pageHeaders() })
  },
)

/** The passenger's own, or anybody's for the finance staff. */
async function findReceipt(ctx: Ctx, bookingId: string) {
  const { userId } = ctx.actor
  const own = await loadReceipt(ctx.db, { bookingId, passengerId: userId })
  if (own || !(await worksAs(ctx, userId, 'finance'))) return own
  return inspectReceipt(ctx.db, { bookingId, actorId: userId }, new Date(ctx.now))
}

let style: Promise<string> | undefined

/** The page may show how it looks, and nothing else: it runs, loads and sends nothing. */
async function pageHeaders(): Promise<Record<string, string>> {
  style ??= hashSource(RECEIPT_STYLE)
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src ${await style}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'x-robots-tag': 'noindex',
  }
}
