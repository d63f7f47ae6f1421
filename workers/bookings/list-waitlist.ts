import { z } from '@hono/zod-openapi'
import { listWaitlist as loadWaitlist } from '#db/queries/waitlist/load-waitlist.ts'
import { WAITLIST_STATES } from '#db/schema/index.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { presentWaitlistEntry, WaitlistEntry } from './waitlist-contract.ts'

export const listWaitlist = operation(
  {
    id: 'listWaitlist',
    method: 'get',
    path: '/bookings/waitlist',
    tag: 'Waitlist',
    summary: 'Where I wait or waited for seats, newest first',
    access: 'user',
    limit: 'read',
    query: PageQuery.extend({ state: z.enum(WAITLIST_STATES).optional() }),
    replies: { 200: listOf(WaitlistEntry) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const filter = { passengerId: ctx.actor.userId, state: query.state }
    const entries = await loadWaitlist(ctx.db, { ...filter, ...readPage(query) })
    return ok(presentPage(entries, query.limit, presentWaitlistEntry))
  },
)
