import { type SQL, sql } from 'drizzle-orm'
import { type Db, readRow, readRowLocked } from '#db/client.ts'
import { tellHidden } from '#db/queries/outbox/tell.ts'
import type { GENDERS, NotificationChoices } from '#db/schema/index.ts'
import { contactsOf, ownColumns, PersonRow, personColumns, type TrustedContact } from './person.ts'
import { keepsCompany, lockRidesOf } from './same-gender-use.ts'
import { drivesWomen, ridesWithWomen } from './women-only-use.ts'

export interface ProfileChange {
  name?: string | undefined
  email?: string | null | undefined
  language?: string | undefined
  gender?: (typeof GENDERS)[number] | null | undefined
  /** Those that are given replace the former ones, one by one. */
  notificationChoices?: { [Choice in keyof NotificationChoices]?: boolean | undefined } | undefined
  showsPresence?: boolean | undefined
  /** Replaces the whole list. */
  trustedContacts?: readonly TrustedContact[] | undefined
}

/** The profile of a user who is not deleted. */
export function loadProfile(db: Db, userId: string): Promise<PersonRow | undefined> {
  return readRow(
    db,
    sql`select ${sql.raw(personColumns)} from users person where id = ${userId} and deleted_at is null`,
    PersonRow,
  )
}

const unlessGiven = (value: string | null | undefined, column: string): SQL =>
  sql`case when ${value !== undefined} then ${value ?? null}::text else ${sql.raw(column)} end`

/**
 * Changes the fields that are given; `null` clears one. Undefined: no such user, one of the trusted contacts has the user's
 * own phone, a woman who rides or drives with women would be none any more, or somebody would no longer ride only with people
 * of their own gender, as they wish. Violates `users_email_key` when the address is taken, and the keys of `trusted_contacts`.
 */
export function saveProfile(
  db: Db,
  userId: string,
  change: ProfileChange,
  now: Date,
): Promise<PersonRow | undefined> {
  const contacts = change.trustedContacts
  const list = sql`${JSON.stringify(contacts ?? [])}::jsonb`
  return readRowLocked(
    db,
    // Two changes of the list at once follow each other; who books or offers a ride for women, or rides with their own gender only, waits
    // for this, or is seen by this.
    [
      sql`select 1 from users where id = ${userId} for no key update`,
      sql`select 1 from drivers where user_id = ${userId} for share`,
      ...(change.gender === undefined ? [] : [lockRidesOf(userId, change.gender)]),
    ],
    sql`with person as (
        update users set
          name = ${unlessGiven(change.name, 'name')},
          email = ${unlessGiven(change.email, 'email')},
          language = ${unlessGiven(change.language, 'language')},
          gender = ${unlessGiven(change.gender, 'gender')},
          notification_choices = notification_choices || ${JSON.stringify(change.notificationChoices ?? {})}::jsonb,
          shows_presence = coalesce(${change.showsPresence ?? null}::boolean, shows_presence),
          updated_at = ${now}
        where id = ${userId} and deleted_at is null
          and not exists (select 1 from jsonb_to_recordset(${list}) as contact (phone text) where contact.phone = users.phone)
          and (${change.gender === undefined || change.gender === 'female'} or users.gender is distinct from 'female'
            or not (${ridesWithWomen(userId, now)} or ${drivesWomen(userId)}))
          and (${change.gender === undefined} or users.gender is not distinct from ${change.gender ?? null}
            or not ${keepsCompany(userId)})
        returning *
      ), unseen as (
        select id from person where ${change.showsPresence === false}
      ), hidden as (${tellHidden('unseen', 'all', now)}), former as (
        delete from trusted_contacts using person where user_id = person.id and ${contacts !== undefined}
        returning place
      ), contacts as (
        insert into trusted_contacts (user_id, place, name, phone)
        select person.id, contact.place, contact.name, contact.phone
        from person, rows from (jsonb_to_recordset(${list}) as (name text, phone text)) with ordinality
          as contact (name, phone, place)
        -- Counting makes this wait for the former ones to leave.
        where (select count(*) from former) >= 0
      )
      select ${sql.raw(ownColumns)},
        case when ${contacts !== undefined} then ${list} else ${sql.raw(contactsOf)} end as "trustedContacts"
      from person`,
    PersonRow,
  )
}
