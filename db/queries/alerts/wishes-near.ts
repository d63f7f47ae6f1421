import { type SQL, sql } from 'drizzle-orm'
import { isBlockedPair } from '#db/queries/blocks/blocked-pair.ts'
import { isRatedDriver } from '#db/queries/reviews/rating-view.ts'
import { NEAR_MARGIN_METRES, WHOLE_EARTH_DEGREES } from '#db/queries/rides/find-candidates.ts'
import { MAX_SEARCHES_PER_ROUTE } from '#packages/alerts/limits.ts'
import { METRES_PER_DEGREE } from '#packages/geo/position.ts'
import { MAX_RADIUS_METRES } from '#packages/matching/match-ride.ts'

/** Room for straight pieces of a path, which the index takes for pieces of great circles. */
const FARTHEST_METRES = MAX_RADIUS_METRES + 100

/**
 * A relation of saved searches (`id`, `route_id`, `wish`) that rides on the roads in the CTE `road` (rows of `routes`, with the
 * plane `line` of their path, and the `first_departure` and `last_arrival` of their rides) may serve: a superset of the pairs that
 * match, with everything checked that a search checks and that does not depend on the single ride. One probe of the index on
 * the pickups for each road, which ends where there are more than anybody needs.
 */
export function wishesNear(now: Date): SQL {
  const wants = (filter: string, condition: SQL) => sql`(saved.filters -> ${filter} is null or ${condition})`
  return sql`select found.* from road cross join lateral (select saved.id, road.id as route_id, jsonb_build_object('id', saved.id, 'userId', saved.user_id,
      'pickup', jsonb_build_object('lat', saved.pickup_lat, 'lng', saved.pickup_lng),
      'dropoff', jsonb_build_object('lat', saved.dropoff_lat, 'lng', saved.dropoff_lng),
      'radiusMetres', saved.radius_metres, 'seats', saved.seats, 'earliest', ${milliseconds(sql`saved.earliest`)},
      'latest', ${milliseconds(sql`saved.latest`)}, 'maxFare', saved.filters -> 'maxFare' -> 'amount',
      'vehicleKinds', saved.filters -> 'vehicleKinds', 'gender', person.gender,
      'sameGender', saved.filters -> 'sameGender' is not null) as wish
    from saved_searches saved
    join users person on person.id = saved.user_id and person.deleted_at is null and person.banned_at is null
    where ST_DWithin(saved.pickup, road.path, ${FARTHEST_METRES}, false)
      and saved.latest >= greatest(road.first_departure, ${now}) and saved.earliest <= road.last_arrival
      and ${isNear('pickup')} and ${isNear('dropoff')}
      and road.archived_at is null and road.driver_id <> saved.user_id
      and (not road.women_only or person.gender = 'female')
      and not ${isBlockedPair(sql`saved.user_id`, sql`road.driver_id`)}
      and ${wants('instant', sql`road.booking_mode = 'instant'`)} and ${wants('womenOnly', sql`road.women_only`)}
      and ${wants('sameGender', sql`person.gender = (select gender from users where id = road.driver_id)`)}
      and to_jsonb(road.amenities) @> coalesce(saved.filters -> 'amenities', '[]')
      and ${wants('minRating', isRatedDriver(sql`road.driver_id`, sql`(saved.filters ->> 'minRating')`))}
    limit ${MAX_SEARCHES_PER_ROUTE}) found`
}

export const milliseconds = (instant: SQL) => sql`(extract(epoch from ${instant}) * 1000)::bigint`

/** Cheap, in degrees, and never false for a path within the radius; as in the search, where the radius is one for all. */
function isNear(end: 'pickup' | 'dropoff'): SQL {
  const [lat, lng] = [sql.raw(`saved.${end}_lat`), sql.raw(`saved.${end}_lng`)]
  const degrees = sql`((saved.radius_metres + ${NEAR_MARGIN_METRES}) / ${METRES_PER_DEGREE}::float8)`
  const reach = sql`least(${WHOLE_EARTH_DEGREES}, ${degrees} / cos(radians(least(90, abs(${lat}) + ${degrees}))))`
  return sql`ST_DWithin(road.line, ST_SetSRID(ST_MakePoint(${lng}, ${lat}), 4326), ${reach})`
}
