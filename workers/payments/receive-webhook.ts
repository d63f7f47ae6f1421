import { z } from '@hono/zod-openapi'
import { keepWebhook } from '#db/queries/payments/webhook-events.ts'
import { Problem } from '#packages/errors/problem.ts'
import { readBytes } from '#packages/network/read-bytes.ts'
import { MAX_WEBHOOK_BYTES } from '#packages/payments/limits.ts'
import { readWebhook } from '#packages/razorpay/read-webhook.ts'
import { withoutPersons } from '#packages/razorpay/without-persons.ts'
import { sha256 } from '#packages/secrets/hash.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { gatewayOf } from './gateway.ts'

const EVENT_ID = /^[\w-]{1,100}$/

/**
 * Nothing of the body is looked at before its signature was found right, and nothing is done with it before it is kept: the
 * gateway wants an answer within five seconds, and tells again what was not answered.
 */
export const receiveWebhook = operation(
  {
    id: 'receiveWebhook',
    method: 'post',
    path: '/payments/webhook',
    tag: 'Payments',
    summary: 'What the gateway tells: any bytes with `X-Razorpay-Signature`, known by `X-Razorpay-Event-Id`',
    access: 'public',
    limit: 'webhook',
    replies: { 200: z.object({ received: z.literal(true) }).openapi('WebhookReceived') },
    errors: ['webhook_signature_invalid', 'body_too_large', 'online_payment_unavailable'],
  },
  async (ctx) => {
    const gateway = gatewayOf(ctx)
    const { headers } = ctx.request
    const bytes = await readBytes(ctx.request, MAX_WEBHOOK_BYTES)
    if (bytes === null) throw new Problem('body_too_large', { detail: `At most ${MAX_WEBHOOK_BYTES} bytes` })
    const signature = headers.get('x-razorpay-signature') ?? ''
    if (!(await gateway.isWebhook(bytes, signature))) throw new Problem('webhook_signature_invalid')
    // The database takes every character but this one.
    const body = new TextDecoder().decode(bytes).replaceAll('\0', '')
    const named = headers.get('x-razorpay-event-id') ?? ''
    const id = EVENT_ID.test(named) ? named : `sha256-${await sha256(body)}`
    const notice = readWebhook(body)
    const event = notice.kind === 'unreadable' ? notice.kind : notice.event
    const isNew = await keepWebhook(ctx.db, { id, event, body: withoutPersons(body) }, new Date(ctx.now))
    if (isNew) ctx.defer(ctx.takeWebhooks())
    return ok({ received: true } as const)
  },
)
