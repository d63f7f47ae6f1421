import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { activeStates } from '#packages/booking/states.ts'

/**
 * A statement that locks the rides that are not over and that this person drives, booked or waited for, where the gender changes:
 * who takes seats there waits for the new one, or is seen. Taken after the locks of user and driver, in the order of their ids.
 */
export function lockRidesOf(userId: string, gender: string | null): SQL {
  return sql`select 1 from rides where status in ('scheduled', 'started') and id in (
      select id from rides where driver_id = ${userId}
      union select ride_id from bookings where passenger_id = ${userId}
      union select ride_id from waitlist_entries where passenger_id = ${userId})
    and exists (select 1 from users where id = ${userId} and gender is distinct from ${gender})
    order by id for no key update`
}

/**
 * A condition: somebody rides only with people of their own gender and has this person as driver or beside them, or is this
 * person. Holds that have lapsed count until they are ended: a payment that comes late may still keep one.
 */
export function keepsCompany(userId: string): SQL {
  const mine = sql`select 1 from bookings mine where mine.ride_id = wish.ride_id and mine.passenger_id = ${userId}
    and mine.state in ${activeStates} and mine.leg_from < wish.leg_to and mine.leg_to > wish.leg_from`
  return sql`exists (select 1 from bookings wish join rides ride on ride.id = wish.ride_id
    where wish.same_gender and wish.state in ${activeStates} and wish.ride_id in (
        select id from rides where driver_id = ${userId} and status in ('scheduled', 'started')
        union select ride_id from bookings where passenger_id = ${userId} and state in ${activeStates})
      and (ride.driver_id = ${userId} or exists (${mine})))`
}

/** Whether this person's gender is what somebody's company was promised to be. */
export async function isPromised(db: Db, userId: string): Promise<boolean> {
  const row = await readRow(
    db,
    sql`select ${keepsCompany(userId)} as promised`,
    z.object({ promised: z.boolean() }),
  )
  return row?.promised ?? false
}
