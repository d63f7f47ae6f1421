import { listSavedSearches } from '#db/queries/alerts/own-searches.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { Alert } from './contract.ts'
import { presentAlert } from './present.ts'

export const listAlerts = operation(
  {
    id: 'listAlerts',
    method: 'get',
    path: '/alerts',
    tag: 'Alerts',
    summary: 'My saved searches whose time is not over, newest first',
    access: 'user',
    limit: 'read',
    query: PageQuery,
    replies: { 200: listOf(Alert) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const page = { userId: ctx.actor.userId, ...readPage(query) }
    const searches = await listSavedSearches(ctx.db, page, new Date(ctx.now))
    return ok(presentPage(searches, query.limit, presentAlert))
  },
)
