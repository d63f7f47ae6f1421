import { deleteMessage as empty } from '#db/queries/chat/delete-message.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'

export const deleteMessage = operation(
  {
    id: 'deleteMessage',
    method: 'delete',
    path: '/chat/messages/{id}',
    tag: 'Chat',
    summary: 'Delete a message of mine for everybody; its place stays',
    access: 'user',
    limit: 'write',
    announces: true,
    params: IdParams,
    replies: { 204: null },
    errors: [],
  },
  async (ctx, { params }) => {
    const own = { messageId: params.id, senderId: ctx.actor.userId }
    if (!(await empty(ctx.db, own, new Date(ctx.now)))) throw new Problem('not_found')
    return noContent()
  },
)
