import { z } from '@hono/zod-openapi'
import { listDocuments as loadDocuments } from '#db/queries/documents/inspect-documents.ts'
import { DOCUMENT_STATES } from '#packages/documents/kinds.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { DocumentSummary } from './contract.ts'
import { presentSummary } from './present.ts'

/** Whose they are is shown when one is looked at, since that is on record. */
export const listDocuments = operation(
  {
    id: 'listDocuments',
    method: 'get',
    path: '/admin/documents',
    tag: 'Admin',
    summary: 'Documents in a state, the oldest first',
    access: 'reviewer',
    limit: 'read',
    query: PageQuery.extend({ state: z.enum(DOCUMENT_STATES).default('pending') }),
    replies: { 200: listOf(DocumentSummary) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const { before: after, limit } = readPage(query)
    const documents = await loadDocuments(ctx.db, { state: query.state, after, limit })
    return ok(presentPage(documents, query.limit, presentSummary))
  },
)
