import { listOwnSos as loadOwnSos } from '#db/queries/sos/load-sos.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { SosAlert } from './contract.ts'
import { presentSos } from './present-sos.ts'

export const listOwnSos = operation(
  {
    id: 'listOwnSos',
    method: 'get',
    path: '/safety/sos',
    tag: 'Safety',
    summary: 'My alerts, newest first; an open one is the first of them',
    access: 'user',
    limit: 'read',
    vital: true,
    query: PageQuery,
    replies: { 200: listOf(SosAlert) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const rows = await loadOwnSos(ctx.db, { userId: ctx.actor.userId, ...readPage(query) })
    const { items, nextCursor } = presentPage(rows, query.limit, (row) => presentSos(row, ctx))
    return ok({ items: await Promise.all(items), nextCursor })
  },
)
