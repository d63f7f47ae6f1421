import { countSearch as count } from '#db/queries/routes/count-trip.ts'
import { indianDay, mondayOf } from '#packages/calendar/indian-time.ts'
import type { Position } from '#packages/geo/position.ts'
import { tripCell } from '#packages/routes/trip-cell.ts'
import { keyedHash } from '#packages/secrets/hash.ts'
import type { Ctx } from '../context.ts'

const WEEK_SECONDS = 7 * 24 * 3600

interface Searcher extends Pick<Ctx, 'db' | 'now'> {
  actor: Pick<Ctx['actor'], 'userId'>
  keys: Pick<Ctx['keys'], 'searches'>
  redis: { set(key: string, value: number, options: { nx: true; ex: number }): Promise<unknown> }
}

/**
 * Counts that somebody wants to go from one place to another: each person once a week for a trip. Redis remembers who did, as a
 * hash that nobody without the key can make, until the week is over; while it does not answer nobody is counted. To be deferred.
 */
export async function countSearch(ctx: Searcher, from: Position, to: Position): Promise<void> {
  const trip = { fromCell: tripCell(from), toCell: tripCell(to), week: mondayOf(indianDay(ctx.now)) }
  if (trip.fromCell === trip.toCell) return
  const person = await keyedHash(ctx.keys.searches, `${ctx.actor.userId} ${Object.values(trip).join(' ')}`)
  const isNew = await ctx.redis.set(`searched:${person}`, 1, { nx: true, ex: WEEK_SECONDS })
  if (isNew !== null) await count(ctx.db, trip)
}
