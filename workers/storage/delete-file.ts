import { deleteFile as markDeleted } from '#db/queries/files/delete-file.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { FileParams } from './file-params.ts'

export const deleteFile = operation(
  {
    id: 'deleteFile',
    method: 'delete',
    path: '/storage/delete/{filename}',
    tag: 'Storage',
    summary: 'Delete a file of mine with all its variants; the name of any of them will do',
    access: 'user',
    limit: 'write',
    params: FileParams,
    replies: { 204: null },
    errors: ['file_in_use'],
  },
  async (ctx, { params }) => {
    const file = { id: params.filename.fileId, ownerId: ctx.actor.userId }
    const outcome = await markDeleted(ctx.db, file, new Date(ctx.now))
    if (!outcome) throw new Problem('not_found')
    if (!outcome.deleted) throw new Problem('file_in_use')
    return noContent()
  },
)
