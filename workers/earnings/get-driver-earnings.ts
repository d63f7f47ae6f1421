import { z } from '@hono/zod-openapi'
import { type EarningsRow, loadEarnings, RIDES_SHOWN } from '#db/queries/earnings/load-earnings.ts'
import { daysSpan, type EarningPeriod, earningPeriods, periodSpan } from '#packages/earnings/period.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { decodeCursor, encodeCursor, listOf, PageQuery } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { Day, UserParams } from '../http/shapes.ts'
import { Earnings } from './contract.ts'
import { lookingAt } from './looking-at.ts'
import { presentEarnings } from './present.ts'

export const getDriverEarnings = operation(
  {
    id: 'getDriverEarnings',
    method: 'get',
    path: '/earnings/driver/{userId}',
    tag: 'Earnings',
    summary: `What I earned by day, week or month in India, newest first, with its last ${RIDES_SHOWN} rides; the finance staff sees everybody's`,
    access: 'user',
    limit: 'read',
    params: UserParams,
    query: PageQuery.extend({
      by: z.enum(earningPeriods).default('day'),
      from: Day.optional().openapi({ description: 'The first day in India' }),
      to: Day.optional().openapi({ description: 'The last day' }),
    }),
    replies: { 200: listOf(Earnings) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { params: { userId: driverId }, query: { by, from, to, limit, cursor } }) => {
    if (from && to && from > to) throw fieldProblem('invalid_fields', 'to', 'Before from')
    const staffId = await lookingAt(ctx, driverId)
    const [span, end] = [
      daysSpan(from, to),
      cursor === undefined ? Number.POSITIVE_INFINITY : readPlace(cursor, by),
    ]
    const until = Math.min(span.to ?? Number.POSITIVE_INFINITY, end)
    const page = { ...span, ...(Number.isFinite(until) && { to: until }) }
    const rows = await loadEarnings(
      ctx.db,
      { driverId, by, span: page, limit: limit + 1, staffId },
      new Date(ctx.now),
    )
    const shown = rows.slice(0, limit)
    return ok({
      items: shown.map((row) => presentEarnings(row, by)),
      nextCursor: rows.length > limit ? placeAfter(shown, by) : null,
    })
  },
)

/** The place of the periods before the last of these. */
function placeAfter(rows: readonly EarningsRow[], by: EarningPeriod): string | null {
  const last = rows.at(-1)
  return last ? encodeCursor(`${by} ${last.period}`) : null
}

/** When the last period that was shown began. */
function readPlace(cursor: string, by: EarningPeriod): number {
  const [unit, period] = decodeCursor(cursor).split(' ')
  const day = Day.safeParse(period)
  if (unit !== by || !day.success) throw new Problem('invalid_cursor')
  return periodSpan(by, day.data).from
}
