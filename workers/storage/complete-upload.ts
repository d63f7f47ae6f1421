import { Problem } from '#packages/errors/problem.ts'
import { fileRefusals } from '../http/file-refusals.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { presentFile, StoredFileShape } from './contract.ts'

export const completeUpload = operation(
  {
    id: 'completeUpload',
    method: 'post',
    path: '/storage/uploads/{id}/complete',
    tag: 'Storage',
    summary: 'Have a file looked at and kept after its bytes were PUT',
    access: 'user',
    limit: 'upload',
    idempotent: true,
    params: IdParams,
    replies: { 200: StoredFileShape },
    errors: [...fileRefusals, 'file_not_uploaded'],
  },
  async (ctx, { params }) => {
    const file = await ctx.files.complete({ id: params.id, ownerId: ctx.actor.userId }, ctx.now)
    if (!file) throw new Problem('not_found')
    return ok(await presentFile(ctx, file))
  },
)
