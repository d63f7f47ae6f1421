import { z } from '@hono/zod-openapi'
import { isFinding, resolveFinding as resolve } from '#db/queries/finance/findings.ts'
import { Problem } from '#packages/errors/problem.ts'
import { MAX_REASON_LENGTH } from '../http/limits.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams, line } from '../http/shapes.ts'
import { MoneyFinding, presentFinding } from './contract.ts'

export const resolveFinding = operation(
  {
    id: 'resolveFinding',
    method: 'post',
    path: '/admin/finance/findings/{id}/resolve',
    tag: 'Finance',
    summary: 'Write down what came of a finding; if the books still differ it is found again',
    access: 'finance',
    limit: 'write',
    idempotent: true,
    params: IdParams,
    body: z.strictObject({ note: line(MAX_REASON_LENGTH) }).openapi('Resolution'),
    replies: { 200: MoneyFinding },
    errors: ['finding_resolved'],
  },
  async (ctx, { params, body }) => {
    const change = { id: params.id, actorId: ctx.actor.userId, note: body.note }
    const resolved = await resolve(ctx.db, change, new Date(ctx.now))
    if (resolved) return ok(presentFinding(resolved))
    throw new Problem((await isFinding(ctx.db, params.id)) ? 'finding_resolved' : 'not_found')
  },
)
