import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { RatingRow, ratingOf } from '#db/queries/reviews/rating-view.ts'

export const DriverRow = z.object({
  userId: z.string(),
  name: z.string().nullable(),
  bio: z.string().nullable(),
  online: z.boolean(),
  rating: RatingRow,
  createdAt: z.coerce.date(),
})
export type DriverRow = z.infer<typeof DriverRow>

export const driverColumns = sql`driver.user_id as "userId", person.name, driver.bio, driver.online,
  ${ratingOf('driver.user_id', 'driver')} as rating, driver.created_at as "createdAt"`

export function loadDriver(db: Db, userId: string): Promise<DriverRow | undefined> {
  return readRow(
    db,
    sql`select ${driverColumns} from drivers driver join users person on person.id = driver.user_id
      where driver.user_id = ${userId}`,
    DriverRow,
  )
}

const SavedDriverRow = DriverRow.extend({ created: z.boolean(), sessionIds: z.array(z.string()) })

/**
 * Makes the person a driver, or changes the driver's profile. `sessionIds` are the user's open sessions: when the
 * profile is new, their cached roles are out of date. Undefined: there is no such person any more.
 */
export function saveDriver(
  db: Db,
  driver: { userId: string; name: string; bio: string | null; now: Date },
): Promise<z.infer<typeof SavedDriverRow> | undefined> {
  const { now } = driver
  return readRow(
    db,
    sql`with person as (
        update users set name = ${driver.name}, updated_at = ${now} where id = ${driver.userId} and deleted_at is null
        returning id, name
      ), driver as (
        insert into drivers (user_id, bio, created_at, updated_at)
        select id, ${driver.bio}::text, ${now}::timestamptz, ${now}::timestamptz from person
        on conflict (user_id) do update set bio = excluded.bio, updated_at = excluded.updated_at
        returning *, xmax = 0 as created
      )
      select ${driverColumns}, driver.created,
        coalesce((select jsonb_agg(id) from sessions where user_id = person.id and revoked_at is null), '[]') as "sessionIds"
      from driver join person on person.id = driver.user_id`,
    SavedDriverRow,
  )
}
