import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRowLocked } from '#db/client.ts'
import { tellDeleted, tellRevoked, tellSignedOut } from '#db/queries/outbox/tell.ts'
import { owesDriver } from '#db/queries/payouts/owes-driver.ts'
import { accountInUse } from './account-in-use.ts'

const DeletionRow = z.object({
  /** Nothing was deleted, since somebody still counts on the person. */
  inUse: z.boolean(),
  /** Nothing was deleted, since money of the person's is in their wallet, or on its way. */
  isOwed: z.boolean(),
  sessionIds: z.array(z.string()),
})

/** What a deleted vehicle has for a plate. */
const NO_PLATE = ''

/**
 * Deletes an account: what is personal goes, and the row with it unless rides, bookings or the like refer to it. Files
 * are marked, their bytes go with the next sweep. The phone is free for a new account at once.
 *
 * Locked first are the person, which bookings hold while they are made (`claimSeats`), the driver, and their vehicles, which routes
 * hold while they are published (`publishRoutes`): what was made before is seen here, and nothing is made after.
 * Undefined: no such account, or it is banned, and a ban is not to be shaken off.
 */
export function deleteAccount(
  db: Db,
  userId: string,
  now: Date,
): Promise<z.infer<typeof DeletionRow> | undefined> {
  return readRowLocked(
    db,
    sql`with person as (
        select id from users where id = ${userId} for update
      ), driver as (
        select user_id from person join drivers on drivers.user_id = person.id for no key update of drivers
      ), cars as (
        select vehicles.id from driver join vehicles on vehicles.driver_id = driver.user_id
        order by vehicles.id for update of vehicles
      )
      select (select count(*) from cars) from person`,
    sql`with account as (
        select id, ${accountInUse(userId, now)} as in_use, ${owesDriver(userId)} as is_owed from users
        where id = ${userId} and deleted_at is null and banned_at is null
      ), person as (
        select id, exists (select 1 from drivers where user_id = ${userId})
          or exists (select 1 from bookings where passenger_id = ${userId})
          or exists (select 1 from reports where ${userId} in (reporter_id, handled_by))
          or exists (select 1 from files where owner_id = ${userId})
          or exists (select 1 from documents where reviewed_by = ${userId})
          or exists (select 1 from staff_roles where granted_by = ${userId})
          or exists (select 1 from conversation_members where user_id = ${userId})
          or exists (select 1 from audit_events where actor_id = ${userId}) as needed
        from account where not in_use and not is_owed
      ), ended as (
        update sessions set device_name = null, revoked_at = coalesce(revoked_at, ${now}),
          revoked_reason = coalesce(revoked_reason, 'deletion')
        from person where user_id = person.id and person.needed
        returning sessions.id, user_id
      ), dropped as (
        delete from sessions using person where user_id = person.id and not person.needed
        returning sessions.id, user_id
      ), signed_out as (
        select id, user_id from ended union all select id, user_id from dropped
      ), told as (${tellSignedOut('signed_out', now)}),
      forgotten as (${tellDeleted('person', now)}),
      contacts as (delete from trusted_contacts using person where user_id = person.id),
      roles as (delete from staff_roles using person where user_id = person.id),
      replies as (delete from idempotency_keys using person where user_id = person.id),
      searches as (delete from saved_searches using person where user_id = person.id),
      links as (
        delete from share_links using person where created_by = person.id
        returning ride_id, share_links.id as link_id, revoked_at is null and expires_at > ${now} as was_open
      ), open_links as (select * from links where was_open), followers as (${tellRevoked('open_links', now)}),
      alerts as (delete from sos_alerts using person where user_id = person.id),
      waiting as (delete from waitlist_entries using person where passenger_id = person.id),
      ratings as (delete from rating_totals using person where user_id = person.id),
      notified as (delete from notifications using person where user_id = person.id),
      wishes as (delete from notification_preferences using person where user_id = person.id),
      phones as (delete from devices using person where user_id = person.id),
      blocked as (delete from blocks using person where person.id in (blocker_id, blocked_id)),
      papers as (delete from documents using person where driver_id = person.id),
      said as (
        update messages set body = null, file_id = null, deleted_at = coalesce(deleted_at, ${now})
        from person where sender_id = person.id
      ),
      uploads as (
        update files set state = 'deleted', deleted_at = ${now}
        from person where owner_id = person.id and state <> 'deleted'
      ), cars as (
        update vehicles set active = false, plate = ${NO_PLATE}, deleted_at = coalesce(deleted_at, ${now})
        from person where driver_id = person.id
      ), paid_at as (
        update payout_methods set details_sealed = null, details_hash = null, gateway_fund_account_id = null, last_four = '',
          removed_at = coalesce(removed_at, ${now})
        from person where driver_id = person.id
      ), published as (
        update routes set archived_at = coalesce(archived_at, ${now}), notes = null
        from person where driver_id = person.id
      ), driver as (
        update drivers set bio = null, online = false, updated_at = ${now} from person where user_id = person.id
      ), kept as (
        update users set phone = null, name = null, email = null, gender = null, language = default,
          notification_choices = default, shows_presence = default,
          quiet_from = null, quiet_to = null, updated_at = ${now}, deleted_at = ${now}
        from person where users.id = person.id and person.needed
      ), gone as (
        delete from users using person where users.id = person.id and not person.needed
      )
      select in_use as "inUse", is_owed as "isOwed",
        coalesce((select jsonb_agg(id) from signed_out), '[]') as "sessionIds"
      from account`,
    DeletionRow,
  )
}
