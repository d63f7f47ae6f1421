import { type Mark, markMessage } from '#db/queries/chat/move-marks.ts'
import { Problem } from '#packages/errors/problem.ts'
import { type Operation, operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { Receipt } from './contract.ts'

/** An operation that moves a mark of the caller forward, up to a message. Done again, or for an older one, it changes nothing. */
export function markOperation(contract: {
  id: string
  path: `/chat/messages/{id}/${string}`
  summary: string
  mark: Mark
}): Operation {
  const { mark, ...names } = contract
  return operation(
    {
      ...names,
      method: 'put',
      tag: 'Chat',
      access: 'user',
      limit: 'write',
      announces: true,
      params: IdParams,
      replies: { 200: Receipt },
      errors: [],
    },
    async (ctx, { params }) => {
      const change = { messageId: params.id, userId: ctx.actor.userId, mark }
      const marks = await markMessage(ctx.db, change, new Date(ctx.now))
      if (!marks) throw new Problem('not_found')
      return ok(marks)
    },
  )
}
