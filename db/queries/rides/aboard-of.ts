import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { GENDERS } from '#db/schema/index.ts'
import { holdsSeats } from './holds-seats.ts'

/** Who has seats on a ride, or is held some, as others are concerned by it. */
export const Aboard = z.object({
  legFrom: z.number(),
  legTo: z.number(),
  gender: z.enum(GENDERS).nullable(),
  sameGender: z.boolean(),
})

/** A JSON array of those on a row of `rides` with this name. */
export function aboardOf(ride: string, now: Date): SQL {
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('legFrom', held.leg_from, 'legTo', held.leg_to,
      'gender', companion.gender, 'sameGender', held.same_gender)), '[]')
    from bookings held join users companion on companion.id = held.passenger_id
    where held.ride_id = ${sql.raw(`${ride}.id`)} and ${holdsSeats('held', now)})`
}
