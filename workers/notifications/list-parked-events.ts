import { z } from '@hono/zod-openapi'
import { listParkedEvents as loadParked } from '#db/queries/outbox/parked-events.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { Id, Instant } from '../http/shapes.ts'

const ParkedEvent = z
  .object({
    ...{ id: Id, topic: z.string(), subject: Id, createdAt: Instant, parkedAt: Instant },
    ...{ attempts: z.int(), lastError: z.string().nullable() },
  })
  .openapi('ParkedEvent')

export const listParkedEvents = operation(
  {
    id: 'listParkedEvents',
    method: 'get',
    path: '/admin/events/parked',
    tag: 'Admin',
    summary: 'Events that some of those who should hear of them never took, the newest first',
    access: 'operator',
    limit: 'read',
    query: PageQuery,
    replies: { 200: listOf(ParkedEvent) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const rows = await loadParked(ctx.db, readPage(query))
    return ok(
      presentPage(rows, query.limit, ({ createdAt, parkedAt, ...row }) => ({
        ...row,
        ...{ createdAt: createdAt.toISOString(), parkedAt: parkedAt.toISOString() },
      })),
    )
  },
)
