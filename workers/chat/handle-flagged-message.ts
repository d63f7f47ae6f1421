import { z } from '@hono/zod-openapi'
import { handleFlag, loadFlagged } from '#db/queries/chat/handle-flag.ts'
import { Problem } from '#packages/errors/problem.ts'
import { MAX_REASON_LENGTH } from '../http/limits.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams, line } from '../http/shapes.ts'
import { FlaggedMessage } from './contract.ts'
import { presentFlagged } from './present.ts'

export const handleFlaggedMessage = operation(
  {
    id: 'handleFlaggedMessage',
    method: 'post',
    path: '/admin/messages/flagged/{id}/handle',
    tag: 'Admin',
    summary: 'Say that a flagged message was dealt with, and how; again changes nothing',
    access: 'operator',
    limit: 'write',
    idempotent: true,
    params: IdParams,
    body: z
      .strictObject({ note: line(MAX_REASON_LENGTH).openapi({ description: 'For the audit trail' }) })
      .openapi('FlagNote'),
    replies: { 200: FlaggedMessage },
    errors: ['own_account'],
  },
  async (ctx, { params, body }) => {
    const actorId = ctx.actor.userId
    const verdict = { messageId: params.id, actorId, note: body.note }
    const handled = await handleFlag(ctx.db, verdict, new Date(ctx.now))
    if (handled) return ok(await presentFlagged(ctx, handled))
    const message = await loadFlagged(ctx.db, params.id)
    throw new Problem(message?.senderId === actorId ? 'own_account' : 'not_found')
  },
)
