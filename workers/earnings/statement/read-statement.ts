import { loadStatement } from '#db/queries/earnings/load-statement.ts'
import { monthSpan } from '#packages/earnings/period.ts'
import { runningBalance } from '#packages/earnings/running-balance.ts'
import { Problem } from '#packages/errors/problem.ts'
import type { Ctx } from '../../context.ts'
import { lookingAt } from '../looking-at.ts'

/** What moved a driver's wallet in a month in India, in order, and what there was after each line. Throws `not_found`. */
export async function readStatement(ctx: Ctx, driverId: string, month: string) {
  const span = monthSpan(month)
  const asked = { driverId, month, span, staffId: await lookingAt(ctx, driverId) }
  const read = await loadStatement(ctx.db, asked, new Date(ctx.now))
  if (!read) throw new Problem('not_found')
  return {
    month,
    driver: { id: read.driverId, name: read.driverName },
    from: new Date(span.from),
    to: new Date(span.to),
    opening: read.opening,
    ...runningBalance(read.opening, read.lines),
  }
}
export type Statement = Awaited<ReturnType<typeof readStatement>>
