import { z } from '@hono/zod-openapi'
import { retryWebhook as retry } from '#db/queries/finance/webhooks.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { WebhookId } from './contract.ts'

export const retryWebhook = operation(
  {
    id: 'retryWebhook',
    method: 'post',
    path: '/admin/finance/webhooks/{id}/retry',
    tag: 'Finance',
    summary: 'Take in what the gateway told once more, and at once',
    access: 'finance',
    limit: 'write',
    idempotent: true,
    params: z.object({ id: WebhookId }),
    replies: { 204: null },
    errors: [],
  },
  async (ctx, { params }) => {
    const again = await retry(ctx.db, { id: params.id, actorId: ctx.actor.userId }, new Date(ctx.now))
    if (!again) throw new Problem('not_found')
    ctx.defer(ctx.takeWebhooks())
    return noContent()
  },
)
