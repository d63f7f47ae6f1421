import { z } from '@hono/zod-openapi'
import { listParkedDeliveries as loadParked } from '#db/queries/notifications/parked-deliveries.ts'
import { channels } from '#packages/notifications/kinds.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { Id, Instant } from '../http/shapes.ts'

const ParkedNotification = z
  .object({
    ...{ id: Id, userId: Id, kind: z.string(), createdAt: Instant },
    deliveries: z.array(
      z.object({
        ...{ channel: z.enum(channels), attempts: z.int() },
        lateAt: Instant.openapi({ description: 'From then on it is not sent any more' }),
        lastError: z.string().nullable(),
      }),
    ),
  })
  .openapi('ParkedNotification')

export const listParkedDeliveries = operation(
  {
    id: 'listParkedDeliveries',
    method: 'get',
    path: '/admin/deliveries/parked',
    tag: 'Admin',
    summary: 'Notifications that could not be delivered some way after many tries, the newest first',
    access: 'operator',
    limit: 'read',
    query: PageQuery,
    replies: { 200: listOf(ParkedNotification) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const rows = await loadParked(ctx.db, readPage(query))
    return ok(
      presentPage(rows, query.limit, ({ createdAt, deliveries, ...row }) => ({
        ...{ ...row, createdAt: createdAt.toISOString() },
        deliveries: deliveries.map((each) => ({ ...each, lateAt: each.lateAt.toISOString() })),
      })),
    )
  },
)
