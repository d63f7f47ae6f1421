import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRowLocked, readRows } from '#db/client.ts'
import { tellRevoked } from '#db/queries/outbox/tell.ts'
import { isOnRide } from '#db/queries/rides/on-ride.ts'
import { LINK_AFTER_ARRIVAL_MS, MAX_LINKS_PER_RIDE } from '#packages/share-links/limits.ts'

const ShareLinkRow = z.object({ id: z.string(), createdAt: z.coerce.date(), expiresAt: z.coerce.date() })
export type ShareLinkRow = z.infer<typeof ShareLinkRow>

const columns = sql`id, created_at as "createdAt", expires_at as "expiresAt"`

export interface OwnRide {
  rideId: string
  userId: string
}

/** The links of one person to one ride that are good. */
const openLinks = ({ rideId, userId }: OwnRide, now: Date) =>
  sql`share_links where ride_id = ${rideId} and created_by = ${userId} and revoked_at is null and expires_at > ${now}`

/**
 * Makes a link to a ride that is not over, for somebody who is on it.
 * Undefined: no such ride, not theirs, over, or they have as many links as they can have.
 */
export function createShareLink(
  db: Db,
  { id, hash, ...own }: OwnRide & { id: string; hash: string },
  now: Date,
): Promise<ShareLinkRow | undefined> {
  const lasts = sql`${LINK_AFTER_ARRIVAL_MS / 1000} * interval '1 second'`
  return readRowLocked(
    db,
    // Two links made at once count each other.
    sql`select 1 from users where id = ${own.userId} for no key update`,
    sql`insert into share_links (token_hash, id, ride_id, created_by, created_at, expires_at)
      select ${hash}, ${id}::uuid, ride.id, person.id, ${now}::timestamptz,
        greatest(ride.arrives_at, ${now}::timestamptz) + ${lasts}
      from users person, rides ride
      where person.id = ${own.userId} and person.deleted_at is null
        and ride.id = ${own.rideId} and ride.status in ('scheduled', 'started') and ${isOnRide(sql`person.id`)}
        and (select count(*) from ${openLinks(own, now)}) < ${MAX_LINKS_PER_RIDE}
      returning ${columns}`,
    ShareLinkRow,
  )
}

/** A person's links to a ride that are good, the newest first. */
export function listShareLinks(db: Db, own: OwnRide, now: Date): Promise<ShareLinkRow[]> {
  return readRows(db, sql`select ${columns} from ${openLinks(own, now)} order by id desc`, ShareLinkRow)
}

/** Ends a link of this person to this ride, and shows out who watches through it. Undefined: there is none. */
export function revokeShareLink(
  db: Db,
  { rideId, userId, linkId }: OwnRide & { linkId: string },
  now: Date,
): Promise<{ id: string } | undefined> {
  return readRow(
    db,
    sql`with link as (
        update share_links set revoked_at = coalesce(revoked_at, ${now})
        where id = ${linkId} and ride_id = ${rideId} and created_by = ${userId}
        returning id, ride_id, id as link_id
      ), told as (${tellRevoked('link', now)})
      select id from link`,
    z.object({ id: z.string() }),
  )
}

/** Ends the links of somebody who has no seat on the ride any more. Returns their ids, also of those that ended before. */
export async function endLinksOfLeaver(db: Db, { rideId, userId }: OwnRide, now: Date): Promise<string[]> {
  const ended = await readRows(
    db,
    sql`update share_links set revoked_at = coalesce(revoked_at, ${now}) from rides ride
      where ride.id = ${rideId} and share_links.ride_id = ride.id and created_by = ${userId}
        and not ${isOnRide(sql`created_by`)}
      returning share_links.id`,
    z.object({ id: z.string() }),
  )
  return ended.map(({ id }) => id)
}
