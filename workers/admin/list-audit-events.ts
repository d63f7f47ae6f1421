import { listAuditEvents as loadAuditEvents } from '#db/queries/audit/list-audit-events.ts'
import { NO_SUBJECT } from '#db/queries/audit/record-audit.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { Id } from '../http/shapes.ts'
import { AuditEvent } from './contract.ts'

export const listAuditEvents = operation(
  {
    id: 'listAuditEvents',
    method: 'get',
    path: '/admin/audit-events',
    tag: 'Admin',
    summary: 'What the staff did, newest first; about one thing or by one person where asked',
    access: 'administrator',
    limit: 'read',
    query: PageQuery.extend({ subject: Id.optional(), actor: Id.optional() }),
    replies: { 200: listOf(AuditEvent) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const { subject, actor } = query
    const events = await loadAuditEvents(ctx.db, { subject, actor, ...readPage(query) })
    return ok(
      presentPage(events, query.limit, (event) => ({
        ...event,
        subject: event.subject === NO_SUBJECT ? null : event.subject,
        at: event.at.toISOString(),
      })),
    )
  },
)
