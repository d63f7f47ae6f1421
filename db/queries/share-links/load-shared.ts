import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { isOnRide } from '#db/queries/rides/on-ride.ts'
import { StoredWayRow, wayColumns } from '#db/queries/rides/stored-way.ts'
import { ridingStates } from '#packages/booking/states.ts'
import { rideStates } from '#packages/ride/transition.ts'
import { ALERT_AFTER_RESOLUTION_MS, ALERT_VIEW_MS } from '#packages/share-links/limits.ts'
import { sosStates } from '#packages/sos/transition.ts'

const instant = z.coerce.date()

const SharedRideRow = StoredWayRow.extend({
  id: z.string(),
  driverId: z.string(),
  driverName: z.string().nullable(),
  vehicle: z.object({ make: z.string(), model: z.string(), colour: z.string(), plate: z.string() }),
  status: z.enum(rideStates),
  departsAt: instant,
  arrivesAt: instant,
  endedAt: instant.nullable(),
  /** Where who shared it gets off; null: they drive. */
  dropoff: z
    .object({
      ...{ lat: z.number(), lng: z.number(), at: instant },
      /** When they are to be fetched; null: they are on board. */
      pickupAt: instant.nullable(),
    })
    .nullable(),
})

const SharedAlertRow = z.object({
  state: z.enum(sosStates),
  name: z.string().nullable(),
  lat: z.number().nullable(),
  lng: z.number().nullable(),
  locatedAt: instant.nullable(),
  raisedAt: instant,
  resolvedAt: instant.nullable(),
})

/** What a link shows, whoever follows it: a ride, or an alert with the ride on which it was raised. */
const SharedRow = z.object({
  /** By which the ride's room knows the link. */
  linkId: z.string(),
  expiresAt: instant,
  alert: SharedAlertRow.nullable(),
  ride: SharedRideRow.nullable(),
})
export type SharedRow = z.infer<typeof SharedRow>

/** The ride of the CTE `source` (`ride_id`, `person_id`), or null. */
const ride = sql`(select to_jsonb(shown) from (
    select ride.id, ride.driver_id as "driverId", driver.name as "driverName", ride.status, ride.departs_at as "departsAt",
      ride.arrives_at as "arrivesAt", ride.ended_at as "endedAt", ${wayColumns},
      jsonb_build_object('make', vehicle.make, 'model', vehicle.model, 'colour', vehicle.colour, 'plate', vehicle.plate)
        as vehicle,
      (select jsonb_build_object('lat', dropoff_lat, 'lng', dropoff_lng, 'at', dropoff_at,
          'pickupAt', case state when 'confirmed' then pickup_at end) from bookings
        where ride_id = ride.id and passenger_id = source.person_id and state in ${ridingStates}
        order by id desc limit 1) as dropoff
    from rides ride join routes route on route.id = ride.route_id join users driver on driver.id = ride.driver_id
      join vehicles vehicle on vehicle.id = ride.vehicle_id
    where ride.id = source.ride_id) shown)`

const load = (db: Db, source: SQL) =>
  readRow(
    db,
    sql`with source as (${source})
      select link_id as "linkId", expires_at as "expiresAt", alert, ${ride} as ride from source`,
    SharedRow,
  )

/** What a share link shows. Undefined: no such link, it has ended, or who made it is not on the ride any more. */
export function loadShared(db: Db, hash: string, now: Date): Promise<SharedRow | undefined> {
  return load(
    db,
    sql`select link.id as link_id, link.expires_at, link.ride_id, link.created_by as person_id, null::jsonb as alert
      from share_links link join rides ride on ride.id = link.ride_id
      where link.token_hash = ${hash} and link.revoked_at is null and link.expires_at > ${now}
        and ${isOnRide(sql`link.created_by`)}`,
  )
}

/** What the link of an alert shows. Undefined: no such alert, or it was over for long. */
export function loadSharedAlert(db: Db, alertId: string, now: Date): Promise<SharedRow | undefined> {
  const until = new Date(now.getTime() + ALERT_VIEW_MS)
  return load(
    db,
    sql`select alert.id as link_id, ${until}::timestamptz as expires_at, alert.ride_id, alert.user_id as person_id,
        jsonb_build_object('state', alert.state, 'name', person.name, 'lat', alert.lat, 'lng', alert.lng,
          'locatedAt', alert.located_at, 'raisedAt', alert.raised_at, 'resolvedAt', alert.resolved_at) as alert
      from sos_alerts alert join users person on person.id = alert.user_id
      where alert.id = ${alertId}
        and (alert.state <> 'resolved' or alert.resolved_at > ${new Date(now.getTime() - ALERT_AFTER_RESOLUTION_MS)})`,
  )
}
