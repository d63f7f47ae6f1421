import { z } from 'zod'
import { variantsOfFile } from '#db/queries/files/file-view.ts'
import { GENDERS } from '#db/schema/index.ts'
import { LANGUAGES } from '#packages/sms/languages.ts'

export const TrustedContact = z.object({ name: z.string(), phone: z.string() })
export type TrustedContact = z.infer<typeof TrustedContact>

/** A user as the auth queries return it: the person plus what makes the roles. */
export const PersonRow = z.object({
  id: z.string(),
  phone: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  language: z.enum(LANGUAGES),
  gender: z.enum(GENDERS).nullable(),
  notificationChoices: z.object({ push: z.boolean(), sms: z.boolean(), offers: z.boolean() }),
  showsPresence: z.boolean(),
  createdAt: z.coerce.date(),
  isDriver: z.boolean(),
  /** In the person's own order. */
  trustedContacts: z.array(TrustedContact),
  /** The person's avatar, the largest picture first. */
  photo: z.object({ id: z.string(), variants: z.array(z.object({ name: z.string() })) }).nullable(),
})
export type PersonRow = z.infer<typeof PersonRow>

/** The trusted contacts of a row called `person`, as they were before the statement. */
export const contactsOf = `(select coalesce(jsonb_agg(jsonb_build_object('name', name, 'phone', phone) order by place), '[]')
    from trusted_contacts where user_id = person.id)`

/** The columns of a PersonRow but its trusted contacts, from a row called `person`. */
export const ownColumns = `person.id, person.phone, person.name, person.email, person.language, person.gender,
  person.notification_choices as "notificationChoices", person.shows_presence as "showsPresence",
  person.created_at as "createdAt",
  exists (select 1 from drivers where drivers.user_id = person.id) as "isDriver",
  (select jsonb_build_object('id', file.id, 'variants', ${variantsOfFile})
    from files file where owner_id = person.id and purpose = 'avatar' and state = 'ready') as photo`

/** The columns of a PersonRow, from a row called `person`. */
export const personColumns = `${ownColumns}, ${contactsOf} as "trustedContacts"`
