import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { releaseLegs } from '#db/queries/bookings/release-legs.ts'
import { tellBookings } from '#db/queries/outbox/tell.ts'

/** The most holds one sweep ends; the next one goes on. */
const BATCH_SIZE = 200

/** Ends bookings that were not answered in time and gives their seats back. Returns how many. */
export async function expireHolds(db: Db, now: Date): Promise<number> {
  const expired = await readRows(
    db,
    sql`with lapsed as (
        update bookings set state = 'expired', updated_at = ${now}
        where id in (
          select id from bookings where state = 'pending' and expires_at <= ${now}
          order by id limit ${BATCH_SIZE} for update skip locked)
        returning *
      ), ${releaseLegs('lapsed')}, told as (${tellBookings('lapsed', 'booking.updated', now)})
      select id from lapsed`,
    z.object({ id: z.string() }),
  )
  return expired.length
}
