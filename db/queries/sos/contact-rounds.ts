import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRowLocked } from '#db/client.ts'
import { LANGUAGES } from '#packages/sms/languages.ts'
import { CONTACT_STEPS, type ContactRound } from '#packages/sos/tell-contacts.ts'
import { sosStates } from '#packages/sos/transition.ts'
import { lockAlert, recordStep } from './sos-view.ts'

const language = z.enum(LANGUAGES)

const ContactsRow = z.object({
  state: z.enum(sosStates),
  name: z.string().nullable(),
  phone: z.string(),
  language,
  /** In a language that the contact has chosen, where the contact has an account too. */
  contacts: z.array(z.object({ phone: z.string(), language: language.nullable() })),
  rounds: z.array(z.object({ step: z.enum(CONTACT_STEPS), told: z.array(z.string()), done: z.boolean() })),
})
export type ContactsRow = z.infer<typeof ContactsRow>

/** The kind of a step that says who of the contacts was told. */
const KIND = 'contacts'

/** Whom an alert tells, and who was told. A ban changes nothing about that. Undefined: the alert, or the person, is gone. */
export function loadContacts(db: Db, alertId: string): Promise<ContactsRow | undefined> {
  return readRow(
    db,
    sql`select alert.state, person.name, person.phone, person.language,
        (select coalesce(jsonb_agg(jsonb_build_object('phone', contact.phone, 'language', friend.language)
            order by place), '[]')
          from trusted_contacts contact left join users friend on friend.phone = contact.phone
          where user_id = person.id) as contacts,
        (select coalesce(jsonb_agg(details order by step), '[]')
          from sos_events where alert_id = alert.id and kind = ${KIND}) as rounds
      from sos_alerts alert join users person on person.id = alert.user_id
      where alert.id = ${alertId} and person.phone is not null`,
    ContactsRow,
  )
}

/** Writes down who was told. */
export async function recordRound(db: Db, alertId: string, round: ContactRound, now: Date): Promise<void> {
  const details = sql`${JSON.stringify(round)}::jsonb`
  await readRowLocked(
    db,
    lockAlert(alertId),
    sql`with alert as (select id from sos_alerts where id = ${alertId}),
      step as (${recordStep('alert', { kind: KIND, actorId: null, details }, now)})
      select id from alert`,
    z.object({ id: z.string() }),
  )
}
