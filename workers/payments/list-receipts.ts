import { listReceipts as loadReceipts } from '#db/queries/receipts/load-receipts.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { presentReceipt, receiptOf, WireReceipt } from './receipt-contract.ts'
import { sellerOf } from './seller.ts'

export const listReceipts = operation(
  {
    id: 'listReceipts',
    method: 'get',
    path: '/payments/receipts',
    tag: 'Payments',
    summary: 'My receipts, the newest first',
    access: 'user',
    limit: 'read',
    query: PageQuery,
    replies: { 200: listOf(WireReceipt) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const rows = await loadReceipts(ctx.db, { passengerId: ctx.actor.userId, ...readPage(query) })
    const seller = sellerOf(ctx.settings)
    return ok(presentPage(rows, query.limit, (row) => presentReceipt(receiptOf(row, seller))))
  },
)
