import { z } from '@hono/zod-openapi'
import { FINDING_STATES, listFindings as loadFindings } from '#db/queries/finance/findings.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { MoneyFinding, presentFinding } from './contract.ts'

export const listFindings = operation(
  {
    id: 'listFindings',
    method: 'get',
    path: '/admin/finance/findings',
    tag: 'Finance',
    summary:
      'Where the books of the gateway and ours differ, the oldest first; the open ones, unless asked otherwise',
    access: 'finance',
    limit: 'read',
    query: PageQuery.extend({ state: z.enum(FINDING_STATES).default('open') }),
    replies: { 200: listOf(MoneyFinding) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const { before: after, limit } = readPage(query)
    const findings = await loadFindings(ctx.db, { state: query.state, after, limit })
    return ok(presentPage(findings, query.limit, presentFinding))
  },
)
