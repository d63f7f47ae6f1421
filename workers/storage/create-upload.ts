import { Problem } from '#packages/errors/problem.ts'
import { isDocument } from '#packages/files/purposes.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { NewUpload, Upload } from './contract.ts'

/** For large files over weak networks: the bytes go straight to the bucket, and `completeUpload` then looks at them. */
export const createUpload = operation(
  {
    id: 'createUpload',
    method: 'post',
    path: '/storage/uploads',
    tag: 'Storage',
    summary: 'Announce a file and get the signed address to PUT it to',
    access: 'user',
    limit: 'upload',
    idempotent: true,
    body: NewUpload,
    replies: { 201: Upload },
    errors: ['file_too_large', 'driver_profile_required'],
  },
  async (ctx, { body }) => {
    const { purpose, mediaType, bytes: size } = body
    if (isDocument(purpose) && ctx.actor.role !== 'driver') throw new Problem('driver_profile_required')
    const invitation = await ctx.files.invite({ ownerId: ctx.actor.userId, purpose, mediaType, size }, ctx.now)
    const { id, url, headers, expiresAt } = invitation
    return created({
      id,
      method: 'PUT' as const,
      url,
      headers: { ...headers },
      expiresAt: expiresAt.toISOString(),
    })
  },
)
