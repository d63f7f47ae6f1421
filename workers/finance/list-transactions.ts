import { listTransactions as loadTransactions } from '#db/queries/finance/list-transactions.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { Id } from '../http/shapes.ts'
import { LedgerTransaction } from './contract.ts'

export const listTransactions = operation(
  {
    id: 'listTransactions',
    method: 'get',
    path: '/admin/finance/transactions',
    tag: 'Finance',
    summary: 'What was posted to the ledger, the newest first; about one booking or one person where asked',
    access: 'finance',
    limit: 'read',
    query: PageQuery.extend({ bookingId: Id.optional(), personId: Id.optional() }),
    replies: { 200: listOf(LedgerTransaction) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const { bookingId, personId } = query
    const rows = await loadTransactions(ctx.db, { bookingId, personId, ...readPage(query) })
    return ok(
      presentPage(rows, query.limit, ({ at, lines, ...row }) => ({
        ...row,
        at: at.toISOString(),
        lines: lines.map(({ availableAt, ...each }) => ({
          ...each,
          availableAt: availableAt?.toISOString() ?? null,
        })),
      })),
    )
  },
)
