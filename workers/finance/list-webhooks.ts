import { z } from '@hono/zod-openapi'
import { listWebhooks as loadWebhooks, WEBHOOK_STATES } from '#db/queries/finance/webhooks.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { decodeCursor, listOf, PageQuery, presentPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { WebhookEvent, WebhookId } from './contract.ts'

export const listWebhooks = operation(
  {
    id: 'listWebhooks',
    method: 'get',
    path: '/admin/finance/webhooks',
    tag: 'Finance',
    summary: 'What the gateway told and was not taken in, the oldest first: what waits, or what was given up',
    access: 'finance',
    limit: 'read',
    query: PageQuery.extend({ state: z.enum(WEBHOOK_STATES).default('waiting') }),
    replies: { 200: listOf(WebhookEvent) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query: { state, cursor, limit } }) => {
    const rows = await loadWebhooks(ctx.db, { state, after: readCursor(cursor), limit: limit + 1 })
    return ok(
      presentPage(rows, limit, ({ receivedAt, tryAt, ...row }) => ({
        ...row,
        receivedAt: receivedAt.toISOString(),
        tryAt: tryAt?.toISOString() ?? null,
      })),
    )
  },
)

function readCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined
  const id = WebhookId.safeParse(decodeCursor(cursor))
  if (!id.success) throw new Problem('invalid_cursor')
  return id.data
}
