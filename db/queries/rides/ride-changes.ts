import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { RIDE_CHANGES } from '#db/schema/index.ts'

/** The most changes of a ride that are shown. */
const CHANGES_SHOWN = 50

const Text = z.string().nullable()
const ChangeRow = z.object({
  kind: z.enum(RIDE_CHANGES),
  material: z.boolean(),
  details: z.object({ from: Text, to: Text }),
  at: z.coerce.date(),
})
export type ChangeRow = z.infer<typeof ChangeRow>

const ChangesRow = z.object({ changes: z.array(ChangeRow) })

/**
 * What was changed of a ride under sold seats, the last first. Undefined for everybody but its driver and who ever booked it.
 */
export async function listRideChanges(
  db: Db,
  rideId: string,
  userId: string,
): Promise<ChangeRow[] | undefined> {
  const row = await readRow(
    db,
    sql`select coalesce((select jsonb_agg(jsonb_build_object('kind', kind, 'material', material, 'details', details, 'at', at)
          order by at desc, id)
        from (select * from ride_changes where ride_id = ride.id order by at desc, id limit ${CHANGES_SHOWN}) change), '[]')
        as changes
      from rides ride
      where ride.id = ${rideId} and (ride.driver_id = ${userId}
        or exists (select 1 from bookings where ride_id = ride.id and passenger_id = ${userId}))`,
    ChangesRow,
  )
  return row?.changes
}
