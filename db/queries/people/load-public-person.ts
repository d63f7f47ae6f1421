import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { isBlockedPair } from '#db/queries/blocks/blocked-pair.ts'
import { variantsOfFile } from '#db/queries/files/file-view.ts'
import { RatingRow, ratingOf } from '#db/queries/reviews/rating-view.ts'

const PublicPersonRow = z.object({
  id: z.string(),
  name: z.string().nullable(),
  /** The avatar, the largest picture first. */
  photo: z.object({ id: z.string(), variants: z.array(z.object({ name: z.string() })) }).nullable(),
  createdAt: z.coerce.date(),
  isDriver: z.boolean(),
  bio: z.string().nullable(),
  asDriver: RatingRow,
  asPassenger: RatingRow,
  ridesDriven: z.coerce.number(),
  ridesTaken: z.coerce.number(),
})
export type PublicPersonRow = z.infer<typeof PublicPersonRow>

/** What anybody who is signed in may know of a person. Undefined: no account, or one of the two has blocked the other. */
export function loadPublicPerson(db: Db, id: string, viewerId: string): Promise<PublicPersonRow | undefined> {
  return readRow(
    db,
    sql`select person.id, person.name, person.created_at as "createdAt", driver.user_id is not null as "isDriver",
        driver.bio, ${ratingOf('person.id', 'driver')} as "asDriver", ${ratingOf('person.id', 'passenger')} as "asPassenger",
        (select jsonb_build_object('id', file.id, 'variants', ${sql.raw(variantsOfFile)})
          from files file where owner_id = person.id and purpose = 'avatar' and state = 'ready') as photo,
        (select count(*) from rides where driver_id = person.id and status = 'completed') as "ridesDriven",
        (select count(*) from bookings where passenger_id = person.id and state = 'completed') as "ridesTaken"
      from users person left join drivers driver on driver.user_id = person.id
      where person.id = ${id} and person.deleted_at is null and not ${isBlockedPair(sql`${viewerId}::uuid`, sql`person.id`)}`,
    PublicPersonRow,
  )
}
