import { leaveWaitlist as leave } from '#db/queries/waitlist/leave-waitlist.ts'
import { loadWaitlistEntry } from '#db/queries/waitlist/load-waitlist.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'

export const leaveWaitlist = operation(
  {
    id: 'leaveWaitlist',
    method: 'delete',
    path: '/bookings/waitlist/{id}',
    tag: 'Waitlist',
    summary: 'Stop waiting; an offer is given up by cancelling its booking',
    access: 'user',
    limit: 'write',
    params: IdParams,
    replies: { 204: null },
    errors: ['not_waiting'],
  },
  async (ctx, { params }) => {
    const mine = { id: params.id, passengerId: ctx.actor.userId }
    if (await leave(ctx.db, mine, new Date(ctx.now))) return noContent()
    const entry = await loadWaitlistEntry(ctx.db, mine.id, mine.passengerId)
    throw new Problem(entry ? 'not_waiting' : 'not_found')
  },
)
