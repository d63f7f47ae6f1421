import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRowLocked } from '#db/client.ts'
import { lockRide } from '#db/queries/seats/lock-ride.ts'

const LeftRow = z.object({ id: z.string() })

/** Gives up waiting. Undefined: not there, not theirs, or waiting no more. */
export function leaveWaitlist(
  db: Db,
  { id, passengerId }: { id: string; passengerId: string },
  now: Date,
): Promise<z.infer<typeof LeftRow> | undefined> {
  return readRowLocked(
    db,
    // Nobody is offered seats and leaves at once.
    lockRide(sql`(select ride_id from waitlist_entries where id = ${id})`),
    sql`update waitlist_entries set state = 'left', updated_at = ${now}
      where id = ${id} and passenger_id = ${passengerId} and state = 'waiting'
      returning id`,
    LeftRow,
  )
}
