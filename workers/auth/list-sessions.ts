import { listSessions as readSessions } from '#db/queries/auth/list-sessions.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { Session } from './contract.ts'
import { presentSession } from './present.ts'

export const listSessions = operation(
  {
    id: 'listSessions',
    method: 'get',
    path: '/auth/sessions',
    tag: 'Auth',
    summary: 'Where I am signed in, newest first',
    access: 'user',
    limit: 'read',
    query: PageQuery,
    replies: { 200: listOf(Session) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const { userId, sessionId } = ctx.actor
    const rows = await readSessions(ctx.db, userId, readPage(query), new Date(ctx.now))
    return ok(presentPage(rows, query.limit, (row) => presentSession(row, sessionId)))
  },
)
