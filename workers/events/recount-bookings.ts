import { recountBookings } from '#db/queries/routes/count-trip.ts'
import { addDays, indianDay, indianInstant, mondayOf } from '#packages/calendar/indian-time.ts'
import type { Services } from '../context.ts'

const EVERY_SECONDS = 3600
/** Weeks that nobody asks about any more are forgotten. */
const KEPT_DAYS = 8 * 7

/** Counts once an hour how many people booked which trip this week. */
export async function recountPopularTrips(
  { db, redis }: Pick<Services, 'db' | 'redis'>,
  now: Date,
): Promise<void> {
  const isDue = await redis.set('popular-trips-counted', 1, { nx: true, ex: EVERY_SECONDS }).catch(() => null)
  if (isDue === null) return
  const week = mondayOf(indianDay(now.getTime()))
  await recountBookings(db, {
    week,
    since: new Date(indianInstant(week, '00:00')),
    forgetBefore: addDays(week, -KEPT_DAYS),
  })
}
