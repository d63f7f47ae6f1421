import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRowLocked } from '#db/client.ts'
import { isOnRide, ridesOf } from '#db/queries/rides/on-ride.ts'
import type { Position } from '#packages/geo/position.ts'
import { recordStep, SosRow, sosColumns, tellContactsOf, tellSos } from './sos-view.ts'

export interface NewSos {
  /** For a new alert. */
  id: string
  userId: string
  /** Null: the ride under way that they are on, if there is one. */
  rideId: string | null
  position: Position | null
  note: string | null
}

const RaisedRow = SosRow.extend({ isNew: z.boolean() })

/**
 * Raises an alert, or returns the one of this person that is open, with what is new put in. A ride that they are not on is
 * left out: nothing must keep an alert from being raised. Undefined: the account is gone.
 */
export function raiseSos(
  db: Db,
  { id, userId, rideId, position, note }: NewSos,
  now: Date,
): Promise<z.infer<typeof RaisedRow> | undefined> {
  const [lat, lng] = [sql`${position?.lat ?? null}::float8`, sql`${position?.lng ?? null}::float8`]
  const locatedAt = sql`case when ${lat} is null then null else ${now}::timestamptz end`
  return readRowLocked(
    db,
    // Of two at the same moment the second finds the first.
    sql`select 1 from users where id = ${userId} for no key update`,
    sql`with person as (
        select id from users where id = ${userId} and deleted_at is null
      ), place as (
        select ride.id from person, rides ride
        where ride.id in (${ridesOf(userId)}) and ${isOnRide(sql`person.id`)}
          and case when ${rideId}::uuid is null then ride.status = 'started' else ride.id = ${rideId}::uuid end
        order by ride.departs_at desc limit 1
      ), known as (
        update sos_alerts set lat = coalesce(${lat}, lat), lng = coalesce(${lng}, lng),
          located_at = coalesce(${locatedAt}, located_at), note = coalesce(note, ${note}),
          ride_id = coalesce(ride_id, (select id from place))
        where user_id = ${userId} and state <> 'resolved'
        returning *
      ), fresh as (
        insert into sos_alerts (id, user_id, ride_id, state, note, lat, lng, located_at, raised_at)
        select ${id}::uuid, person.id, (select id from place), 'raised', ${note}, ${lat}, ${lng}, ${locatedAt},
          ${now}::timestamptz
        from person where not exists (select 1 from known)
        returning *
      ), step as (${recordStep('fresh', { kind: 'raised', actorId: userId }, now)}),
      told as (${tellSos('fresh', now)}),
      contacts as (${tellContactsOf('fresh', 'raised', now)}),
      alert as (
        select *, true as is_new from fresh union all select *, false from known
      )
      select ${sosColumns}, is_new as "isNew" from alert`,
    RaisedRow,
  )
}
