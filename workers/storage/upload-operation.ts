import { z } from '@hono/zod-openapi'
import { byteLimit } from '#packages/files/limits.ts'
import type { FilePurpose } from '#packages/files/purposes.ts'
import { fileRefusals } from '../http/file-refusals.ts'
import { FORM_OVERHEAD_BYTES, FormFile } from '../http/form-file.ts'
import { type Operation, operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { presentFile, StoredFileShape } from './contract.ts'

/** An operation that takes one file of a form and keeps it for a purpose. */
export function uploadOperation(contract: {
  id: string
  path: `/storage/upload/${string}`
  summary: string
  access: 'user' | 'driver'
  purpose: FilePurpose
}): Operation {
  const { purpose, ...names } = contract
  return operation(
    {
      ...names,
      method: 'post',
      tag: 'Storage',
      limit: 'upload',
      idempotent: true,
      formBytes: byteLimit(purpose) + FORM_OVERHEAD_BYTES,
      body: z.strictObject({ file: FormFile }),
      replies: { 201: StoredFileShape },
      errors: [...fileRefusals, 'concurrent_change'],
    },
    async (ctx, { body }) => {
      const bytes = new Uint8Array(await body.file.arrayBuffer())
      const file = await ctx.files.keep({ ownerId: ctx.actor.userId, purpose, bytes }, ctx.now)
      return created(await presentFile(ctx, file))
    },
  )
}
