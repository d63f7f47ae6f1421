import { z } from '@hono/zod-openapi'
import { loadVariant } from '#db/queries/files/load-variant.ts'
import { Problem } from '#packages/errors/problem.ts'
import { objectKey } from '#packages/files/names.ts'
import { readRange } from '#packages/files/read-range.ts'
import { operation } from '../http/operation.ts'
import { fileHeaders } from './file-headers.ts'
import { FileParams } from './file-params.ts'
import { mayDownload } from './may-download.ts'

export const downloadFile = operation(
  {
    id: 'downloadFile',
    method: 'get',
    path: '/storage/download/{filename}',
    tag: 'Storage',
    summary: 'A file: an avatar for anybody, anything else by a signed link, or for its owner and reviewers',
    access: 'optional',
    limit: 'read',
    params: FileParams,
    query: z.object({
      expires: z.coerce.number().int().min(0).optional(),
      signature: z.string().max(100).optional(),
    }),
    streams: ['image/webp', 'application/pdf'],
    replies: { 200: null, 206: null, 304: null },
    errors: ['link_invalid', 'link_expired', 'range_not_satisfiable'],
  },
  async (ctx, { params, query }) => {
    const { filename, fileId, variant } = params.filename
    const file = await loadVariant(ctx.db, fileId, variant)
    if (!file) throw new Problem('not_found')
    await mayDownload(ctx, file, { filename, ...query })

    const asked = ctx.request.headers
    const headers = fileHeaders(filename, file)
    if (asked.get('if-none-match')?.includes(headers.etag)) return new Response(null, { status: 304, headers })
    // A part of another version would be of no use: then all of it.
    const sameVersion = [null, headers.etag].includes(asked.get('if-range'))
    const range = sameVersion ? readRange(asked.get('range'), file.bytes) : 'whole'
    if (range === 'unsatisfiable') {
      ctx.replyHeaders.set('content-range', `bytes */${file.bytes}`)
      throw new Problem('range_not_satisfiable')
    }
    const part = range === 'whole' ? undefined : range
    const body = await ctx.objects.get(objectKey(fileId, variant), part)
    if (!body) throw new Problem('not_found')
    if (!part) return new Response(body, { headers: { ...headers, 'content-length': String(file.bytes) } })
    return new Response(body, {
      status: 206,
      headers: {
        ...headers,
        'content-length': String(part.last - part.first + 1),
        'content-range': `bytes ${part.first}-${part.last}/${file.bytes}`,
      },
    })
  },
)
