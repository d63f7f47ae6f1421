import { type SQL, sql } from 'drizzle-orm'
import { textArray } from '#db/lists.ts'
import { isRatedDriver } from '#db/queries/reviews/rating-view.ts'
import type { VEHICLE_FEATURES, VEHICLE_KINDS } from '#db/schema/index.ts'

/** What a ride must have to be found; what is left out does not matter. */
export interface RideNeeds {
  instant?: true | undefined
  womenOnly?: true | undefined
  /** Where the passenger can ride with people of their own gender only. */
  sameGender?: true | undefined
  /** All of them. */
  amenities?: readonly (typeof VEHICLE_FEATURES)[number][] | undefined
  /** One of them. */
  vehicleKinds?: readonly (typeof VEHICLE_KINDS)[number][] | undefined
  /** The least average of the driver's reviews, as it is shown: whoever has none has no average. */
  minRating?: number | undefined
}

/**
 * A condition on a row of `routes` called `route` and one called `hit` with a `ride_id`. Of people of one's own gender the driver
 * is looked at: who is on board depends on the legs.
 */
export function hasNeeds(
  { instant, womenOnly, sameGender, amenities, vehicleKinds, minRating }: RideNeeds,
  passengerId: string | null,
): SQL {
  const conditions = [
    instant && sql`route.booking_mode = 'instant'`,
    womenOnly && sql`route.women_only`,
    sameGender &&
      sql`(select gender from users where id = route.driver_id)
        = (select gender from users where id = ${passengerId}::uuid)`,
    amenities?.length && sql`route.amenities @> ${textArray(amenities)}`,
    // A ride can have another vehicle than its route.
    vehicleKinds &&
      sql`exists (select 1 from rides join vehicles on vehicles.id = rides.vehicle_id
        where rides.id = hit.ride_id and vehicles.kind = any(${textArray(vehicleKinds)}))`,
    minRating && isRatedDriver(sql`route.driver_id`, sql`${minRating}`),
  ].filter((condition) => typeof condition === 'object')
  return sql.join([sql`true`, ...conditions], sql` and `)
}

/**
 * A condition on a row of `routes` called `route`: this person may be on it. Not the driver themselves, nobody on either side of a
 * block, and only women where it is for women. What it asks about the person is asked once a statement.
 */
export function isOpenTo(passengerId: string | null): SQL {
  const me = sql`${passengerId}::uuid`
  return sql`route.driver_id is distinct from ${me} and route.archived_at is null
    and (not route.women_only or exists (select 1 from users where id = ${me} and gender = 'female'))
    and route.driver_id not in (
      select blocked_id from blocks where blocker_id = ${me}
      union all select blocker_id from blocks where blocked_id = ${me})`
}
