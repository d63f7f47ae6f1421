import { listRequirements } from '#db/queries/documents/requirements.ts'
import { operation } from '../http/operation.ts'
import { listOf } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { RequirementShape } from './contract.ts'

/** A list without pages: it is a configuration, and has a few dozen rows. */
export const listDocumentRequirements = operation(
  {
    id: 'listDocumentRequirements',
    method: 'get',
    path: '/admin/document-requirements',
    tag: 'Admin',
    summary: 'Which documents are asked for, where and for what; the most exact row counts',
    access: 'administrator',
    limit: 'read',
    replies: { 200: listOf(RequirementShape) },
    errors: [],
  },
  async (ctx) => ok({ items: (await listRequirements(ctx.db)).map(asShown), nextCursor: null }),
)

/** A kind of vehicle in the table is one of ours: `saveDocumentRequirement` and migrations are all that write it. */
const asShown = (row: Awaited<ReturnType<typeof listRequirements>>[number]) => RequirementShape.parse(row)
