import { z } from '@hono/zod-openapi'
import { findUser } from '#db/queries/staff/find-user.ts'
import { operation } from '../http/operation.ts'
import { listOf } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { FoundUser } from './contract.ts'

/** E.164, in full: nobody is found by a part of a number. */
const Phone = z.string().regex(/^\+[1-9]\d{6,14}$/, 'E.164, such as +919876543210')

export const findUsers = operation(
  {
    id: 'findUsers',
    method: 'get',
    path: '/admin/users',
    tag: 'Admin',
    summary: 'The person of a phone number, or nobody; every search is on record',
    access: 'operator',
    limit: 'read',
    query: z.strictObject({ phone: Phone }),
    replies: { 200: listOf(FoundUser) },
    errors: [],
  },
  async (ctx, { query }) => {
    const found = await findUser(ctx.db, query.phone, ctx.actor.userId, new Date(ctx.now))
    const items = found.map(({ bannedAt, createdAt, ...user }) => ({
      ...user,
      bannedAt: bannedAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
    }))
    return ok({ items, nextCursor: null })
  },
)
