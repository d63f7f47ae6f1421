import { sql } from 'drizzle-orm'
import { type Db, readRow } from '#db/client.ts'
import { DriverRow, driverColumns } from './driver-profile.ts'

/** Whether a driver is online. Undefined: no such driver. */
export function setOnline(db: Db, userId: string, online: boolean, now: Date): Promise<DriverRow | undefined> {
  return readRow(
    db,
    sql`with driver as (
        update drivers set online = ${online}, updated_at = ${now} where user_id = ${userId} returning *
      )
      select ${driverColumns} from driver join users person on person.id = driver.user_id`,
    DriverRow,
  )
}
