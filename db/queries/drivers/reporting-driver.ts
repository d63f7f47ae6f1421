import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'

const ReportingDriverRow = z.object({
  online: z.boolean(),
  /** The ride that is under way. */
  ride: z.object({ id: z.string(), departsAt: z.coerce.date() }).nullable(),
})

/** What a driver's position is good for. Undefined: no such driver. */
export function loadReportingDriver(
  db: Db,
  userId: string,
): Promise<z.infer<typeof ReportingDriverRow> | undefined> {
  return readRow(
    db,
    sql`select driver.online,
        (select jsonb_build_object('id', id, 'departsAt', departs_at) from rides
          where driver_id = driver.user_id and status = 'started' order by started_at desc limit 1) as ride
      from drivers driver where driver.user_id = ${userId}`,
    ReportingDriverRow,
  )
}
