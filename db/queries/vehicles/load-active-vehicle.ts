import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'

const ActiveRow = z.object({ id: z.string() })

/** The vehicle a driver drives now. */
export function loadActiveVehicle(db: Db, driverId: string): Promise<z.infer<typeof ActiveRow> | undefined> {
  return readRow(
    db,
    sql`select id from vehicles where driver_id = ${driverId} and active and deleted_at is null`,
    ActiveRow,
  )
}
